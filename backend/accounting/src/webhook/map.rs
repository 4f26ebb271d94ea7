//! What a try came to. Certainty is what counts: "surely not applied" is said only where it is sure.

use jiff::Timestamp;
use sverka_domain::delivery::Verdict;

use super::look::text;
use crate::transport::{Answer, wait};

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
            None if says_in_progress(answer) => Verdict::Busy { reason: reason() },
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

/// Whether the receiver says that an earlier try is still under way: by the type of a problem, a code, or in words.
fn says_in_progress(answer: &Answer) -> bool {
    let says = |text: &str| {
        let text = text.to_lowercase().replace(['-', '_'], " ");
        ["in progress", "still processing", "обрабатывается", "выполняется"]
            .iter()
            .any(|words| text.contains(words))
    };
    match answer.object() {
        Some(object) => ["type", "code", "status", "title", "detail", "error", "message"]
            .iter()
            .filter_map(|name| object[*name].as_str())
            .any(says),
        None => !answer.is_page() && says(&answer.body),
    }
}

/// The number of the document. `Some(None)`: the receiver speaks of a document without naming it.
fn document_ref(answer: &Answer) -> Option<Option<String>> {
    let object = answer.object()?;
    object.get("document_ref").map(text)
}

/// The receiver's own key of the document, if it has one besides the number.
pub(super) fn document_key(answer: &Answer) -> Option<String> {
    text(&answer.object()?["document_key"])
}

#[cfg(test)]
#[path = "map_tests.rs"]
mod tests;
