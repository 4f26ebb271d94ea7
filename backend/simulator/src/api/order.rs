//! An order at a bank: the truth about it, and what can be done to it.

use serde::{Deserialize, Serialize};

use super::Bank;

/// What the bank knows about the payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Nobody has paid.
    Registered,
    /// The payer is at the issuer's 3-D Secure page.
    Acs,
    /// The money is held.
    Held,
    /// The money is taken.
    Paid,
    /// The hold or the payment was released.
    Reversed,
    /// Everything was given back.
    Refunded,
    /// A part was given back.
    PartiallyRefunded,
    /// Refused for good.
    Declined,
    /// The order's life ended without payment.
    Expired,
}

/// An order, as the bank sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// The bank.
    pub bank: Bank,
    /// The account's name.
    pub account: String,
    /// The merchant's number.
    pub order_number: String,
    /// The bank's id: `mdOrder`, or the id of the latest purchase transaction where tries have their own.
    pub bank_order_id: String,
    /// The state.
    pub state: OrderState,
    /// The registered sum, minor units.
    pub amount: i64,
    /// In the bank's own words: `643` at RBS, `rub` at Stripe, `RUB` elsewhere.
    pub currency: String,
    /// The sum once authorised.
    pub approved: i64,
    /// The sum the merchant has now: a refund lowers it.
    pub deposited: i64,
    /// The sum given back.
    pub refunded: i64,
    /// The gateway's processing result.
    pub action_code: i64,
    /// Refused tries.
    pub failed_tries: u32,
    /// Whether the payment is held first.
    pub two_stage: bool,
    /// Registered at, epoch ms.
    pub created_at: i64,
    /// The end of the order's life, epoch ms.
    pub expires_at: i64,
    /// Held or paid at, epoch ms.
    pub paid_at: Option<i64>,
    /// The page where a person can pay.
    pub payment_url: String,
    /// Refunds made.
    pub refunds: Vec<Refund>,
    /// The transactions, at banks where each try and each refund is one.
    pub transactions: Vec<Transaction>,
}

/// A refund.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refund {
    /// The bank's id of it.
    pub id: String,
    /// The sum, minor units.
    pub amount: i64,
    /// Made at, epoch ms.
    pub at: i64,
    /// The merchant's key of it, if one was given.
    pub external_id: Option<String>,
}

/// What a PayOnline transaction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TransactionKind {
    /// Money from the payer.
    Purchase,
    /// Money back.
    Refund,
}

/// The status of a PayOnline transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TransactionStatus {
    /// Held until completed.
    PreAuthorized,
    /// Authorised, taken by the daily run.
    Pending,
    /// Taken.
    Settled,
    /// Released.
    Voided,
    /// Refused.
    Declined,
}

/// A PayOnline transaction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Transaction {
    /// The id.
    pub id: String,
    /// What it is.
    pub kind: TransactionKind,
    /// Its status.
    pub status: TransactionStatus,
    /// The sum, minor units.
    pub amount: i64,
    /// Made at, epoch ms.
    pub at: i64,
}

/// An order made by the control API, without the bank's own call.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewOrder {
    /// The merchant's number.
    pub order_number: String,
    /// The sum, minor units.
    pub amount: i64,
    /// The currency in the bank's own words.
    #[serde(default)]
    pub currency: Option<String>,
    /// Whether the payment is held first.
    #[serde(default)]
    pub two_stage: bool,
    /// The text on the payment page.
    #[serde(default)]
    pub description: Option<String>,
    /// Where the payer returns.
    #[serde(default)]
    pub return_url: Option<String>,
    /// The order's life, 1200 s when not given.
    #[serde(default)]
    pub life_secs: Option<i64>,
}

/// What can be done to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verb {
    /// The money is taken (a held one: captured).
    Pay,
    /// The money is held.
    Hold,
    /// The issuer refuses.
    Decline,
    /// The order's life ends.
    Expire,
    /// The hold or the payment is released.
    Reverse,
    /// Money is given back.
    Refund,
    /// PayOnline's daily run.
    Settle,
    /// The payer is sent to 3-D Secure.
    Acs,
}

impl Verb {
    /// Every verb.
    pub const ALL: [Self; 8] = [
        Self::Pay,
        Self::Hold,
        Self::Decline,
        Self::Expire,
        Self::Reverse,
        Self::Refund,
        Self::Settle,
        Self::Acs,
    ];

    /// The name in paths.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pay => "pay",
            Self::Hold => "hold",
            Self::Decline => "decline",
            Self::Expire => "expire",
            Self::Reverse => "reverse",
            Self::Refund => "refund",
            Self::Settle => "settle",
            Self::Acs => "acs",
        }
    }
}

/// The event a callback tells, in the RBS gateway's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Operation {
    /// Held.
    #[serde(rename = "approved")]
    Approved,
    /// Taken.
    #[serde(rename = "deposited")]
    Deposited,
    /// Released.
    #[serde(rename = "reversed")]
    Reversed,
    /// Given back, in full or in part.
    #[serde(rename = "refunded")]
    Refunded,
    /// The order's life ended.
    #[serde(rename = "declinedByTimeout")]
    DeclinedByTimeout,
}

impl Operation {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Deposited => "deposited",
            Self::Reversed => "reversed",
            Self::Refunded => "refunded",
            Self::DeclinedByTimeout => "declinedByTimeout",
        }
    }
}

/// What becomes of the callback of a move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CallbackFate {
    /// It goes, subject to the account's faults.
    #[default]
    Send,
    /// It is lost for good.
    Drop,
    /// It goes after `delay_ms`.
    Delay,
}

/// How a verb is done; the default is the plain way.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Move {
    /// What becomes of the callback.
    pub callback: CallbackFate,
    /// How late the callback is.
    pub delay_ms: u64,
    /// How many times the callback goes (1 when not given).
    pub copies: Option<u32>,
    /// A forged callback goes first as well.
    pub forge: bool,
    /// The callback claims this sum, correctly signed.
    pub wrong_amount: Option<i64>,
    /// The sum truly taken, or given back.
    pub amount: Option<i64>,
    /// The merchant's key of a refund.
    pub external_id: Option<String>,
    /// `decline`: `false` is one failed try of an order that lives on.
    #[serde(rename = "final")]
    pub is_final: Option<bool>,
    /// The bank's truth itself moves only after so long.
    pub after_ms: u64,
}

impl Move {
    /// A move whose callback is lost.
    pub fn silent() -> Self {
        Self {
            callback: CallbackFate::Drop,
            ..Self::default()
        }
    }

    /// A move of this sum.
    pub fn of(amount: i64) -> Self {
        Self {
            amount: Some(amount),
            ..Self::default()
        }
    }
}
