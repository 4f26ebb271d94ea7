//! An attempt that is recorded together with the wish for a page.

use sverka_domain::ids::AttemptId;

use super::begin::{account_of, begin_new, is_closed, order};
use super::{CheckoutError, CheckoutRequest};
use crate::App;
use crate::attempts::{IdempotencyKey, NewAttempt, Recorded, Seen};
use crate::auth::Caller;
use crate::ports::store::CheckoutState;

impl App {
    /// Records an attempt, and opens its payment page. The intent to register the order is committed with the attempt.
    /// The answer under an idempotency key is kept once there is a page; until then the same request goes on where the one
    /// before it was cut off.
    ///
    /// # Errors
    /// [`CheckoutError`]. After [`CheckoutError::Record`] nothing is recorded; otherwise the attempt stands in the journal.
    pub async fn record_with_checkout(
        &self,
        caller: Caller,
        new: NewAttempt,
        wanted: CheckoutRequest,
        key: Option<IdempotencyKey>,
        render: impl Fn(&Seen) -> Vec<u8> + Send + 'static,
    ) -> Result<Recorded, CheckoutError> {
        let id = AttemptId(self.id(self.now()));
        // Before it can be seen, so that whoever sees it waits for its page.
        let turn = self.turns().take(id).await;
        let (intent, actor) = (wanted.clone(), caller.actor());
        let recorded = self
            .record_new(caller.clone(), new, key.clone(), id, move |app, tx, seen, now| {
                begin_new(app, tx, &seen.attempt, &intent, &actor, now).map(|()| Vec::new())
            })
            .await?;
        let (id, seen) = match recorded {
            Recorded::Before { id, answer } if answer.is_empty() => {
                drop(turn);
                let _turn = self.turns().take(id).await;
                (id, self.obtain_page(&caller, id, wanted, None).await?)
            }
            before @ Recorded::Before { .. } => return Ok(before),
            Recorded::Now(seen) => (id, self.open_first(&caller, *seen).await?),
        };
        self.keep_answer(caller, key, id, render(&seen)).await
    }

    /// Calls the bank for an attempt that was recorded just now, by whoever has its turn.
    async fn open_first(&self, caller: &Caller, seen: Seen) -> Result<Seen, CheckoutError> {
        let attempt = seen.attempt;
        let id = attempt.id;
        let checkout = self.store().read(move |tx| tx.checkouts().find(id)).await?;
        let Some(checkout) = checkout else {
            return Err(CheckoutError::NotFound(id));
        };
        let account = account_of(self, &attempt)?;
        let order = order(account, &attempt, checkout, caller.actor());
        if is_closed(&attempt) {
            // A notification was here before its attempt: the order is an older one.
            let words = "the bank told of this order before it was recorded";
            let current = self.end_checkout(&order, CheckoutState::Unknown, words).await?;
            return Err(CheckoutError::Closed { current });
        }
        self.call_bank(order).await
    }

    /// Keeps the answer under its key; the first one that was kept is the one that is given.
    async fn keep_answer(
        &self,
        caller: Caller,
        key: Option<IdempotencyKey>,
        id: AttemptId,
        answer: Vec<u8>,
    ) -> Result<Recorded, CheckoutError> {
        let Some(key) = key else {
            return Ok(Recorded::Before { id, answer });
        };
        let answer = self
            .store()
            .write(move |tx| {
                // Locked, so that one of two answers is the first.
                tx.attempts().get(id)?;
                let kept = tx.idempotency().find(&caller.id, &key.key)?;
                match kept.filter(|kept| !kept.answer.is_empty()) {
                    Some(kept) => Ok(kept.answer),
                    None => {
                        tx.idempotency().complete(&caller.id, &key.key, &answer)?;
                        Ok::<_, CheckoutError>(answer)
                    }
                }
            })
            .await?;
        Ok(Recorded::Before { id, answer })
    }
}
