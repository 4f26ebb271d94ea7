//! What a kept notification does to its attempt.

use jiff::Timestamp;
use sverka_domain::attempt::{Attempt, Event as News};

use super::self_test;
use crate::App;
use crate::attempts::{Change, ChangeError, Entry};
use crate::ports::bank::{AccountKey, Genuineness, Reading, Says};
use crate::ports::store::{
    Actor, ActorKind, EventKind, EventSource, Notification, NotificationVerdict, StoreError, Tx,
};

/// Applies a kept notification to the attempt that it names, if there is one, and settles what became of it.
/// Returns the attempt as it is afterwards.
pub(crate) fn process(
    app: &App,
    tx: &mut dyn Tx,
    notification: &Notification,
    reading: &Reading,
    now: Timestamp,
) -> Result<Option<Attempt>, StoreError> {
    let genuine = reading.genuineness == Genuineness::Genuine;
    if is_self_test(tx, notification, genuine)? {
        tx.notifications()
            .settle(notification.id, NotificationVerdict::SelfTest, None)?;
        return Ok(None);
    }
    if genuine && reading.says == Says::Nothing {
        tx.notifications()
            .settle(notification.id, NotificationVerdict::Ignored, None)?;
        return Ok(None);
    }
    let Some(attempt) = find(tx, &notification.account, reading)? else {
        let verdict = if genuine {
            NotificationVerdict::Orphan
        } else {
            NotificationVerdict::Rejected
        };
        tx.notifications().settle(notification.id, verdict, None)?;
        return Ok(None);
    };
    let id = attempt.id;
    let (attempt, verdict) = if genuine {
        take_in(app, tx, attempt, notification, reading, now)?
    } else {
        (
            suspect(app, tx, attempt, notification, reading, now)?,
            NotificationVerdict::Rejected,
        )
    };
    tx.notifications().settle(notification.id, verdict, Some(id))?;
    Ok(Some(attempt))
}

/// Whether it is one of our own; then its arrival is written down.
fn is_self_test(tx: &mut dyn Tx, notification: &Notification, genuine: bool) -> Result<bool, StoreError> {
    match self_test::number_in(&notification.raw) {
        Some(number) => tx
            .self_tests()
            .arrived(&notification.account, &number, notification.id, genuine),
        None => Ok(false),
    }
}

/// The attempt that a notification names.
pub(super) fn find(
    tx: &mut dyn Tx,
    account: &AccountKey,
    reading: &Reading,
) -> Result<Option<Attempt>, StoreError> {
    if let Some(bank_order_id) = &reading.bank_order_id
        && let Some(attempt) = tx.attempts().by_bank_order_id(account, bank_order_id)?
    {
        return Ok(Some(attempt));
    }
    match &reading.order_number {
        Some(order_number) => tx.attempts().by_order_number(account, order_number),
        None => Ok(None),
    }
}

fn take_in(
    app: &App,
    tx: &mut dyn Tx,
    mut attempt: Attempt,
    notification: &Notification,
    reading: &Reading,
    now: Timestamp,
) -> Result<(Attempt, NotificationVerdict), StoreError> {
    // The time of a notification is when it first came, however late it is processed.
    let at = notification.received_at;
    let known_mismatch = attempt.state.facts.callback.standing.mismatch;
    if attempt.bank_order_id.is_none() && reading.bank_order_id.is_some() {
        attempt.bank_order_id.clone_from(&reading.bank_order_id);
        Change { app, tx, now }.save(&mut attempt).map_err(unexpected)?;
    }
    let news = match &reading.says {
        Says::Fact(fact) => News::Notified {
            fact: fact.clone(),
            at,
        },
        Says::Hint { payment } => News::Hinted {
            payment: *payment,
            at,
        },
        Says::Nothing => News::Suspected,
    };
    let mut entry = Entry::new(
        EventKind::CallbackAccepted,
        EventSource::Callback,
        bank(notification),
    );
    entry.notification_id = Some(notification.id);
    let mismatched = matches!(&reading.says, Says::Fact(fact) if differs(fact.amount, &attempt));
    if mismatched {
        entry.kind = EventKind::CallbackMismatch;
    }
    // What was taken in before is told again only if it changes something now.
    let always = !matches!(
        notification.verdict,
        NotificationVerdict::Accepted | NotificationVerdict::Mismatch
    );
    let changed = Change { app, tx, now }
        .make(attempt, &news, entry, always)
        .map_err(unexpected)?;
    let mismatch = changed.state.facts.callback.standing.mismatch;
    let verdict = if mismatched || mismatch != known_mismatch {
        NotificationVerdict::Mismatch
    } else {
        NotificationVerdict::Accepted
    };
    Ok((changed, verdict))
}

fn differs(told: Option<sverka_domain::money::Money>, attempt: &Attempt) -> bool {
    told.is_some_and(|told| told != attempt.state.amount)
}

fn suspect(
    app: &App,
    tx: &mut dyn Tx,
    attempt: Attempt,
    notification: &Notification,
    reading: &Reading,
    now: Timestamp,
) -> Result<Attempt, StoreError> {
    let mut entry = Entry::new(
        EventKind::CallbackRejected,
        EventSource::Callback,
        bank(notification),
    );
    entry.notification_id = Some(notification.id);
    let why = match reading.genuineness {
        Genuineness::Unsigned => "unsigned",
        Genuineness::Forged | Genuineness::Genuine => "bad_signature",
    };
    entry.details.insert("why".into(), why.into());
    let changed = Change { app, tx, now }
        .make(attempt, &News::Suspected, entry, true)
        .map_err(unexpected)?;
    Ok(changed)
}

fn bank(notification: &Notification) -> Actor {
    Actor {
        kind: ActorKind::Bank,
        id: Some(notification.account.bank.clone()),
        name: None,
    }
}

/// The bank's news is never refused; a refusal here is a bug, told as one.
fn unexpected(error: ChangeError) -> StoreError {
    match error {
        ChangeError::Store(error) => error,
        bug @ (ChangeError::Rejected(_) | ChangeError::Delivery(_)) => StoreError::Failed(Box::new(bug)),
    }
}
