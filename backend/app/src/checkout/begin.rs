//! What has to be done for a page, decided under the attempt's lock and written down before it is done.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};
use sverka_domain::attempt::Attempt;
use sverka_domain::ids::AttemptId;
use sverka_domain::status::BankStatus;

use super::{CheckoutError, CheckoutRequest};
use crate::App;
use crate::attempts::{Change, Entry, Seen};
use crate::auth::Caller;
use crate::ports::bank::{AccountKey, BankAccount, NewOrder};
use crate::ports::store::{Actor, Checkout, CheckoutState, EventKind, EventSource, StoreError, Tx};

/// Longer than a call to the bank takes, a look-up after it included.
const LEASE: SignedDuration = SignedDuration::from_secs(90);

/// What comes next.
pub(super) enum Begun {
    /// Nothing: it has a page.
    HasPage(Box<Seen>),
    /// The bank surely has no order: register it.
    Call(Box<Order>),
    /// The bank may have the order: ask for it first.
    LookUp(Box<Order>),
}

/// An order on its way to the bank. Its row is committed.
#[derive(Clone)]
pub(super) struct Order {
    pub(super) account: BankAccount,
    pub(super) checkout: Checkout,
    pub(super) actor: Actor,
    pub(super) new: NewOrder,
}

impl App {
    pub(super) async fn begin_checkout(
        &self,
        caller: &Caller,
        id: AttemptId,
        wanted: CheckoutRequest,
        expected_version: Option<i64>,
    ) -> Result<Begun, CheckoutError> {
        let (app, actor) = (self.clone(), caller.actor());
        self.store()
            .write(move |tx| {
                let now = app.now();
                let attempt = tx.attempts().get(id)?.ok_or(CheckoutError::NotFound(id))?;
                if let Some(expected) = expected_version.filter(|expected| *expected != attempt.version) {
                    let current = Box::new(Seen::load(tx, attempt, now)?);
                    return Err(CheckoutError::Stale { expected, current });
                }
                if is_closed(&attempt) {
                    let current = Box::new(Seen::load(tx, attempt, now)?);
                    return Err(CheckoutError::Closed { current });
                }
                if attempt.payment_url.is_some() {
                    return Ok(Begun::HasPage(Box::new(Seen::load(tx, attempt, now)?)));
                }
                begin(&app, tx, attempt, &wanted, actor, now)
            })
            .await
    }
}

fn begin(
    app: &App,
    tx: &mut dyn Tx,
    attempt: Attempt,
    wanted: &CheckoutRequest,
    actor: Actor,
    now: Timestamp,
) -> Result<Begun, CheckoutError> {
    let account = account_of(app, &attempt)?;
    let before = tx.checkouts().find(attempt.id)?;
    if let Some(running) = before.as_ref().and_then(|before| held_for(before, now)) {
        let current = Box::new(Seen::load(tx, attempt, now)?);
        return Err(CheckoutError::Unavailable {
            words: "another request is opening it at this moment".to_owned(),
            retry_after: u32::try_from(running.as_secs().max(1)).unwrap_or(1).min(5),
            current,
        });
    }
    // Without a checkout of ours the app may have registered the order itself, and not have told its id.
    let may_exist = before
        .as_ref()
        .is_none_or(|before| before.state != CheckoutState::Clear);
    let mut checkout = match before {
        Some(before) if may_exist || is_same(&before, wanted) => before,
        before => new_checkout(&attempt, wanted, before.map_or(0, |before| before.calls), now),
    };
    checkout.lease_until = Some(now + LEASE);
    if may_exist && !account.port.abilities().repeats_registration {
        checkout.state = CheckoutState::Calling;
        tx.checkouts().save(&checkout)?;
        return Ok(Begun::LookUp(Box::new(order(account, &attempt, checkout, actor))));
    }
    let checkout = intend(app, tx, &attempt, checkout, &actor, now)?;
    Ok(Begun::Call(Box::new(order(account, &attempt, checkout, actor))))
}

