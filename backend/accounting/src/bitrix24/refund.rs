//! A refund: the whole payment is marked as unpaid, where that is configured. It is a state and not a document, so
//! that repeating it is harmless.

use serde_json::json;
use sverka_app::ports::accounting::{Outgoing, Sent};
use sverka_domain::delivery::Verdict;

use super::map::Access;
use super::parcel::Parcel;
use super::portal::Failed;
use super::service::Bitrix24;
use super::settings::{PaymentRoad, RefundRoad};
use super::wire::Payment;

impl Bitrix24 {
    pub(super) async fn refund(&self, parcel: &Parcel, outgoing: &Outgoing) -> Result<Sent, Failed> {
        let at = outgoing.at;
        if self.refunds == RefundRoad::ByHand {
            return Ok(refused("refunds are entered by hand in Bitrix24"));
        }
        let Some(id) = parcel.refund_of.as_deref().and_then(|id| id.parse::<u64>().ok()) else {
            return Ok(refused(
                "the payment of this refund is not known by its number in Bitrix24",
            ));
        };
        let (payment, reply) = match self.payments {
            PaymentRoad::Order => {
                let reply = self
                    .portal
                    .read("sale.payment.get", json!({"id": id}), at)
                    .await?;
                let payment: Payment = self.portal.part(&reply, Access::Read, Some("payment"))?;
                (payment, reply)
            }
            PaymentRoad::Deal => self.payment(id, at).await?,
        };
        if payment.amount() != Some(parcel.amount) {
            let reason = "this refund is not of the whole payment: it is entered by hand in Bitrix24";
            return Err(self.portal.refused(&reply, reason));
        }
        let document_ref = payment.account_number.clone();
        if !payment.is_paid() {
            let verdict = Verdict::AlreadyThere { document_ref };
            return Ok(self.portal.sent(&reply.answer, verdict, None));
        }
        let reply = match self.payments {
            PaymentRoad::Order => {
                let fields = json!({"paid": "N", "payReturnComment": parcel.comment});
                let parameters = json!({"id": id, "fields": fields});
                self.portal.change("sale.payment.update", parameters, at).await?
            }
            PaymentRoad::Deal => {
                let method = "crm.item.payment.unpay";
                self.portal.change(method, json!({"id": id}), at).await?
            }
        };
        Ok(self
            .portal
            .sent(&reply.answer, Verdict::Applied { document_ref }, None))
    }
}

/// Said without asking anybody.
pub(super) fn refused(reason: &str) -> Sent {
    Sent {
        verdict: Verdict::Refused {
            reason: reason.to_owned(),
        },
        document_key: None,
        http_status: None,
        answer: None,
    }
}
