//! Checkouts: the registration of an attempt's order at the bank, step by step.

use jiff::Timestamp;
use strum::{Display, EnumString, IntoStaticStr};
use sverka_domain::ids::AttemptId;

use super::StoreError;
use crate::ports::bank::AccountKey;

/// Where the registration of an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Display, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum CheckoutState {
    /// The bank is being called, or whoever called was cut off: once the lease has run out, the order may exist.
    Calling,
    /// The bank did not answer: the order may exist, and has to be looked up before anything else.
    Unknown,
    /// The bank surely has no order: it refused, or was asked and does not know it.
    Clear,
    /// The order is registered, and its page known.
    Registered,
}

/// The registration of one order. The row is committed before the bank is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkout {
    /// Whose order.
    pub attempt_id: AttemptId,
    /// Where.
    pub account: AccountKey,
    /// Where it stands.
    pub state: CheckoutState,
    /// What banks that key on it see: the same for every call that may have reached them.
    pub key: String,
    /// Where the client's browser goes afterwards.
    pub return_url: String,
    /// When the page has to stop taking money.
    pub valid_until: Option<Timestamp>,
    /// When it was begun under this key; part of what is sent, so the same for every call.
    pub begun_at: Timestamp,
    /// How many times the bank was called.
    pub calls: u32,
    /// When the newest call began.
    pub called_at: Option<Timestamp>,
    /// Until then whoever calls is left to it.
    pub lease_until: Option<Timestamp>,
    /// Why there is no page yet, in the bank's words or ours.
    pub error: Option<String>,
}

/// The repository of checkouts. Whoever changes one has locked its attempt.
pub trait Checkouts {
    /// The checkout of an attempt, if there ever was one.
    fn find(&mut self, attempt_id: AttemptId) -> Result<Option<Checkout>, StoreError>;

    /// Writes a checkout, whether there is one or not.
    fn save(&mut self, checkout: &Checkout) -> Result<(), StoreError>;

    /// The newest attempt of an account whose order we registered.
    fn newest_registered(&mut self, account: &AccountKey) -> Result<Option<AttemptId>, StoreError>;
}
