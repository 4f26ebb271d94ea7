//! Payments that may be the one in question: under our key, under the bank's numbers, of the client's deal.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sverka_app::ports::accounting::Order;
use sverka_domain::delivery::{DeliveryKind, FoundDocument, MatchRule};

use super::deals::DEAL;
use super::map::Access;
use super::parcel::Parcel;
use super::portal::Failed;
use super::service::Bitrix24;
use super::settings::{DealRule, PaymentRoad};
use super::wire::Payment;

/// A payment that was entered by hand is dated no earlier than so long before ours.
const BEFORE: SignedDuration = SignedDuration::from_hours(24);
/// No client has more open deals than this; what is further away is not looked at.
pub(super) const DEALS: usize = 3;

impl Bitrix24 {
    pub(super) async fn search(&self, order: &Order, at: Timestamp) -> Result<Vec<FoundDocument>, Failed> {
        if order.delivery.kind == DeliveryKind::Refund {
            // A refund is a state of the payment: sending it reads that state.
            return Ok(Vec::new());
        }
        let parcel = Parcel::of(order);
        let mut found = Found::default();
        if self.payments == PaymentRoad::Order {
            if let Some((payment, _)) = self.by_key(&parcel.key, at).await? {
                found.add(self.document(&payment, MatchRule::OurKey, None));
            }
            self.by_bank_numbers(&parcel, at, &mut found).await?;
        }
        if self.deals == DealRule::Client && parcel.contact.is_none() {
            return Ok(found.0);
        }
        let (mut deals, _) = self.deals(&parcel, at).await?;
        deals.truncate(DEALS);
        for deal in deals {
            let payments = match self.payments {
                PaymentRoad::Order => self.of_orders(deal.id, at).await?,
                PaymentRoad::Deal => self.of_deal(deal.id, at).await?,
            };
            for payment in payments {
                // One that is not paid is an invoice that waits, unless it may be what is left of a try of ours.
                let counts = is_near(&payment, parcel.paid_at, at)
                    || (!payment.is_paid() && order.delivery.doubts > 0);
                let same = payment.amount().is_none_or(|amount| amount == parcel.amount);
                if counts && same {
                    found.add(self.document(&payment, MatchRule::ClientAmountDate, Some(deal.id)));
                }
            }
        }
        Ok(found.0)
    }

    async fn by_bank_numbers(&self, parcel: &Parcel, at: Timestamp, found: &mut Found) -> Result<(), Failed> {
        let numbers = [
            ("psInvoiceId", &parcel.bank_number),
            ("payVoucherNum", &parcel.rrn),
        ];
        for (field, number) in numbers {
            let Some(number) = number else { continue };
            let (payments, reply) = self.list(field, number, at).await?;
            for payment in payments {
                let known = [&payment.ps_invoice_id, &payment.pay_voucher_num];
                if !known.into_iter().any(|known| known.as_ref() == Some(number)) {
                    let what =
                        format!("payment whose {field} is the one asked for: the filter is not applied");
                    return Err(self.portal.odd(&reply, Access::Read, &what));
                }
                found.add(self.document(&payment, MatchRule::BankNumbers, None));
            }
        }
        Ok(())
    }

    async fn of_orders(&self, deal: u64, at: Timestamp) -> Result<Vec<Payment>, Failed> {
        let (orders, _) = self.orders(deal, at).await?;
        if orders.is_empty() {
            return Ok(Vec::new());
        }
        let (payments, reply) = self.payments(json!({"=orderId": orders}), at).await?;
        let is_of = |payment: &Payment| {
            let order = payment.order_id.as_ref().and_then(|id| id.parse::<u64>().ok());
            order.is_some_and(|order| orders.contains(&order))
        };
        if !payments.iter().all(is_of) {
            let what = "payment of the order asked for: the filter is not applied";
            return Err(self.portal.odd(&reply, Access::Read, what));
        }
        Ok(payments)
    }

    async fn of_deal(&self, deal: u64, at: Timestamp) -> Result<Vec<Payment>, Failed> {
        let parameters = json!({"entityId": deal, "entityTypeId": DEAL});
        let method = "crm.item.payment.list";
        let reply = self.portal.read(method, parameters, at).await?;
        self.portal.part(&reply, Access::Read, None)
    }

    pub(super) fn document(&self, payment: &Payment, rule: MatchRule, deal: Option<u64>) -> FoundDocument {
        let author = payment.emp_paid_id.as_deref();
        FoundDocument {
            key: payment.id.to_string(),
            number: payment.account_number.clone(),
            rule,
            amount: payment.amount(),
            date: payment
                .date_paid
                .as_deref()
                .and_then(|text| text.get(..10)?.parse().ok()),
            is_posted: payment.is_paid(),
            is_deleted: false,
            // Without a key on it, one that we made may be this very payment.
            is_ours: self.payments == PaymentRoad::Order
                && author == Some(self.portal.user().to_string().as_str()),
            author: author.map(|id| format!("пользователь {id}")),
            client: None,
            is_same_client: (rule == MatchRule::ClientAmountDate && self.deals == DealRule::Client)
                .then_some(true),
            comment: payment.comments.clone().filter(|text| !text.is_empty()),
            url: deal.and_then(|id| self.portal.page(&format!("/crm/deal/details/{id}/"))),
        }
    }
}

fn is_near(payment: &Payment, paid_at: Timestamp, now: Timestamp) -> bool {
    let paid = payment
        .date_paid
        .as_deref()
        .and_then(|text| text.parse::<Timestamp>().ok());
    payment.is_paid() && paid.is_none_or(|paid| paid >= paid_at - BEFORE && paid <= now + BEFORE)
}

/// Each document once, under the strongest rule: the rules are gone through from the strongest.
#[derive(Default)]
struct Found(Vec<FoundDocument>);

impl Found {
    fn add(&mut self, document: FoundDocument) {
        if !self.0.iter().any(|known| known.key == document.key) {
            self.0.push(document);
        }
    }
}