/// The first checkout of an attempt that is being recorded in this very transaction.
pub(super) fn begin_new(
    app: &App,
    tx: &mut dyn Tx,
    attempt: &Attempt,
    wanted: &CheckoutRequest,
    actor: &Actor,
    now: Timestamp,
) -> Result<(), StoreError> {
    let checkout = new_checkout(attempt, wanted, 0, now);
    intend(app, tx, attempt, checkout, actor, now).map(|_| ())
}

/// Writes down that the bank is about to be called.
pub(super) fn intend(
    app: &App,
    tx: &mut dyn Tx,
    attempt: &Attempt,
    checkout: Checkout,
    actor: &Actor,
    now: Timestamp,
) -> Result<Checkout, StoreError> {
    let checkout = Checkout {
        state: CheckoutState::Calling,
        calls: checkout.calls.saturating_add(1),
        called_at: Some(now),
        lease_until: Some(now + LEASE),
        ..checkout
    };
    tx.checkouts().save(&checkout)?;
    let mut entry = Entry::new(EventKind::CheckoutStarted, EventSource::App, actor.clone());
    entry.details = details([
        ("key", checkout.key.clone().into()),
        ("call", checkout.calls.into()),
    ]);
    Change { app, tx, now }.tell(attempt, &attempt.state, entry)?;
    Ok(checkout)
}

pub(super) fn order(account: BankAccount, attempt: &Attempt, checkout: Checkout, actor: Actor) -> Order {
    let new = NewOrder {
        order_number: attempt.order_number.clone(),
        amount: attempt.state.amount,
        description: attempt.description.clone(),
        return_url: checkout.return_url.clone(),
        idempotency_key: checkout.key.clone(),
        email: attempt.client.email.clone(),
        phone: attempt.client.phone.clone(),
        now: checkout.begun_at,
        valid_until: checkout.valid_until,
    };
    Order {
        account,
        checkout,
        actor,
        new,
    }
}

pub(super) fn account_of(app: &App, attempt: &Attempt) -> Result<BankAccount, CheckoutError> {
    let key = AccountKey {
        bank: attempt.bank.clone(),
        account: attempt.bank_account.clone(),
    };
    let account = app.banks().get(&key).cloned();
    account.ok_or(CheckoutError::UnknownAccount(key))
}

/// There is nothing to pay: the money is there, or was; or the order's life is over, and its number used up.
pub(super) fn is_closed(attempt: &Attempt) -> bool {
    match attempt.state.bank_status {
        BankStatus::Created | BankStatus::Pending | BankStatus::Abandoned | BankStatus::Declined => false,
        BankStatus::Authorized
        | BankStatus::Paid
        | BankStatus::Expired
        | BankStatus::Reversed
        | BankStatus::Refunded
        | BankStatus::PartiallyRefunded => true,
    }
}

/// For how long somebody else is still at it.
fn held_for(checkout: &Checkout, now: Timestamp) -> Option<SignedDuration> {
    let left = checkout.lease_until?.duration_since(now);
    (checkout.state == CheckoutState::Calling && left.is_positive()).then_some(left)
}

fn is_same(checkout: &Checkout, wanted: &CheckoutRequest) -> bool {
    checkout.return_url == wanted.return_url && checkout.valid_until == wanted.valid_until
}

/// A new key, since what is sent under it differs from what was sent before.
fn new_checkout(attempt: &Attempt, wanted: &CheckoutRequest, calls: u32, now: Timestamp) -> Checkout {
    let key = match calls {
        0 => attempt.id.to_string(),
        calls => format!("{}-{calls}", attempt.id),
    };
    Checkout {
        attempt_id: attempt.id,
        account: AccountKey {
            bank: attempt.bank.clone(),
            account: attempt.bank_account.clone(),
        },
        state: CheckoutState::Clear,
        key,
        return_url: wanted.return_url.clone(),
        valid_until: wanted.valid_until,
        begun_at: now,
        calls,
        called_at: None,
        lease_until: None,
        error: None,
    }
}

pub(super) fn details<const N: usize>(fields: [(&str, Value); N]) -> Map<String, Value> {
    fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
