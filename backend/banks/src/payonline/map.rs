//! What the transactions of one order come to.

use sverka_app::ports::bank::{Answered, BankError};
use sverka_domain::attempt::BankFact;
use sverka_domain::status::BankStatus;

use super::wire::{State, Transaction};

/// The payments of an order that hold or have money, the one that counts first: taken before held, then
/// the earliest.
pub(super) fn good(transactions: Vec<Transaction>) -> Vec<Transaction> {
    let mut good: Vec<_> = transactions
        .into_iter()
        .filter(|one| !one.is_refund && is_good(one.state))
        .collect();
    good.sort_by_key(|one| (one.state == State::PreAuthorized, one.at));
    good.dedup_by(|a, b| a.id == b.id);
    good
}

fn is_good(state: State) -> bool {
    matches!(state, State::PreAuthorized | State::Pending | State::Settled)
}

/// What an order with good payments comes to. Sums are never added up: a second payment on one order is
/// a mistake for a person to see, and the first one is what the attempt is about.
pub(super) fn paid(good: &[Transaction], refunds: &[Transaction]) -> Result<Answered, BankError> {
    let Some(first) = good.first() else {
        return Ok(unpaid(&[]));
    };
    let gone_back = sum(refunds, first)?;
    let status = match first.state {
        State::PreAuthorized => BankStatus::Authorized,
        _ if gone_back == 0 => BankStatus::Paid,
        _ if gone_back >= first.amount.amount => BankStatus::Refunded,
        _ => BankStatus::PartiallyRefunded,
    };
    let several = good.len() > 1;
    Ok(Answered {
        fact: Some(BankFact {
            status,
            amount: Some(first.amount),
            refunded: Some(gone_back).filter(|sum| *sum > 0),
            paid_at: first.at.filter(|_| status != BankStatus::Authorized),
        }),
        bank_order_id: Some(first.id.clone()),
        code: Some(first.state.name().to_owned()),
        message: several.then(|| all_of_them(good)),
        rrn: None,
    })
}

fn sum(refunds: &[Transaction], payment: &Transaction) -> Result<i64, BankError> {
    let mut seen = std::collections::BTreeSet::new();
    let mut total = 0_i64;
    for refund in refunds.iter().filter(|one| one.is_refund) {
        let made = matches!(refund.state, State::Pending | State::Settled);
        if !made || !seen.insert(&refund.id) {
            continue;
        }
        if refund.amount.currency != payment.amount.currency {
            return Err(BankError::Unavailable(
                "a refund is in another currency than its payment".to_owned(),
            ));
        }
        total = total.saturating_add(refund.amount.amount);
    }
    Ok(total)
}

fn all_of_them(good: &[Transaction]) -> String {
    let each = |one: &Transaction| format!("{} {} {}", one.id, one.amount.to_decimal(), one.amount.currency);
    let all: Vec<_> = good.iter().map(each).collect();
    format!("{} good payments on one order: {}", good.len(), all.join(", "))
}

/// What an order without a good payment comes to. A voided payment had the money, a refused one did not.
pub(super) fn unpaid(transactions: &[Transaction]) -> Answered {
    let payments = || transactions.iter().filter(|one| !one.is_refund);
    let of = |state| payments().find(move |one| one.state == state);
    let fact = |status, amount| BankFact {
        status,
        amount,
        refunded: None,
        paid_at: None,
    };
    let (told, fact) = if let Some(voided) = of(State::Voided) {
        (
            Some(voided),
            Some(fact(BankStatus::Reversed, Some(voided.amount))),
        )
    } else if let Some(under_way) = of(State::Other) {
        (Some(under_way), Some(fact(BankStatus::Pending, None)))
    } else if let Some(declined) = of(State::Declined) {
        (Some(declined), Some(fact(BankStatus::Declined, None)))
    } else {
        (None, None)
    };
    Answered {
        fact,
        bank_order_id: told
            .filter(|one| one.state == State::Voided)
            .map(|one| one.id.clone()),
        code: told.map(|one| one.state.name().to_owned()),
        message: None,
        rrn: None,
    }
}
