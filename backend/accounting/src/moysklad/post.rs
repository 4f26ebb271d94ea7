//! Creating a document, and what one that is there comes to.

use jiff::Timestamp;
use serde_json::json;
use sverka_app::ports::accounting::{Outgoing, Sent};
use sverka_domain::delivery::{HoldReason, MatchRule, Verdict};
use uuid::Uuid;

use super::office::{Failed, Filter, Read};
use super::parcel::{Entity, Parcel};
use super::service::MoySklad;
use super::wire::Payment;

/// How a document came to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    /// It was created now.
    Created,
    /// It was there before.
    Before,
}

impl MoySklad {
    pub(super) async fn create(&self, mut parcel: Parcel, outgoing: &Outgoing) -> Result<Sent, Failed> {
        let at = outgoing.at;
        if parcel.amount.currency != self.currency {
            let reason = format!("the account keeps its books in {}", self.currency);
            return Ok(refused(reason));
        }
        if parcel.document.agent.is_none() {
            return Ok(refused("the client is not known".to_owned()));
        }
        if parcel.entity == Entity::PaymentOut && parcel.document.expense_item.is_none() {
            // May have been configured since the first try.
            parcel.document.expense_item = self.letterhead.expense_item();
            if parcel.document.expense_item.is_none() {
                return Ok(refused("refunds need expense_item in the settings".to_owned()));
            }
        }
        if outgoing.is_repeat
            && let Some(read) = self.by_key(parcel.entity, parcel.document.sync_id, at).await?
        {
            return Ok(self.judge(&parcel, &read, Known::Before));
        }
        let path = format!("entity/{}", parcel.entity.name());
        let body = serde_json::to_vec(&parcel.document).unwrap_or_default();
        let read: Read<Payment> = self.office.post(&path, body, at).await?;
        Ok(self.judge(&parcel, &read, Known::Created))
    }

    /// Goes on with a document that is there: what is missing is only that it is posted.
    pub(super) async fn post(&self, parcel: &Parcel, id: Uuid, at: Timestamp) -> Result<Sent, Failed> {
        let path = format!("entity/{}/{id}", parcel.entity.name());
        let read: Read<Payment> = self.office.get(&path, at).await?;
        let before = self.judge(parcel, &read, Known::Before);
        if !matches!(before.verdict, Verdict::Unposted { .. }) {
            return Ok(before);
        }
        let body = serde_json::to_vec(&json!({"applicable": true})).unwrap_or_default();
        let read: Read<Payment> = match self.office.put(&path, body, at).await {
            Ok(read) => read,
            Err(failed) => return Ok(unposted(*failed, &before)),
        };
        Ok(self.judge(parcel, &read, Known::Created))
    }

    /// The document under our key. A list that holds any other is none that can be trusted.
    pub(super) async fn by_key(
        &self,
        entity: Entity,
        key: Uuid,
        at: Timestamp,
    ) -> Result<Option<Read<Payment>>, Failed> {
        let path = format!("entity/{}", entity.name());
        let filter = Filter::default().and("syncId", &key.to_string());
        let mut read: Read<Vec<Payment>> = self.office.list(&path, &filter, at).await?;
        if read.value.iter().any(|found| found.sync_id != Some(key)) {
            return Err(self.office.unfiltered(&read.answer, "syncId"));
        }
        let found = read.value.pop();
        Ok(found.map(|value| Read {
            value,
            answer: read.answer,
        }))
    }

    /// What a document under our key comes to.
    fn judge(&self, parcel: &Parcel, read: &Read<Payment>, known: Known) -> Sent {
        let there = &read.value;
        let end = |verdict| {
            self.office
                .sent(&read.answer, verdict, Some(there.id.to_string()))
        };
        let hold = |hold, reason: &str| {
            end(Verdict::Held {
                hold,
                documents: vec![self.found(there, MatchRule::OurKey, agent_of(parcel))],
                reason: reason.to_owned(),
            })
        };
        if there.sync_id != Some(parcel.document.sync_id) {
            return end(Verdict::Unknown {
                reason: "the document that was answered does not carry our key".to_owned(),
            });
        }
        if there.deleted.is_some() {
            return hold(HoldReason::DocumentDeleted, "the document is in the bin");
        }
        if there.sum != Some(parcel.amount.amount) {
            return hold(HoldReason::DocumentDiffers, "the document has another sum");
        }
        let agent = there.agent.as_ref().and_then(super::wire::Ref::id);
        if agent != agent_of(parcel) {
            return hold(
                HoldReason::DocumentDiffers,
                "the document has another counterparty",
            );
        }
        let document_ref = there.name.clone();
        if !there.applicable {
            return end(Verdict::Unposted {
                document_ref,
                reason: "the document is there and not posted".to_owned(),
            });
        }
        end(match known {
            Known::Created => Verdict::Applied { document_ref },
            Known::Before => Verdict::AlreadyThere { document_ref },
        })
    }
}

/// The counterparty that the document was composed with.
pub(super) fn agent_of(parcel: &Parcel) -> Option<Uuid> {
    let href = parcel.document.agent.as_ref()?.href();
    href.rsplit('/').next()?.parse().ok()
}

/// Posting that failed: the document is there.
fn unposted(failed: Sent, before: &Sent) -> Sent {
    let verdict = match (failed.verdict, &before.verdict) {
        (
            Verdict::Refused { reason } | Verdict::LikelyRefused { reason },
            Verdict::Unposted { document_ref, .. },
        ) => Verdict::Unposted {
            document_ref: document_ref.clone(),
            reason,
        },
        (verdict, _) => verdict,
    };
    Sent {
        verdict,
        document_key: before.document_key.clone(),
        ..failed
    }
}

/// Said without asking anybody.
pub(super) fn refused(reason: String) -> Sent {
    Sent {
        verdict: Verdict::Refused { reason },
        document_key: None,
        http_status: None,
        answer: None,
    }
}
