//! What a try came to. Certainty is what counts: "surely not applied" is said only where it is sure.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use sverka_domain::delivery::Verdict;

use super::address::is_private;
use super::answer::Answer;

/// Nobody waits longer than this on a receiver's word, in seconds.
const LONGEST_WAIT: u32 = 3600;
/// A date in a header; a wrong day of the week is no reason to come back too soon.
const DATES: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);

/// What an answer means.
pub(super) fn verdict(answer: &Answer, at: Timestamp) -> Verdict {
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
        409 => match answer.document_ref() {
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
        document_ref: answer.document_ref().flatten(),
    }
}

/// `Retry-After`, in seconds or as a date, in seconds from `at`.
fn wait(text: &str, at: Timestamp) -> Option<u32> {
    let text = text.trim();
    let seconds = match text.parse::<u64>() {
        Ok(seconds) => seconds,
        Err(_) => {
            let until = DATES.parse_timestamp(text).ok()?;
            u64::try_from(until.duration_since(at).as_secs()).unwrap_or(0)
        }
    };
    Some(u32::try_from(seconds).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT))
}

/// What a request that came to no answer means. Words of our own: a library's would hold the address.
pub(super) fn no_answer(error: &reqwest::Error) -> Verdict {
    if is_private(error) {
        return private();
    }
    if error.is_connect() {
        // No byte of the request was sent.
        let words = if error.is_timeout() {
            "no connection within the time allowed"
        } else {
            "no connection"
        };
        let cause = cause(error).map(|cause| format!(": {cause}")).unwrap_or_default();
        return Verdict::NotApplied {
            reason: format!("{words}{cause}"),
            retry_after: None,
        };
    }
    let words = if error.is_timeout() {
        "no answer within the time allowed"
    } else {
        "the answer was cut short"
    };
    Verdict::Unknown {
        reason: words.to_owned(),
    }
}

/// What a private address means where none is allowed.
pub(super) fn private() -> Verdict {
    Verdict::ConnectionRefused {
        reason: super::address::PrivateAddress.to_string(),
    }
}

/// The innermost cause, which names neither the address nor the request.
fn cause(error: &reqwest::Error) -> Option<String> {
    let mut cause = std::error::Error::source(error)?;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    Some(cause.to_string())
}

#[cfg(test)]
#[path = "map_tests.rs"]
mod tests;
