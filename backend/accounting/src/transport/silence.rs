//! What a request that came to no answer means. Certainty is what counts: "surely not applied" is said only where
//! no byte of the request was sent.

use sverka_app::ports::accounting::Sent;
use sverka_domain::delivery::Verdict;

use super::address::{PrivateAddress, is_private};

/// No answer, or none that could be read to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Silence {
    /// What is known: [`Verdict::NotApplied`], [`Verdict::ConnectionRefused`] or [`Verdict::Unknown`].
    pub(crate) verdict: Verdict,
    /// The status, where the answer broke off after it.
    pub(crate) http_status: Option<u16>,
}

impl Silence {
    /// What a private address means where none is allowed.
    pub(super) fn private() -> Self {
        let reason = PrivateAddress.to_string();
        Self {
            verdict: Verdict::ConnectionRefused { reason },
            http_status: None,
        }
    }

    /// What became of the request. Words of our own: a library's would hold the address.
    pub(super) fn of(error: &reqwest::Error, http_status: Option<u16>) -> Self {
        if is_private(error) {
            return Self::private();
        }
        Self {
            verdict: no_answer(error),
            http_status,
        }
    }

    /// As what a try came to.
    pub(crate) fn sent(self) -> Sent {
        Sent {
            verdict: self.verdict,
            document_key: None,
            http_status: self.http_status,
            answer: None,
        }
    }
}

fn no_answer(error: &reqwest::Error) -> Verdict {
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

/// The innermost cause, which names neither the address nor the request.
fn cause(error: &reqwest::Error) -> Option<String> {
    let mut cause = std::error::Error::source(error)?;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    Some(cause.to_string())
}
