//! What can happen to an attempt.

use jiff::Timestamp;

use super::standing::BankFact;
use crate::status::{BankStatus, CrmStatus};

/// One piece of news about an attempt. Any of them may come twice, late, or out of order.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    test,
    derive(strum::EnumDiscriminants),
    strum_discriminants(
        name(EventKind),
        vis(pub(super)),
        derive(Hash, strum::VariantArray),
        doc = "The kinds of events, for the tests that have to meet all of them."
    )
)]
pub enum Event {
    /// The app says that the client began to pay (`pending`) or gave up (`abandoned`).
    AppReported {
        /// `pending` or `abandoned`.
        status: BankStatus,
        /// When.
        at: Timestamp,
    },
    /// A notification whose signature covers what it says.
    Notified {
        /// What it says.
        fact: BankFact,
        /// When it came.
        at: Timestamp,
    },
    /// A genuine notification whose result is not under the signature: a reason to ask, not a fact.
    Hinted {
        /// It speaks of a payment, not of a refusal.
        payment: bool,
        /// When it came.
        at: Timestamp,
    },
    /// A notification without a good signature. It changes nothing, but the bank is asked.
    Suspected,
    /// The bank answered a query.
    BankAnswered {
        /// What it said; `None`: it does not know the order.
        fact: Option<BankFact>,
        /// When it was asked.
        at: Timestamp,
    },
    /// A settlement file lists the payment.
    Listed {
        /// What it says.
        fact: BankFact,
        /// When it was read.
        at: Timestamp,
    },
    /// A person decided.
    Overridden {
        /// The status they set.
        status: BankStatus,
        /// When.
        at: Timestamp,
    },
    /// The deliveries moved on; this is what they come to.
    Delivered {
        /// The CRM status from the deliveries.
        status: CrmStatus,
        /// The document in the accounting system.
        document_ref: Option<String>,
    },
}
