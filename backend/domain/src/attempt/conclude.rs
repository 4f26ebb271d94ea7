//! One conclusion from four facts.
//!
//! The order of trust: the bank's own answer, a signed notification, the registry, and a person's
//! claim where the bank is silent. Money never goes backwards: what was taken stays taken, until a
//! refund or a reversal.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

use super::facts::{Facts, Standing};
use crate::money::Money;
use crate::status::BankStatus;

/// Why a person has to look at an attempt, because of what the sources say.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Attention {
    /// The bank told of another sum or currency.
    AmountMismatch,
    /// The bank says something else than the person did.
    BankContradictsOverride,
    /// A signed notification says paid, and the bank, asked later, says that it is not.
    BankContradictsItself,
}

/// What the facts come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conclusion {
    /// The bank status.
    pub status: BankStatus,
    /// How much went back, in minor units.
    pub refunded: i64,
    /// When the client paid.
    pub paid_at: Option<Timestamp>,
    /// The money was taken at some time, so a payment is due in the accounting system.
    pub payment_due: bool,
    /// How much has to be told to the accounting system as gone back, in minor units.
    pub refund_due: i64,
    /// What a person has to look at.
    pub attention: Option<Attention>,
}

/// The bank's word over all its channels.
struct Bank {
    paid_at: Option<Timestamp>,
    reversed: bool,
    refunded: i64,
    authorized: bool,
    word: Option<BankStatus>,
}

/// What the facts about an attempt over `amount` come to.
#[must_use]
pub fn conclude(amount: Money, facts: &Facts) -> Conclusion {
    let bank = Bank::hear(facts);
    let claim = facts.claim.map(|claim| claim.status);
    let claimed_back = if claim == Some(BankStatus::Refunded) {
        amount.amount
    } else {
        0
    };
    let refunded = bank.refunded.max(claimed_back).min(amount.amount);
    let status = status(&bank, claim, refunded, amount, facts);
    let paid_at = bank.paid_at.or(facts.claim.and_then(|claim| claim.paid_at));
    let payment_due = paid_at.is_some();
    let whole = status == BankStatus::Reversed && payment_due;
    Conclusion {
        status,
        refunded,
        paid_at,
        payment_due,
        refund_due: if whole { amount.amount } else { refunded },
        attention: attention(&bank, facts),
    }
}

fn status(bank: &Bank, claim: Option<BankStatus>, refunded: i64, amount: Money, facts: &Facts) -> BankStatus {
    let app = facts.app.map(|app| app.status);
    if refunded > 0 && refunded >= amount.amount {
        BankStatus::Refunded
    } else if refunded > 0 {
        BankStatus::PartiallyRefunded
    } else if bank.reversed || claim == Some(BankStatus::Reversed) {
        BankStatus::Reversed
    } else if bank.paid_at.is_some() || claim == Some(BankStatus::Paid) {
        BankStatus::Paid
    } else if bank.authorized {
        BankStatus::Authorized
    } else if let Some(unpaid @ (BankStatus::Declined | BankStatus::Expired)) = claim {
        unpaid
    } else if let Some(unpaid @ (BankStatus::Declined | BankStatus::Expired)) = bank.word {
        unpaid
    } else if app == Some(BankStatus::Abandoned) {
        BankStatus::Abandoned
    } else if bank.word.is_some() || app.is_some() {
        BankStatus::Pending
    } else {
        BankStatus::Created
    }
}

impl Bank {
    fn hear(facts: &Facts) -> Self {
        let channels = [&facts.query.standing, &facts.callback.standing, &facts.registry];
        let latest = facts.query.latest.and_then(|answer| answer.status);
        let paid_again = latest == Some(BankStatus::Paid);
        let hold_is_gone = matches!(latest, Some(BankStatus::Declined | BankStatus::Expired));
        let says = |status| channels.iter().any(|channel| channel.word == Some(status));
        Self {
            paid_at: channels
                .iter()
                .filter_map(|channel| channel.paid)
                .map(|paid| paid.paid_at)
                .min(),
            // A voided try followed by a good one on the same order: the newest answer decides.
            reversed: channels.iter().any(|channel| channel.reversed) && !paid_again,
            refunded: channels.iter().map(|channel| channel.refunded).max().unwrap_or(0),
            authorized: says(BankStatus::Authorized) && !hold_is_gone,
            word: unpaid_word(&says, latest),
        }
    }
}

/// The word on an order without taken money. The newest answer outweighs what was heard before it.
fn unpaid_word(says: &impl Fn(BankStatus) -> bool, latest: Option<BankStatus>) -> Option<BankStatus> {
    match latest {
        Some(BankStatus::Declined | BankStatus::Expired) => latest,
        _ if says(BankStatus::Expired) => Some(BankStatus::Expired),
        _ if says(BankStatus::Declined) => Some(BankStatus::Declined),
        _ if says(BankStatus::Pending) || says(BankStatus::Authorized) => Some(BankStatus::Pending),
        _ => None,
    }
}

fn attention(bank: &Bank, facts: &Facts) -> Option<Attention> {
    if mismatch_stands(facts) {
        Some(Attention::AmountMismatch)
    } else if claim_is_contradicted(bank, facts) {
        Some(Attention::BankContradictsOverride)
    } else if bank_contradicts_itself(facts) {
        Some(Attention::BankContradictsItself)
    } else {
        None
    }
}

/// Another sum was told. What the bank answers outweighs what a notification said, and a later
/// decision of a person settles it.
fn mismatch_stands(facts: &Facts) -> bool {
    let channels: [&Standing; 3] = [&facts.query.standing, &facts.callback.standing, &facts.registry];
    let newest = channels
        .iter()
        .filter_map(|channel| channel.mismatch)
        .map(|mismatch| mismatch.at)
        .max();
    let Some(newest) = newest else { return false };
    let asked_bank_has_the_right_sum = facts.bank_confirmed() && facts.query.standing.mismatch.is_none();
    let settled = facts.claim.is_some_and(|claim| claim.at > newest);
    !asked_bank_has_the_right_sum && !settled
}

fn claim_is_contradicted(bank: &Bank, facts: &Facts) -> bool {
    let Some(claim) = facts.claim else { return false };
    let answered_since = facts
        .query
        .latest
        .filter(|answer| answer.at > claim.at)
        .and_then(|answer| answer.status);
    match claim.status {
        BankStatus::Declined | BankStatus::Expired => bank.paid_at.is_some() || bank.authorized,
        BankStatus::Paid => {
            bank.paid_at.is_none()
                && matches!(answered_since, Some(BankStatus::Declined | BankStatus::Expired))
        }
        BankStatus::Refunded => bank.refunded == 0 && answered_since == Some(BankStatus::Paid),
        BankStatus::Reversed => !bank.reversed && answered_since == Some(BankStatus::Paid),
        BankStatus::Created
        | BankStatus::Pending
        | BankStatus::Authorized
        | BankStatus::Abandoned
        | BankStatus::PartiallyRefunded => false,
    }
}

fn bank_contradicts_itself(facts: &Facts) -> bool {
    let (Some(heard), Some(latest)) = (facts.callback.standing.paid, facts.query.latest) else {
        return false;
    };
    let not_paid = matches!(latest.status, Some(BankStatus::Declined | BankStatus::Expired));
    let settled = facts.claim.is_some_and(|claim| claim.at > latest.at);
    not_paid && latest.at > heard.heard_at && facts.query.standing.paid.is_none() && !settled
}

#[cfg(test)]
#[path = "conclude_tests.rs"]
mod tests;
