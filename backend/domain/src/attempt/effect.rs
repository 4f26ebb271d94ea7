//! What follows from a change, as data. Each becomes a row in the transaction of the change.

use serde::{Deserialize, Serialize};

/// One thing to do because an attempt changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect {
    /// Pass the payment on to the accounting system.
    PassOnPayment,
    /// Pass on that this much went back, in minor units; after the payment, never before it.
    PassOnRefund {
        /// How much more went back than was told before.
        amount: i64,
    },
    /// Take back a payment that was queued on a person's word and not sent yet, and any refund queued
    /// behind it. If it can't be taken back any more, the override is refused as a whole.
    WithdrawPayment,
    /// Ask the bank soon. Any number of these before the bank is asked is one question.
    AskBank,
}
