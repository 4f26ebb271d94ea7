//! What a try came to. Certainty is what counts: "surely not applied" is said only where it is sure.

use jiff::Timestamp;
use serde_json::Value;
use sverka_domain::delivery::Verdict;

use crate::transport::{Answer, printable, wait};

/// What an answer means.
pub(crate) fn verdict(answer: &Answer, at: Timestamp) -> Verdict {
    let status = answer.status;
    let reason = || answer.words().unwrap_or_else(|| format!("HTTP {status}"));
    match status {
        200..=299 => success(answer),
        300..=399 => Verdict::ConnectionRefused {
            reason: format!("HTTP {status}: the receiver points elsewhere, check the address"),
        },
        401 | 403 => Verdict::ConnectionRefused {
            reason: format!(
                "HTTP {status}: {}",
                answer.words().unwrap_or_else(|| "access denied".to_owned())
            ),
        },
        409 => match document_ref(answer) {
            Some(document_ref) => Verdict::AlreadyThere { document_ref },
            None => Verdict::Unknown {
                reason: "HTTP 409 without document_ref: another try may still be under way".to_owned(),
            },
        },
        410 => Verdict::ConnectionRefused {
            reason: "HTTP 410: switched off by the receiver".to_owned(),
        },
        429 | 503 => Verdict::NotApplied {
            reason: reason(),
            retry_after: answer.retry_after.as_deref().and_then(|text| wait(text, at)),
        },
        400..=499 => Verdict::Refused { reason: reason() },
        _ => Verdict::Unknown { reason: reason() },
    }
}

fn success(answer: &Answer) -> Verdict {
    let status = answer.status;
    let unknown = |words: &str| Verdict::Unknown {
        reason: format!("HTTP {status} {words}"),
    };
    if answer.is_cut {
        return unknown("with an endless answer: check the address");
    }
    if answer.is_page() {
        return unknown("with a page instead of an answer: check the address");
    }
    if answer.is_broken_json() {
        return unknown("with broken JSON");
    }
    Verdict::Applied {
        document_ref: document_ref(answer).flatten(),
    }
}

/// The number of the document. `Some(None)`: the receiver speaks of a document without naming it.
fn document_ref(answer: &Answer) -> Option<Option<String>> {
    let object = answer.object()?;
    match object.get("document_ref")? {
        Value::String(text) => Some(Some(printable(text, 200)).filter(|text| !text.is_empty())),
        Value::Number(number) => Some(Some(number.to_string())),
        _ => Some(None),
    }
}

#[cfg(test)]
#[path = "map_tests.rs"]
mod tests;
