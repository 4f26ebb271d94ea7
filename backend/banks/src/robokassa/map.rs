//! What an operation's state means.

use jiff::Timestamp;
use sverka_app::ports::bank::{Answered, BankError};
use sverka_domain::attempt::BankFact;
use sverka_domain::money::{Currency, Money};
use sverka_domain::status::BankStatus;

use super::wire::{Answer, State, told};

/// What an answer means, or why it is no answer.
pub(super) fn answered(answer: &Answer) -> Result<Answered, BankError> {
    let words =
        |meaning: &str| told(answer.result.description.as_ref()).unwrap_or_else(|| meaning.to_owned());
    match (answer.result.code, &answer.state) {
        (0, Some(state)) => known(answer, state),
        (0, None) => Err(BankError::Unavailable("the answer has no State".to_owned())),
        (1, _) => Err(BankError::Refused(words("wrong signature of the question"))),
        (2, _) => Err(BankError::Refused(words("no such shop"))),
        (3, _) => Ok(Answered {
            fact: None,
            bank_order_id: None,
            code: Some("3".to_owned()),
            message: told(answer.result.description.as_ref()),
            rrn: None,
        }),
        (4, _) => Err(BankError::Refused(words("two operations have this number"))),
        (code, _) => Err(BankError::Unavailable(words(&format!("result {code}")))),
    }
}

fn known(answer: &Answer, state: &State) -> Result<Answered, BankError> {
    let (status, remark) = meaning(state.code);
    let has_money = matches!(status, BankStatus::Paid | BankStatus::Authorized);
    let amount = if has_money { Some(sum(answer)?) } else { None };
    let paid_at = state
        .state_date
        .as_deref()
        .and_then(|date| date.parse::<Timestamp>().ok());
    Ok(Answered {
        fact: Some(BankFact {
            status,
            amount,
            refunded: None,
            paid_at: paid_at.filter(|_| status == BankStatus::Paid),
        }),
        bank_order_id: told(answer.info.op_key.as_ref()),
        code: Some(state.code.to_string()),
        message: remark,
        rrn: told(answer.info.bank_card_rrn.as_ref()),
    })
}

/// A refund made later is not shown by any state.
fn meaning(code: i64) -> (BankStatus, Option<String>) {
    let with = |status, words: &str| (status, Some(words.to_owned()));
    match code {
        5 => (BankStatus::Pending, None),
        10 => with(BankStatus::Expired, "Операция отменена или истекло время оплаты"),
        20 => (BankStatus::Authorized, None),
        50 => with(BankStatus::Pending, "Деньги получены, зачисляются магазину"),
        60 => with(
            BankStatus::Declined,
            "В зачислении отказано, деньги возвращены покупателю",
        ),
        80 => with(BankStatus::Pending, "Исполнение операции приостановлено"),
        100 => (BankStatus::Paid, None),
        other => (BankStatus::Pending, Some(format!("state {other} is not known"))),
    }
}

/// A sum that has to be there: without it nothing could be compared.
fn sum(answer: &Answer) -> Result<Money, BankError> {
    let sum = told(answer.info.out_sum.as_ref());
    sum.and_then(|sum| Money::from_decimal(&sum, Currency::RUB).ok())
        .ok_or_else(|| BankError::Unavailable("OutSum in the answer is not a sum".to_owned()))
}
