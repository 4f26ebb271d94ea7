//! What the service's answer means: the webhook's table, and whether the document is posted.

use jiff::Timestamp;
use serde_json::Value;
use sverka_domain::delivery::{FoundDocument, HoldReason, MatchRule, Verdict};

use crate::transport::{Answer, printable};
use crate::webhook::map;

/// Our small JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// The number that people know the document by.
    pub(super) document_ref: Option<String>,
    /// The system's own key of it.
    pub(super) document_key: Option<String>,
    /// Whether it counts in the ledger; a service that says nothing posts at once.
    pub(super) is_posted: bool,
    /// Whether it is marked for deletion.
    pub(super) is_deleted: bool,
}

/// The small JSON of an answer; `None` where it names no document.
pub(super) fn told(answer: &Answer) -> Option<Told> {
    let object = answer.object()?;
    let text = |name: &str| match object.get(name)? {
        Value::String(text) => Some(printable(text, 200)).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    // Some say it in words.
    let state = |word: &str| ["status", "state"].iter().any(|name| object[*name] == *word);
    let is_deleted = state("deleted");
    let is_posted = object.get("posted").and_then(Value::as_bool);
    let told = Told {
        document_ref: text("document_ref"),
        document_key: text("document_key"),
        is_posted: is_posted.unwrap_or(!is_deleted && !state("draft")),
        is_deleted,
    };
    (told.document_ref.is_some() || told.document_key.is_some()).then_some(told)
}

/// What an answer to a delivery means.
pub(super) fn verdict(answer: &Answer, at: Timestamp) -> Verdict {
    let told = told(answer);
    match map::verdict(answer, at) {
        good @ (Verdict::Applied { .. } | Verdict::AlreadyThere { .. }) => match told {
            Some(told) if told.is_deleted => Verdict::Held {
                hold: HoldReason::DocumentDeleted,
                reason: "the document under our key is marked for deletion".to_owned(),
                documents: found(told).into_iter().collect(),
            },
            Some(told) if told.is_posted => good,
            Some(told) => Verdict::Unposted {
                document_ref: told.document_ref,
                reason: answer
                    .words()
                    .filter(|words| !words.starts_with('{'))
                    .unwrap_or_else(|| "the document was made and not posted".to_owned()),
            },
            // Anything can answer 200: a service that posted a document names it.
            None => Verdict::Unknown {
                reason: format!("HTTP {} without document_ref", answer.status),
            },
        },
        other => other,
    }
}

/// A document that the service named under our own id.
pub(super) fn found(told: Told) -> Option<FoundDocument> {
    let key = told.document_key.or_else(|| told.document_ref.clone())?;
    Some(FoundDocument {
        key,
        number: told.document_ref,
        rule: MatchRule::OurKey,
        amount: None,
        date: None,
        is_posted: told.is_posted,
        is_deleted: told.is_deleted,
        is_ours: true,
        author: None,
        client: None,
        is_same_client: None,
        comment: None,
        url: None,
    })
}

/// What an answer to a look-up means, other than a document.
pub(super) fn not_found(answer: &Answer, at: Timestamp) -> Result<(), Verdict> {
    match answer.status {
        // Not there; or the service does not look up, which says as much.
        404 | 405 | 501 => Ok(()),
        200..=299 if answer.object().is_some() => Ok(()),
        _ => Err(match map::verdict(answer, at) {
            Verdict::Applied { .. } | Verdict::AlreadyThere { .. } | Verdict::Unknown { .. } => {
                Verdict::NotApplied {
                    reason: answer
                        .words()
                        .unwrap_or_else(|| format!("HTTP {}", answer.status)),
                    retry_after: None,
                }
            }
            other => other,
        }),
    }
}
