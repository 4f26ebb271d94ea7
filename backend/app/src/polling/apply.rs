//! Taking in what the bank answered, or that it did not.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sverka_domain::attempt::{Attempt, AttemptState, Event as News, Outcome, apply};
use sverka_domain::ids::AttemptId;

use super::{AskError, Asker, next_query};
use crate::App;
use crate::attempts::{Change, ChangeError, Entry};
use crate::ports::bank::{AccountKey, Answered, BankError};
use crate::ports::store::{Actor, ActorKind, EventKind, EventSource, StoreError, Tx};

/// Applies an answer and plans the next question. Returns the attempt and whether anything about it changed.
pub(super) fn apply_answer(
    app: &App,
    tx: &mut dyn Tx,
    id: AttemptId,
    asker: &Asker,
    answer: &Answered,
    asked_at: Timestamp,
) -> Result<(Attempt, bool), AskError> {
    let now = app.now();
    let mut attempt = tx.attempts().get(id)?.ok_or(AskError::NotFound(id))?;
    let before = attempt.state.clone();
    let news = News::BankAnswered {
        fact: answer.fact.clone(),
        at: asked_at,
    };
    let learned = if attempt.bank_order_id.is_none() {
        learn(tx, &attempt, answer)?
    } else {
        None
    };
    let by_person = matches!(asker, Asker::Caller(_));
    let rrn = answer
        .rrn
        .clone()
        .filter(|told| attempt.rrn.as_ref() != Some(told));
    if learned.is_none()
        && rrn.is_none()
        && attempt.last_query_error.is_none()
        && !by_person
        && let Some(repeated) = repeated(&before, &news)
    {
        // The same answer as before. Writing it down would only make a person's form stale; but the plan goes by when it
        // was given last.
        attempt.state = repeated;
        attempt.next_query_at = next_query(app, &attempt, now);
        attempt.state = before;
        tx.attempts()
            .schedule_query(id, attempt.next_query_at, Some((asked_at, None)))?;
        return Ok((attempt, false));
    }
    let mut entry = Entry::new(
        EventKind::BankQueried,
        EventSource::BankQuery,
        actor(asker, &attempt),
    );
    entry.details.insert("answer".into(), told(answer, asked_at));
    attempt.bank_order_id = attempt.bank_order_id.or(learned);
    attempt.rrn = rrn.or(attempt.rrn);
    attempt.last_query_at = Some(asked_at);
    attempt.last_query_error = None;
    // Asked just now: the plan is made anew.
    attempt.next_query_at = None;
    let changed = Change { app, tx, now }
        .make(attempt, &news, entry, true)
        .map_err(unexpected)?;
    let after = &changed.state;
    let moved = after.bank_status != before.bank_status
        || after.refunded != before.refunded
        || after.attention != before.attention;
    Ok((changed, moved))
}

/// Where an answer tells nothing but that it was given once more: the state with its time as the newest.
fn repeated(before: &AttemptState, news: &News) -> Option<AttemptState> {
    let Ok(Outcome::Moved(moved)) = apply(before, news) else {
        return Some(before.clone());
    };
    let mut after = moved.state;
    let status = |state: &AttemptState| state.facts.query.latest.map(|latest| latest.status);
    // That it is the bank's word on what was heard meanwhile is news.
    let catches_up = before.facts.answer_is_behind() && !after.facts.answer_is_behind();
    if status(&after) != status(before) || catches_up {
        return None;
    }
    let newest = std::mem::replace(&mut after.facts.query.latest, before.facts.query.latest);
    if after != *before {
        return None;
    }
    after.facts.query.latest = newest;
    Some(after)
}

/// Writes down that the bank did not answer, and plans the next question.
pub(super) fn apply_failure(
    app: &App,
    tx: &mut dyn Tx,
    id: AttemptId,
    asker: &Asker,
    error: &BankError,
    asked_at: Timestamp,
) -> Result<(), AskError> {
    let now = app.now();
    let attempt = tx.attempts().get(id)?.ok_or(AskError::NotFound(id))?;
    let known = attempt.last_query_error.is_some();
    if !known || matches!(asker, Asker::Caller(_)) {
        let mut entry = Entry::new(
            EventKind::BankQueryFailed,
            EventSource::BankQuery,
            actor(asker, &attempt),
        );
        entry.details.insert("error".into(), error.to_string().into());
        Change { app, tx, now }.tell(&attempt, &attempt.state, entry)?;
    }
    let planned = next_query(app, &attempt, now);
    let later = match error {
        BankError::Busy {
            retry_after: Some(seconds),
        } => {
            let until = now + SignedDuration::from_secs(i64::from(*seconds).min(3600));
            planned.map(|planned| planned.max(until))
        }
        BankError::Busy { retry_after: None } | BankError::Unavailable(_) | BankError::Refused(_) => planned,
    };
    tx.attempts()
        .schedule_query(id, later, Some((asked_at, Some(error.to_string()))))?;
    Ok(())
}

/// The bank's order id from an answer, unless another attempt has it.
fn learn(tx: &mut dyn Tx, attempt: &Attempt, answer: &Answered) -> Result<Option<String>, StoreError> {
    let key = AccountKey {
        bank: attempt.bank.clone(),
        account: attempt.bank_account.clone(),
    };
    let Some(told) = &answer.bank_order_id else {
        return Ok(None);
    };
    let taken = tx.attempts().by_bank_order_id(&key, told)?.is_some();
    Ok((!taken).then(|| told.clone()))
}

fn actor(asker: &Asker, attempt: &Attempt) -> Actor {
    match asker {
        Asker::Caller(caller) => caller.actor(),
        Asker::Poller => Actor {
            kind: ActorKind::System,
            id: Some(attempt.bank.clone()),
            name: None,
        },
    }
}

fn told(answer: &Answered, asked_at: Timestamp) -> Value {
    let fact = answer.fact.as_ref();
    let currency = fact.and_then(|fact| fact.amount).map(|amount| amount.currency);
    json!({
        "found": fact.is_some(),
        "bank_status": fact.map(|fact| fact.status),
        "amount": fact.and_then(|fact| fact.amount),
        "refunded": fact.and_then(|fact| fact.refunded).zip(currency).map(|(amount, currency)| json!({"amount": amount, "currency": currency})),
        "bank_order_id": answer.bank_order_id,
        "code": answer.code,
        "message": answer.message,
        "asked_at": asked_at.to_string(),
    })
}

fn unexpected(error: ChangeError) -> AskError {
    match error {
        ChangeError::Store(error) => AskError::Store(error),
        bug @ (ChangeError::Rejected(_) | ChangeError::Delivery(_)) => {
            AskError::Store(StoreError::Failed(Box::new(bug)))
        }
    }
}
