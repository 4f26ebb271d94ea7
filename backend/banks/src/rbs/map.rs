//! What an order's status means.

use jiff::Timestamp;
use sverka_app::ports::bank::{Answered, BankError};
use sverka_domain::attempt::BankFact;
use sverka_domain::money::{Currency, Money};
use sverka_domain::status::BankStatus;

use super::amounts::Back;
use super::wire::Status;

/// The order's life ended unpaid.
const LIFE_ENDED: i64 = -2007;
/// Nobody has tried to pay yet.
const NOT_TRIED: i64 = -100;
/// The processing timed out, or works still: whether money moved is open.
const OUTCOME_UNKNOWN: [i64; 3] = [1018, 1019, -99];

/// What an answer to a question means, or why it is no answer.
pub(crate) fn answered(status: &Status, account: Currency) -> Result<Answered, BankError> {
    let words = || words(status.error_code, status.error_text.as_deref());
    match (status.error_code, status.order_status) {
        (0, Some(order_status)) => Ok(known(status, order_status, account)),
        // Older versions tell a refused card this way, with the order's status beside it.
        (2, Some(order_status)) => Ok(known(status, order_status, account)),
        (0, None) => Err(BankError::Unavailable("the answer has no orderStatus".to_owned())),
        (6, _) => Ok(unknown(status)),
        (7, _) => Err(BankError::Unavailable(words())),
        _ => Err(BankError::Refused(words())),
    }
}

/// The bank's words for a call that it did not answer, or our own where it has none.
pub(super) fn words(error_code: i64, error_text: Option<&str>) -> String {
    error_text.map_or_else(|| format!("errorCode {error_code}"), str::to_owned)
}

/// The bank has no such order, which is an answer.
pub(crate) fn unknown(status: &Status) -> Answered {
    Answered {
        fact: None,
        bank_order_id: None,
        code: Some(status.error_code.to_string()),
        message: status.error_text.clone(),
        rrn: None,
    }
}

fn known(status: &Status, order_status: i64, account: Currency) -> Answered {
    let (fact, remark) = fact(status, order_status, account);
    Answered {
        fact: Some(fact),
        bank_order_id: status.order_id.clone(),
        code: Some(status.action_code.unwrap_or(order_status).to_string()),
        message: remark.or_else(|| status.action_text.clone()),
        rrn: status.rrn.clone(),
    }
}

/// What an order comes to, and a remark where the bank's own words are not enough.
pub(super) fn fact(status: &Status, order_status: i64, account: Currency) -> (BankFact, Option<String>) {
    let currency = currency(status.currency.as_deref(), account);
    let money = |sum: Option<i64>| sum.map(|sum| Money::new(sum, currency));
    let plain = |bank_status, sum| BankFact {
        status: bank_status,
        amount: money(sum),
        refunded: None,
        paid_at: None,
    };
    let fact = match order_status {
        0 if status.action_code == Some(NOT_TRIED) => plain(BankStatus::Created, None),
        0 | 5 | 7 => plain(BankStatus::Pending, None),
        1 => plain(BankStatus::Authorized, status.amounts.held()),
        2 => taken(status, currency),
        3 => plain(BankStatus::Reversed, status.amounts.held()),
        4 => return refunded(status, currency),
        6 => plain(declined(status.action_code), None),
        // Taken in parts: paid once all of it is.
        8 if is_whole(status) => taken(status, currency),
        8 => plain(BankStatus::Pending, None),
        other => {
            let remark = format!("orderStatus {other} is not known");
            return (plain(BankStatus::Pending, None), Some(remark));
        }
    };
    (fact, None)
}

fn declined(action_code: Option<i64>) -> BankStatus {
    match action_code {
        Some(LIFE_ENDED) => BankStatus::Expired,
        Some(code) if OUTCOME_UNKNOWN.contains(&code) => BankStatus::Pending,
        _ => BankStatus::Declined,
    }
}

fn is_whole(status: &Status) -> bool {
    let amounts = status.amounts;
    amounts.deposited.is_some() && amounts.captured().is_some() && amounts.captured() == amounts.registered
}

/// Money was taken; a part or all of it may have gone back.
fn taken(status: &Status, currency: Currency) -> BankFact {
    let (bank_status, refunded) = match status.amounts.back() {
        Back::Nothing => (BankStatus::Paid, None),
        Back::Part(sum) => (BankStatus::PartiallyRefunded, Some(sum)),
        Back::All(sum) => (BankStatus::Refunded, sum),
    };
    BankFact {
        status: bank_status,
        amount: status.amounts.captured().map(|sum| Money::new(sum, currency)),
        refunded,
        paid_at: status.paid_at.and_then(|at| Timestamp::from_millisecond(at).ok()),
    }
}

/// Status 4 says that a refund was made, not how much. Where the sums do not say it either, the fact
/// carries a currency that fits nothing, so that a person looks instead of a guess being passed on.
fn refunded(status: &Status, currency: Currency) -> (BankFact, Option<String>) {
    let fact = taken(status, currency);
    if fact.status != BankStatus::Paid {
        return (fact, None);
    }
    if status.amounts.deposited == Some(0) {
        let whole = status.amounts.held();
        let all = BankFact {
            status: BankStatus::Refunded,
            amount: whole.map(|sum| Money::new(sum, currency)),
            refunded: whole,
            ..fact
        };
        return (all, None);
    }
    let sum = status.amounts.captured().unwrap_or(0);
    let open = BankFact {
        status: BankStatus::PartiallyRefunded,
        amount: Some(Money::new(sum, no_currency())),
        ..fact
    };
    let remark =
        "a refund was made and its sum is not told; ask the bank for version 3 or later of the status";
    (open, Some(remark.to_owned()))
}

/// The currency behind a code, in numbers or letters; the account's own where none is told. An unknown
/// code must not pass for the right one.
pub(super) fn currency(code: Option<&str>, account: Currency) -> Currency {
    match code.map(str::trim) {
        None | Some("") => account,
        Some(code) => Currency::from_numeric(code)
            .or_else(|| code.parse().ok())
            .unwrap_or_else(no_currency),
    }
}

/// ISO 4217 "no currency": differs from every attempt's.
fn no_currency() -> Currency {
    "XXX".parse().unwrap_or(Currency::RUB)
}
