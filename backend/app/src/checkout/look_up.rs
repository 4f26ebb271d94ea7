//! Looking for an order that a call without an answer may have left behind.

use jiff::SignedDuration;
use sverka_domain::attempt::Attempt;

use super::CheckoutError;
use super::begin::{Order, intend, is_closed, order};
use super::page::page_like;
use crate::App;
use crate::attempts::Seen;
use crate::polling::{AskError, Asked, Asker};
use crate::ports::bank::{BankError, Registered};
use crate::ports::store::{CheckoutState, StoreError};

/// A call without an answer may still be at work at the bank: that the order is not there counts only so long after
/// the call began.
const SETTLING: SignedDuration = SignedDuration::from_secs(30);

/// What a look-up came to.
enum Found {
    /// The order is there, and so is its page.
    Page(Box<Seen>),
    /// The bank does not know it.
    Nothing(Box<Asked>),
}

impl App {
    /// Looks the order up, and registers it when the bank surely does not have it.
    pub(super) async fn look_up_order(&self, order: Order) -> Result<Seen, CheckoutError> {
        match self.find_page(&order).await? {
            Found::Page(seen) => Ok(*seen),
            Found::Nothing(asked) => match self.settling(&order, &asked) {
                Some(left) => Err(self.not_there_yet(&order, left).await?),
                None => self.call_again(order).await,
            },
        }
    }

    /// Looks the order up right after a call that was not answered.
    pub(super) async fn find_order(&self, order: Order) -> Result<Seen, CheckoutError> {
        match self.find_page(&order).await? {
            Found::Page(seen) => Ok(*seen),
            Found::Nothing(asked) => {
                let left = self.settling(&order, &asked).unwrap_or_default();
                Err(self.not_there_yet(&order, left).await?)
            }
        }
    }

    /// Looks the order up after a refusal, which stands if it is not there.
    pub(super) async fn look_up_refused(&self, order: Order, words: String) -> Result<Seen, CheckoutError> {
        match self.find_page(&order).await? {
            Found::Page(seen) => Ok(*seen),
            Found::Nothing(_) => {
                let current = self.end_checkout(&order, CheckoutState::Clear, &words).await?;
                Err(CheckoutError::Refused { words, current })
            }
        }
    }

    async fn find_page(&self, order: &Order) -> Result<Found, CheckoutError> {
        let asked = match self.ask_bank(order.checkout.attempt_id, Asker::Poller).await {
            Ok(asked) => asked,
            Err(error) => return Err(self.not_answered(order, error).await?),
        };
        if is_closed(&asked.seen.attempt) {
            self.end_checkout(order, CheckoutState::Unknown, "the order is over")
                .await?;
            let current = Box::new(asked.seen);
            return Err(CheckoutError::Closed { current });
        }
        if asked.answer.fact.is_none() {
            return Ok(Found::Nothing(Box::new(asked)));
        }
        let id = asked.answer.bank_order_id.or(asked.seen.attempt.bank_order_id);
        let known = self.newest_page(order).await?;
        let page = id
            .as_ref()
            .zip(known)
            .and_then(|(id, (known_id, url))| page_like(&url, &known_id, id));
        let Some(payment_url) = page else {
            let words = "the bank has the order, and does not tell its page again; use another order number";
            let current = self.end_checkout(order, CheckoutState::Unknown, words).await?;
            return Err(CheckoutError::Unavailable {
                words: words.to_owned(),
                retry_after: 60,
                current,
            });
        };
        let registered = Registered {
            bank_order_id: id,
            payment_url,
        };
        Ok(Found::Page(Box::new(self.open_page(order, registered).await?)))
    }

    /// Id and page of the newest order that we registered at the same account.
    async fn newest_page(&self, order: &Order) -> Result<Option<(String, String)>, StoreError> {
        let key = order.checkout.account.clone();
        self.store()
            .read(move |tx| {
                let newest = tx.checkouts().newest_registered(&key)?;
                let newest = newest.map(|id| tx.attempts().get(id)).transpose()?.flatten();
                Ok(newest.and_then(|attempt: Attempt| attempt.bank_order_id.zip(attempt.payment_url)))
            })
            .await
    }

    /// How long the newest call has to be waited for, in seconds.
    fn settling(&self, order: &Order, asked: &Asked) -> Option<SignedDuration> {
        let called_at = order.checkout.called_at?;
        let left = (called_at + SETTLING).duration_since(asked.asked_at);
        left.is_positive().then_some(left)
    }

    async fn not_there_yet(
        &self,
        order: &Order,
        left: SignedDuration,
    ) -> Result<CheckoutError, CheckoutError> {
        let words = "the bank did not answer, and does not have the order so far";
        let current = self.end_checkout(order, CheckoutState::Unknown, words).await?;
        Ok(CheckoutError::Unavailable {
            words: words.to_owned(),
            retry_after: u32::try_from(left.as_secs() + 1).unwrap_or(1).max(1),
            current,
        })
    }

    async fn not_answered(&self, order: &Order, error: AskError) -> Result<CheckoutError, CheckoutError> {
        Ok(match error {
            AskError::NotFound(id) => CheckoutError::NotFound(id),
            AskError::UnknownAccount(key) => CheckoutError::UnknownAccount(key),
            AskError::Store(error) => error.into(),
            AskError::Bank(error) => {
                let words = error.to_string();
                let current = self.end_checkout(order, CheckoutState::Unknown, &words).await?;
                let retry_after = match error {
                    BankError::Busy {
                        retry_after: Some(seconds),
                    } => seconds.clamp(1, 300),
                    BankError::Busy { retry_after: None }
                    | BankError::Unavailable(_)
                    | BankError::Refused(_) => 5,
                };
                CheckoutError::Unavailable {
                    words,
                    retry_after,
                    current,
                }
            }
        })
    }

    /// The bank does not have it: the next intent is written down, and the bank called once more.
    async fn call_again(&self, before: Order) -> Result<Seen, CheckoutError> {
        let app = self.clone();
        let next = self
            .store()
            .write(move |tx| {
                let now = app.now();
                let id = before.checkout.attempt_id;
                let attempt = tx.attempts().get(id)?.ok_or(CheckoutError::NotFound(id))?;
                let checkout = intend(&app, tx, &attempt, before.checkout, &before.actor, now)?;
                Ok::<_, CheckoutError>(order(before.account, &attempt, checkout, before.actor))
            })
            .await?;
        self.call_bank(next).await
    }
}
