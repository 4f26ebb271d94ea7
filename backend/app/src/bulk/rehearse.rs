//! What would happen to one row: the accounting system is asked, and nothing is sent.

use sverka_domain::delivery::{Hold, HoldReason, Next, Verdict};
use sverka_domain::ids::AttemptId;

use super::turn::settled;
use super::work::Silence;
use crate::App;
use crate::deliveries::{Foreseen, Outlook};
use crate::ports::accounting::Sent;
use crate::ports::store::{BulkOutcome, BulkResult, StoreError};

impl App {
    /// What would become of an attempt if it were passed on now.
    pub(super) async fn rehearse(&self, id: AttemptId, silence: &Silence) -> Result<BulkResult, StoreError> {
        let Some(outlook) = self.outlook(id).await? else {
            return Ok(plain(BulkOutcome::NotPaid));
        };
        let (connection, order) = match outlook {
            Outlook::Nothing(known) => {
                let (attempt, deliveries) = *known;
                let outcome = settled(&attempt, &deliveries).unwrap_or(BulkOutcome::InProgress);
                return Ok(plain(outcome));
            }
            Outlook::Nowhere => {
                let why = "no connection to an accounting system takes it".to_owned();
                return Ok(told(BulkOutcome::WouldBeRefused, Some(why)));
            }
            Outlook::Away(why) => return Ok(told(BulkOutcome::Unclear, why)),
            Outlook::Open(open) => *open,
        };
        let name = connection.name.clone();
        if let Some(why) = silence.of(&name) {
            return Ok(told(BulkOutcome::Unclear, Some(why)));
        }
        match self.foresee(&connection, order).await? {
            Foreseen::Next(next) => {
                silence.end(&name);
                Ok(foretold(next))
            }
            Foreseen::Failed(sent) => Ok(failed(&sent, &name, silence)),
        }
    }
}

fn foretold(next: Next) -> BulkResult {
    match next {
        Next::Send => plain(BulkOutcome::WouldSend),
        // What is there and not posted is posted; no second document is made.
        Next::Finish { document_key } => BulkResult {
            document_ref: Some(document_key),
            ..plain(BulkOutcome::WouldSend)
        },
        Next::Link(document) => BulkResult {
            document_ref: Some(document.number.unwrap_or(document.key)),
            ..plain(BulkOutcome::ThereAlready)
        },
        Next::Hold(hold) => held(&hold),
        Next::LookAgain { .. } => plain(BulkOutcome::Unclear),
    }
}

fn held(hold: &Hold) -> BulkResult {
    let outcome = match hold.reason {
        HoldReason::PossibleDuplicate => BulkOutcome::PossibleDuplicate,
        HoldReason::Unclear => BulkOutcome::Unclear,
        HoldReason::ClientNotFound
        | HoldReason::SeveralClients
        | HoldReason::DocumentDiffers
        | HoldReason::DocumentDeleted
        | HoldReason::RefusedRepeatedly => BulkOutcome::WouldBeRefused,
    };
    let document = hold.documents.first();
    BulkResult {
        outcome,
        detail: Some(hold.reason.to_string()),
        document_ref: document
            .map(|document| document.number.clone().unwrap_or_else(|| document.key.clone())),
    }
}

fn failed(sent: &Sent, connection: &str, silence: &Silence) -> BulkResult {
    let why = sent.verdict.reason().map(str::to_owned);
    let outcome = match sent.verdict {
        Verdict::Refused { .. } => {
            silence.end(connection);
            BulkOutcome::WouldBeRefused
        }
        Verdict::Applied { .. }
        | Verdict::AlreadyThere { .. }
        | Verdict::NotApplied { .. }
        | Verdict::Unknown { .. }
        | Verdict::Unposted { .. }
        | Verdict::LikelyRefused { .. }
        | Verdict::Busy { .. }
        | Verdict::Held { .. }
        | Verdict::ConnectionRefused { .. } => {
            silence.add(connection, why.as_deref().unwrap_or_default());
            BulkOutcome::Unclear
        }
    };
    told(outcome, why)
}

fn plain(outcome: BulkOutcome) -> BulkResult {
    told(outcome, None)
}

fn told(outcome: BulkOutcome, detail: Option<String>) -> BulkResult {
    BulkResult {
        outcome,
        detail,
        document_ref: None,
    }
}
