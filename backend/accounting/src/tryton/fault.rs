//! A request that did not come to a result: what that means, for a question and for a change.

use sverka_app::ports::accounting::Sent;
use sverka_domain::delivery::Verdict;

/// Why there is no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Why {
    /// No byte went out, or it was turned away before anything ran.
    Unsent { retry_after: Option<u32> },
    /// The session is not, or no longer, known: nothing ran.
    NoSession,
    /// Password, rights, address, a module that is missing: nothing gets through until a person mends it.
    Barred,
    /// Tryton's own word on this request; what it did was undone.
    Denied,
    /// Somebody else changed the record at the same moment; what the request did was undone.
    Clash,
    /// A failure inside Tryton: a duplicate key comes so as well.
    Internal,
    /// No answer, or none that says anything.
    Silent,
}

/// A request without a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) why: Why,
    /// In Tryton's own words, where it has any.
    pub(super) reason: String,
    pub(super) http_status: Option<u16>,
    pub(super) answer: Option<String>,
}

impl Fault {
    pub(super) fn new(why: Why, reason: impl Into<String>) -> Self {
        Self {
            why,
            reason: reason.into(),
            http_status: None,
            answer: None,
        }
    }

    /// Whether the request was carried out to its end, and undone: what is there now can be read at once.
    pub(super) fn is_answered(&self) -> bool {
        matches!(self.why, Why::Denied | Why::Clash | Why::Internal)
    }

    /// What a question without an answer means: it changed nothing, and the connection is at fault, not the payment.
    pub(super) fn of_question(&self) -> Verdict {
        let reason = self.reason.clone();
        match self.why {
            Why::Unsent { retry_after } => Verdict::NotApplied { reason, retry_after },
            Why::Barred | Why::Denied | Why::NoSession => Verdict::ConnectionRefused { reason },
            Why::Clash | Why::Internal | Why::Silent => Verdict::NotApplied {
                reason,
                retry_after: None,
            },
        }
    }

    /// What it means of the first change of a try, which makes the document.
    pub(super) fn of_creation(&self) -> Verdict {
        let reason = self.reason.clone();
        match self.why {
            Why::Unsent { retry_after } => Verdict::NotApplied { reason, retry_after },
            Why::Barred | Why::NoSession => Verdict::ConnectionRefused { reason },
            Why::Denied => Verdict::Refused { reason },
            Why::Clash => Verdict::NotApplied {
                reason,
                retry_after: None,
            },
            Why::Internal | Why::Silent => Verdict::Unknown { reason },
        }
    }

    /// What it means of a later change, with the document there already: half of it is done.
    pub(super) fn of_step(&self, document_ref: Option<String>) -> Verdict {
        let reason = self.reason.clone();
        match self.why {
            Why::Denied => Verdict::Unposted { document_ref, reason },
            Why::Unsent { .. } | Why::NoSession | Why::Barred | Why::Clash | Why::Internal | Why::Silent => {
                Verdict::Unknown { reason }
            }
        }
    }

    /// As what a try came to.
    pub(super) fn sent(self, verdict: Verdict, document_key: Option<String>) -> Sent {
        Sent {
            verdict,
            document_key,
            http_status: self.http_status,
            answer: self.answer,
        }
    }
}
