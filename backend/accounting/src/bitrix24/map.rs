//! What an answer means. The code counts, not the status: too many requests come as 503, and a business error as 400
//! with the code `0` or `100` and nothing but a text to tell it by.

use jiff::Timestamp;
use sverka_domain::delivery::Verdict;

use super::wire::Envelope;
use crate::transport::{Answer, Silence, printable, wait};

/// What a request does over there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Nothing changes by it: without an answer, nothing was applied.
    Read,
    /// Something changes by it: without an answer, nobody knows.
    Change,
}

/// The most of the portal's words that the operator is shown, in characters.
const SHOWN: usize = 300;
/// The portal counts used-up server time over ten minutes.
const LONGEST_WAIT: i64 = 600;

/// Something that could not be read as an answer.
pub(super) fn unreadable(access: Access, reason: impl Into<String>) -> Verdict {
    let reason = reason.into();
    match access {
        Access::Read => Verdict::NotApplied {
            reason,
            retry_after: None,
        },
        Access::Change => Verdict::Unknown { reason },
    }
}

/// What no answer means.
pub(super) fn silence(silence: Silence, access: Access) -> Silence {
    match (silence.verdict, access) {
        (Verdict::Unknown { reason }, Access::Read) => Silence {
            verdict: unreadable(Access::Read, reason),
            http_status: silence.http_status,
        },
        (verdict, _) => Silence {
            verdict,
            http_status: silence.http_status,
        },
    }
}

/// What an answer that holds no result means.
pub(super) fn failure(
    answer: &Answer,
    envelope: Option<&Envelope>,
    access: Access,
    (reset_at, at): (Option<i64>, Timestamp),
) -> Verdict {
    let status = answer.status;
    let code = envelope.and_then(|envelope| envelope.error.as_deref());
    let words = envelope
        .and_then(|envelope| envelope.error_description.as_deref())
        .map(|words| printable(words, SHOWN))
        .filter(|words| !words.is_empty());
    let reason = match (&words, code) {
        (Some(words), Some(code)) => format!("{words} ({code})"),
        (Some(words), None) => words.clone(),
        (None, Some(code)) => code.to_owned(),
        (None, None) if answer.is_page() => format!("HTTP {status} with a page instead of an answer"),
        (None, None) => format!("HTTP {status}"),
    };
    let asked = answer.retry_after.as_deref().and_then(|text| wait(text, at));
    match code {
        Some("QUERY_LIMIT_EXCEEDED") => Verdict::NotApplied {
            reason,
            retry_after: asked,
        },
        Some("OPERATION_TIME_LIMIT") => Verdict::NotApplied {
            reason,
            retry_after: asked.or_else(|| until(reset_at?, at)),
        },
        Some(code) if is_of_the_connection(code) => Verdict::ConnectionRefused { reason },
        Some("INTERNAL_SERVER_ERROR" | "ERROR_UNEXPECTED_ANSWER") => unreadable(access, reason),
        // It says what is wrong only in words, and "another fault" is among it.
        Some("0" | "100") if status < 500 => match access {
            Access::Read => Verdict::Refused { reason },
            Access::Change if code == Some("100") => Verdict::Refused { reason },
            Access::Change => Verdict::LikelyRefused { reason },
        },
        Some(_) if (200..500).contains(&status) => Verdict::Refused { reason },
        _ => by_status(status, access, reason, asked),
    }
}

/// Nothing goes until a person mends the webhook, its rights or the tariff.
fn is_of_the_connection(code: &str) -> bool {
    matches!(
        code,
        "NO_AUTH_FOUND"
            | "INVALID_CREDENTIALS"
            | "INVALID_REQUEST"
            | "ACCESS_DENIED"
            | "OVERLOAD_LIMIT"
            | "PORTAL_DELETED"
            | "ERROR_METHOD_NOT_FOUND"
            | "ERROR_OAUTH"
            | "expired_token"
            | "insufficient_scope"
            | "user_access_error"
            // sale.payment.*: the user is no administrator.
            | "200040300010"
            | "200040300020"
    )
}

fn by_status(status: u16, access: Access, reason: String, asked: Option<u32>) -> Verdict {
    match status {
        300..=399 => Verdict::ConnectionRefused {
            reason: format!("HTTP {status}: the portal points elsewhere, check the address"),
        },
        401 | 403 | 404 => Verdict::ConnectionRefused { reason },
        429 => Verdict::NotApplied {
            reason,
            retry_after: asked,
        },
        400..=499 => Verdict::Refused { reason },
        _ => unreadable(access, reason),
    }
}

/// When some of the used-up server time is forgotten, in seconds from `at`.
fn until(reset_at: i64, at: Timestamp) -> Option<u32> {
    let seconds = (reset_at - at.as_second()).clamp(0, LONGEST_WAIT);
    u32::try_from(seconds).ok().filter(|seconds| *seconds > 0)
}
