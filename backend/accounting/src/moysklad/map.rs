//! What an answer means.

use jiff::Timestamp;
use sverka_domain::delivery::Verdict;

use super::wire::Errors;
use crate::transport::{Answer, Silence, printable, wait};

/// What a request does over there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Nothing changes by it: without an answer, nothing was applied.
    Read,
    /// Something changes by it: without an answer, nobody knows.
    Change,
}

/// The most of the service's words that the operator is shown, in characters.
const SHOWN: usize = 300;
/// Nobody waits longer than this on the service's word, in milliseconds.
const LONGEST_WAIT: u64 = 3_600_000;

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

/// What an answer means that is none of success.
pub(super) fn failure(answer: &Answer, access: Access, at: Timestamp) -> Verdict {
    let status = answer.status;
    let (words, code) = words(answer);
    let reason = match (words, code) {
        (Some(words), Some(code)) => format!("{words} ({code})"),
        (Some(words), None) => words,
        (None, _) if answer.is_page() => format!("HTTP {status} with a page instead of an answer"),
        (None, _) => format!("HTTP {status}"),
    };
    match status {
        200..=299 => unreadable(access, format!("HTTP {status} without what was asked for")),
        300..=399 => Verdict::ConnectionRefused {
            reason: format!("HTTP {status}: the service points elsewhere, check the address"),
        },
        401 => Verdict::ConnectionRefused { reason },
        // With a code it is about one object (a counterparty that the user may not see, a closed period); without, about
        // the account.
        403 | 404 if code.is_none() => Verdict::ConnectionRefused { reason },
        // In use at this moment.
        409 if access == Access::Change => Verdict::LikelyRefused { reason },
        410 | 415 => Verdict::ConnectionRefused { reason },
        // 1049: too many in a while; 1073: too many at once.
        429 => Verdict::NotApplied {
            reason,
            retry_after: asked(answer, at),
        },
        400..=499 => Verdict::Refused { reason },
        _ => unreadable(access, reason),
    }
}

/// The service's own words, and the first code.
fn words(answer: &Answer) -> (Option<String>, Option<u32>) {
    let errors: Option<Errors> = serde_json::from_str(&answer.body).ok().or_else(|| {
        let several: Vec<Errors> = serde_json::from_str(&answer.body).ok()?;
        several.into_iter().next()
    });
    let Some(errors) = errors else {
        let header = answer.headers.get("x-lognex-auth-message");
        let header = header.and_then(|value| value.to_str().ok());
        return (header.map(|words| printable(words, SHOWN)), None);
    };
    let code = errors.errors.iter().find_map(|fault| fault.code);
    let said: Vec<String> = errors
        .errors
        .into_iter()
        .filter_map(|fault| match (fault.error, fault.error_message) {
            (Some(error), Some(message)) if !error.contains(&message) => Some(format!("{error}: {message}")),
            (error, message) => error.or(message),
        })
        .collect();
    let line = printable(&said.join("; "), SHOWN);
    (Some(line).filter(|line| !line.is_empty()), code)
}

/// How long the service asks to wait: its own header counts milliseconds, the common one seconds.
fn asked(answer: &Answer, at: Timestamp) -> Option<u32> {
    let own = answer.headers.get("x-lognex-retry-after");
    let own = own
        .and_then(|value| value.to_str().ok()?.trim().parse::<u64>().ok())
        .and_then(|milliseconds| u32::try_from(milliseconds.min(LONGEST_WAIT).div_ceil(1000)).ok());
    own.or_else(|| wait(answer.retry_after.as_deref()?, at))
}
