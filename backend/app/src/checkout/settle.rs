//! What became of a checkout, as rows.

use jiff::Timestamp;
use sverka_domain::attempt::Attempt;

use super::CheckoutError;
use super::begin::{Order, details};
use crate::App;
use crate::attempts::{Change, ChangeError, Entry, Seen};
use crate::callbacks::match_orphans;
use crate::ports::bank::Registered;
use crate::ports::store::{
    Actor, ActorKind, Checkout, CheckoutState, EventKind, EventSource, StoreError, Tx,
};

impl App {
    /// The order is registered, and its page known.
    pub(super) async fn open_page(
        &self,
        order: &Order,
        registered: Registered,
    ) -> Result<Seen, CheckoutError> {
        let (app, order) = (self.clone(), order.clone());
        let seen = self
            .store()
            .write(move |tx| {
                let now = app.now();
                let attempt = open(&app, tx, &order, registered, now)?;
                let attempt = match_orphans(&app, tx, attempt, now)?;
                Ok::<_, CheckoutError>(Seen::load(tx, attempt, now)?)
            })
            .await?;
        self.nudges().ask_banks();
        self.nudges().deliver();
        Ok(seen)
    }

    /// There is no page so far: whether the order may exist, and why.
    pub(super) async fn end_checkout(
        &self,
        order: &Order,
        state: CheckoutState,
        words: &str,
    ) -> Result<Box<Seen>, CheckoutError> {
        let (app, order, words) = (self.clone(), order.clone(), words.to_owned());
        self.store()
            .write(move |tx| {
                let now = app.now();
                let id = order.checkout.attempt_id;
                let attempt = tx.attempts().get(id)?.ok_or(CheckoutError::NotFound(id))?;
                let known = tx.checkouts().find(id)?.and_then(|known| known.error);
                tx.checkouts().save(&Checkout {
                    state,
                    lease_until: None,
                    error: Some(words.clone()),
                    ..order.checkout
                })?;
                if known.as_ref() != Some(&words) {
                    let mut entry =
                        Entry::new(EventKind::CheckoutFailed, EventSource::BankQuery, bank(&attempt));
                    let may_exist = state != CheckoutState::Clear;
                    entry.details = details([("error", words.into()), ("may_exist", may_exist.into())]);
                    Change { app: &app, tx, now }.tell(&attempt, &attempt.state, entry)?;
                }
                Ok(Box::new(Seen::load(tx, attempt, now)?))
            })
            .await
    }
}

fn open(
    app: &App,
    tx: &mut dyn Tx,
    order: &Order,
    registered: Registered,
    now: Timestamp,
) -> Result<Attempt, CheckoutError> {
    let id = order.checkout.attempt_id;
    let mut attempt = tx.attempts().get(id)?.ok_or(CheckoutError::NotFound(id))?;
    if attempt.bank_order_id.is_none() {
        attempt.bank_order_id = free(tx, order, registered.bank_order_id)?;
    }
    attempt.payment_url = Some(registered.payment_url);
    tx.checkouts().save(&Checkout {
        state: CheckoutState::Registered,
        lease_until: None,
        error: None,
        ..order.checkout.clone()
    })?;
    let mut entry = Entry::new(EventKind::CheckoutOpened, EventSource::BankQuery, bank(&attempt));
    entry.details = details([("bank_order_id", attempt.bank_order_id.clone().into())]);
    let mut change = Change { app, tx, now };
    change.tell(&attempt, &attempt.state, entry)?;
    change.save(&mut attempt).map_err(unexpected)?;
    Ok(attempt)
}

/// The bank's order id, unless another attempt has it.
fn free(tx: &mut dyn Tx, order: &Order, told: Option<String>) -> Result<Option<String>, StoreError> {
    let Some(told) = told else { return Ok(None) };
    let taken = tx.attempts().by_bank_order_id(&order.checkout.account, &told)?;
    Ok(taken.is_none().then_some(told))
}

fn bank(attempt: &Attempt) -> Actor {
    Actor {
        kind: ActorKind::Bank,
        id: Some(attempt.bank.clone()),
        name: None,
    }
}

/// Only the store can fail here; anything else is a bug, told as one.
fn unexpected(error: ChangeError) -> CheckoutError {
    match error {
        ChangeError::Store(error) => error.into(),
        bug @ (ChangeError::Rejected(_) | ChangeError::Delivery(_)) => {
            StoreError::Failed(Box::new(bug)).into()
        }
    }
}
