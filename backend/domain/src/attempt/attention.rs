//! What a person has to look at, because of what the sources say.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

use super::claim::Claim;
use super::conclude::Bank;
use super::facts::Facts;
use super::standing::Mismatch;
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
    /// The bank's newest answer takes back what it said before: a notification or the registry says paid
    /// and the answer says that it is not, or a voided payment is answered as paid again.
    BankContradictsItself,
}

pub(super) fn attention(bank: &Bank, amount: Money, facts: &Facts) -> Option<Attention> {
    if mismatch_stands(facts) {
        Some(Attention::AmountMismatch)
    } else if facts
        .claim
        .is_some_and(|claim| is_contradicted(claim, bank, amount, facts))
    {
        Some(Attention::BankContradictsOverride)
    } else if payment_is_denied(facts) || void_is_denied(bank, facts) {
        Some(Attention::BankContradictsItself)
    } else {
        None
    }
}

/// Another sum was told. The right sum in a later answer of the bank, or in any of them where only a
/// notification told otherwise, outweighs it; a later decision of a person settles it.
fn mismatch_stands(facts: &Facts) -> bool {
    let asked = &facts.query.standing;
    let confirmed = asked
        .paid
        .is_some_and(|paid| asked.mismatch.is_none_or(|other| other.at < paid.heard_at));
    let newest: Option<Timestamp> = newest_mismatch(facts).map(|mismatch| mismatch.at);
    let settled = |newest| facts.claim.is_some_and(|claim| claim.at > newest);
    !confirmed && newest.is_some_and(|newest| !settled(newest))
}

/// The other sum that was heard last, over all channels.
pub(crate) fn newest_mismatch(facts: &Facts) -> Option<Mismatch> {
    facts
        .channels()
        .into_iter()
        .filter_map(|channel| channel.mismatch)
        .max_by_key(|mismatch| mismatch.at)
}

fn is_contradicted(claim: Claim, bank: &Bank, amount: Money, facts: &Facts) -> bool {
    let answer = facts.query.latest.filter(|answer| answer.at > claim.at);
    let answered = answer.and_then(|answer| answer.status);
    match claim.status {
        BankStatus::Declined | BankStatus::Expired => bank.paid_at.is_some() || bank.authorized,
        BankStatus::Paid => paid_is_contradicted(claim, bank, answered, facts),
        BankStatus::Refunded => {
            let less = matches!(answered, Some(BankStatus::Paid | BankStatus::PartiallyRefunded));
            less && bank.refunded < amount.amount && !claim.insists
        }
        BankStatus::Reversed => {
            let taken_since = bank.heard_at.is_some_and(|heard| heard > claim.at);
            let not_reversed = answered == Some(BankStatus::Paid) || taken_since;
            not_reversed && !bank.reversed && !claim.insists
        }
        BankStatus::Created
        | BankStatus::Pending
        | BankStatus::Authorized
        | BankStatus::Abandoned
        | BankStatus::PartiallyRefunded => false,
    }
}

/// Nobody but the person (or what they had heard before they spoke) says that it was paid, and the bank
/// says since then that it was not.
fn paid_is_contradicted(claim: Claim, bank: &Bank, answered: Option<BankStatus>, facts: &Facts) -> bool {
    let confirmed = facts.bank_confirmed() || bank.heard_at.is_some_and(|heard| heard > claim.at);
    let denied = matches!(answered, Some(BankStatus::Declined | BankStatus::Expired));
    let knew = claim.insists && facts.query.denied_at.is_some_and(|at| at < claim.at);
    // It was not reversed when they spoke, or they could not have said that it was paid.
    let never_taken = bank.paid_at.is_none() && bank.reversed;
    !confirmed && ((denied && !knew) || never_taken)
}

/// The bank told us unasked that it was paid, and answers later that it is not. From a person's decision
/// on, it is their word that the answers are held against.
fn payment_is_denied(facts: &Facts) -> bool {
    let told = facts
        .unasked()
        .into_iter()
        .filter_map(|heard| heard.paid)
        .map(|paid| paid.heard_at)
        .min();
    let (Some(told), Some(answer)) = (told, facts.query.latest) else {
        return false;
    };
    let denied = matches!(answer.status, Some(BankStatus::Declined | BankStatus::Expired));
    let decided = facts.claim.is_some_and(|claim| claim.at > told);
    denied && answer.at > told && !facts.bank_confirmed() && !decided
}

/// The payment was voided, and the bank now answers that it is paid. Whether it was paid twice on one
/// order only a person can tell.
fn void_is_denied(bank: &Bank, facts: &Facts) -> bool {
    let (Some(voided), Some(answer)) = (facts.query.last_reversed_at, facts.query.latest) else {
        return false;
    };
    let decided = facts
        .claim
        .is_some_and(|claim| claim.at > voided && claim.insists);
    bank.voided && answer.status == Some(BankStatus::Paid) && answer.at > voided && !decided
}
