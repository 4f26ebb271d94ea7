//! A payment in a deal: made empty, filled with the products of the deal, and marked as paid. It carries neither a sum
//! nor a key of ours, so the sum is made sure of before anything is made, and again before it is paid.

use jiff::Timestamp;
use serde_json::json;
use sverka_app::ports::accounting::{Outgoing, Sent};
use sverka_domain::delivery::{HoldReason, MatchRule, Verdict};
use sverka_domain::money::Money;

use super::deals::DEAL;
use super::map::Access;
use super::parcel::Parcel;
use super::pay_order::unposted;
use super::portal::{Failed, Reply};
use super::service::Bitrix24;
use super::wire::{Deal, PARTS, Payment, Row};

/// So many products are added one by one in a try.
pub(super) const ROWS: usize = 10;

impl Bitrix24 {
    pub(super) async fn pay_deal(&self, parcel: &Parcel, outgoing: &Outgoing) -> Result<Sent, Failed> {
        let at = outgoing.at;
        let (deal, _) = self.deal(parcel, at).await?;
        let rows = self.rows(&deal, parcel.amount, at).await?;
        let parameters = json!({"entityId": deal.id, "entityTypeId": DEAL});
        let reply = self.portal.change("crm.item.payment.add", parameters, at).await?;
        let Some(id) = reply.result.as_u64() else {
            return Err(self.portal.odd(&reply, Access::Change, "number of the payment"));
        };
        let steps = async {
            self.fill(id, &rows, at).await?;
            self.settle_deal(parcel, id, &[], at).await
        };
        steps
            .await
            .map_err(|failed| unposted(*failed, None, Some(id.to_string())))
    }

    /// Goes on with a payment that is there.
    pub(super) async fn finish_deal(&self, parcel: &Parcel, id: u64, at: Timestamp) -> Result<Sent, Failed> {
        let steps = async {
            let (payment, _) = self.payment(id, at).await?;
            let is_empty = payment.amount().is_some_and(|amount| amount.amount == 0);
            let rows = if is_empty && !payment.is_paid() {
                let (deal, _) = self.deal(parcel, at).await?;
                self.rows(&deal, parcel.amount, at).await?
            } else {
                Vec::new()
            };
            self.settle_deal(parcel, id, &rows, at).await
        };
        steps
            .await
            .map_err(|failed| unposted(*failed, None, Some(id.to_string())))
    }

    /// The products of a deal, if they come to the sum that was paid.
    async fn rows(&self, deal: &Deal, amount: Money, at: Timestamp) -> Result<Vec<Row>, Failed> {
        let parameters = json!({"filter": {"=ownerType": "D", "=ownerId": deal.id}});
        let method = "crm.item.productrow.list";
        let reply = self.portal.read(method, parameters, at).await?;
        let rows: Vec<Row> = self.portal.part(&reply, Access::Read, Some("productRows"))?;
        let costs: Option<Vec<i128>> = rows.iter().map(|row| row.cost(amount.currency)).collect();
        let total = costs.map(|costs| (costs.iter().sum::<i128>() + PARTS / 2) / PARTS);
        if total != Some(i128::from(amount.amount)) {
            let reason = format!(
                "the products of deal {} do not come to {} {}: a payment takes its sum from them",
                deal.id,
                amount.to_decimal(),
                amount.currency
            );
            return Err(self.portal.refused(&reply, reason));
        }
        if rows.len() > ROWS {
            let reason = format!("deal {} has more than {ROWS} products", deal.id);
            return Err(self.portal.refused(&reply, reason));
        }
        Ok(rows)
    }

    async fn fill(&self, id: u64, rows: &[Row], at: Timestamp) -> Result<(), Failed> {
        for row in rows {
            let parameters = json!({"paymentId": id, "rowId": row.id, "quantity": row.quantity()});
            let method = "crm.item.payment.product.add";
            self.portal.change(method, parameters, at).await?;
        }
        Ok(())
    }

    /// A payment, and that it has that number.
    pub(super) async fn payment(&self, id: u64, at: Timestamp) -> Result<(Payment, Reply), Failed> {
        let method = "crm.item.payment.get";
        let reply = self.portal.read(method, json!({"id": id}), at).await?;
        let payment: Payment = self.portal.part(&reply, Access::Read, None)?;
        if payment.id != id {
            return Err(self
                .portal
                .odd(&reply, Access::Read, "payment that was asked for"));
        }
        Ok((payment, reply))
    }

    /// Fills what is missing, makes sure of the sum, and marks the payment as paid.
    async fn settle_deal(
        &self,
        parcel: &Parcel,
        id: u64,
        missing: &[Row],
        at: Timestamp,
    ) -> Result<Sent, Failed> {
        self.fill(id, missing, at).await?;
        let (payment, reply) = self.payment(id, at).await?;
        let key = Some(id.to_string());
        if payment.amount() != Some(parcel.amount) {
            let verdict = Verdict::Held {
                hold: HoldReason::DocumentDiffers,
                documents: vec![self.document(&payment, MatchRule::OurKey, None)],
                reason: format!("payment {id} has another sum"),
            };
            return Ok(self.portal.sent(&reply.answer, verdict, key));
        }
        let document_ref = payment.account_number.clone();
        if payment.is_paid() {
            let verdict = Verdict::AlreadyThere { document_ref };
            return Ok(self.portal.sent(&reply.answer, verdict, key));
        }
        match self
            .portal
            .change("crm.item.payment.pay", json!({"id": id}), at)
            .await
        {
            Ok(reply) if reply.result.as_bool() == Some(true) => {
                let verdict = Verdict::Applied { document_ref };
                Ok(self.portal.sent(&reply.answer, verdict, key))
            }
            Ok(reply) => {
                let reason = format!("payment {id} stayed unpaid");
                let verdict = Verdict::Unposted { document_ref, reason };
                Ok(self.portal.sent(&reply.answer, verdict, key))
            }
            Err(failed) => Err(unposted(*failed, document_ref, key)),
        }
    }
}
