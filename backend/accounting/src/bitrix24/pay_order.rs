//! A payment in the order of a deal: one request makes it and marks it as paid, under our key.

use jiff::Timestamp;
use serde_json::{Value, json};
use sverka_app::ports::accounting::{Outgoing, Sent};
use sverka_domain::delivery::{HoldReason, MatchRule, Verdict};

use super::map::Access;
use super::parcel::Parcel;
use super::portal::{Failed, Reply};
use super::service::Bitrix24;
use super::wire::{Payment, sum};

impl Bitrix24 {
    pub(super) async fn pay_order(&self, parcel: &Parcel, outgoing: &Outgoing) -> Result<Sent, Failed> {
        let at = outgoing.at;
        if outgoing.is_repeat
            && let Some((payment, reply)) = self.by_key(&parcel.key, at).await?
        {
            return self.settle(parcel, &payment, &reply, true, at).await;
        }
        let (deal, _) = self.deal(parcel, at).await?;
        let (orders, reply) = self.orders(deal.id, at).await?;
        let [order] = orders.as_slice() else {
            let reason = format!("deal {} has {} orders; one is needed", deal.id, orders.len());
            return Err(self.portal.refused(&reply, reason));
        };
        let parameters = json!({"fields": self.fields(parcel, *order)});
        let reply = self.portal.change("sale.payment.add", parameters, at).await?;
        let payment: Payment = self.portal.part(&reply, Access::Change, Some("payment"))?;
        self.settle(parcel, &payment, &reply, false, at).await
    }

    fn fields(&self, parcel: &Parcel, order: u64) -> Value {
        let mut fields = json!({
            "orderId": order,
            "paySystemId": self.pay_system_id,
            "paid": "Y",
            "datePaid": parcel.paid_at(),
            "sum": sum(parcel.amount),
            "currency": parcel.amount.currency,
            "xmlId": parcel.key,
            "comments": parcel.comment,
        });
        if let Some(number) = &parcel.bank_number {
            fields["psInvoiceId"] = Value::from(number.as_str());
        }
        if let Some(rrn) = &parcel.rrn {
            fields["payVoucherNum"] = Value::from(rrn.as_str());
        }
        fields
    }

    /// The payment under our key. A list that holds any other is none that can be trusted.
    pub(super) async fn by_key(&self, key: &str, at: Timestamp) -> Result<Option<(Payment, Reply)>, Failed> {
        let (mut found, reply) = self.list("xmlId", key, at).await?;
        if found.iter().any(|payment| payment.xml_id.as_deref() != Some(key)) {
            let what = "payment whose xmlId is the one asked for: the filter is not applied";
            return Err(self.portal.odd(&reply, Access::Read, what));
        }
        Ok(found.pop().map(|payment| (payment, reply)))
    }

    /// Payments whose field holds the value.
    pub(super) async fn list(
        &self,
        field: &'static str,
        value: &str,
        at: Timestamp,
    ) -> Result<(Vec<Payment>, Reply), Failed> {
        let mut filter = serde_json::Map::new();
        filter.insert(format!("={field}"), Value::from(value));
        self.payments(Value::Object(filter), at).await
    }

    /// Payments of all orders.
    pub(super) async fn payments(
        &self,
        filter: Value,
        at: Timestamp,
    ) -> Result<(Vec<Payment>, Reply), Failed> {
        let parameters = json!({"select": SHOWN, "filter": filter, "order": {"id": "desc"}});
        let reply = self.portal.read("sale.payment.list", parameters, at).await?;
        let payments = self.portal.part(&reply, Access::Read, Some("payments"))?;
        Ok((payments, reply))
    }

    /// Goes on with a payment that is there.
    pub(super) async fn finish_order(&self, parcel: &Parcel, id: u64, at: Timestamp) -> Result<Sent, Failed> {
        let reply = self
            .portal
            .read("sale.payment.get", json!({"id": id}), at)
            .await?;
        let payment: Payment = self.portal.part(&reply, Access::Read, Some("payment"))?;
        self.settle(parcel, &payment, &reply, true, at).await
    }

    /// What a payment that is there comes to: it must be ours and of our sum; what is missing is only that it is paid.
    async fn settle(
        &self,
        parcel: &Parcel,
        payment: &Payment,
        reply: &Reply,
        was_there: bool,
        at: Timestamp,
    ) -> Result<Sent, Failed> {
        let key = Some(payment.id.to_string());
        let end = |verdict| Ok(self.portal.sent(&reply.answer, verdict, key.clone()));
        if payment.xml_id.as_deref() != Some(parcel.key.as_str()) {
            let reason = format!("payment {} does not carry our key", payment.id);
            return end(Verdict::Unknown { reason });
        }
        if payment.amount() != Some(parcel.amount) {
            return end(Verdict::Held {
                hold: HoldReason::DocumentDiffers,
                documents: vec![self.document(payment, MatchRule::OurKey, None)],
                reason: format!("payment {} has another sum", payment.id),
            });
        }
        let document_ref = payment.account_number.clone();
        if payment.is_paid() {
            return end(if was_there {
                Verdict::AlreadyThere { document_ref }
            } else {
                Verdict::Applied { document_ref }
            });
        }
        let parameters = json!({"id": payment.id, "fields": {"paid": "Y", "datePaid": parcel.paid_at()}});
        match self.portal.change("sale.payment.update", parameters, at).await {
            Ok(reply) => {
                let after: Payment = self.portal.part(&reply, Access::Change, Some("payment"))?;
                let verdict = if after.is_paid() {
                    Verdict::Applied { document_ref }
                } else {
                    Verdict::Unposted {
                        document_ref,
                        reason: format!("payment {} stayed unpaid", payment.id),
                    }
                };
                Ok(self.portal.sent(&reply.answer, verdict, key))
            }
            Err(failed) => Err(unposted(*failed, document_ref, key)),
        }
    }
}

/// The fields that are looked at.
const SHOWN: [&str; 12] = [
    "id",
    "orderId",
    "accountNumber",
    "paid",
    "datePaid",
    "empPaidId",
    "sum",
    "currency",
    "xmlId",
    "psInvoiceId",
    "payVoucherNum",
    "comments",
];

/// A last step that failed: what was made before it is there.
pub(super) fn unposted(sent: Sent, document_ref: Option<String>, key: Option<String>) -> Failed {
    let verdict = match sent.verdict {
        Verdict::Refused { reason } | Verdict::LikelyRefused { reason } => {
            Verdict::Unposted { document_ref, reason }
        }
        verdict => verdict,
    };
    Box::new(Sent {
        verdict,
        document_key: key,
        ..sent
    })
}
