//! The call to the bank.

use super::CheckoutError;
use super::begin::Order;
use crate::App;
use crate::attempts::Seen;
use crate::ports::bank::BankError;
use crate::ports::store::CheckoutState;

/// A bank that did not answer, and does not say when it will.
const RETRY_AFTER: u32 = 2;
/// The longest time that a caller is told to wait, in seconds.
const LONGEST_WAIT: u32 = 300;

impl App {
    /// Registers an order whose intent is committed, and takes in what comes of it.
    pub(super) async fn call_bank(&self, order: Order) -> Result<Seen, CheckoutError> {
        let error = match order.account.port.register(&order.new).await {
            Ok(registered) => return self.open_page(&order, registered).await,
            Err(error) => error,
        };
        match error {
            // It was called before, so that the refusal may be of the number that the first call used up.
            BankError::Refused(words) if order.checkout.calls > 1 => self.look_up_refused(order, words).await,
            BankError::Refused(words) => {
                let current = self.end_checkout(&order, CheckoutState::Clear, &words).await?;
                Err(CheckoutError::Refused { words, current })
            }
            BankError::Busy { retry_after } => {
                let words = BankError::Busy { retry_after }.to_string();
                let current = self.end_checkout(&order, CheckoutState::Clear, &words).await?;
                Err(CheckoutError::Unavailable {
                    words,
                    retry_after: retry_after.unwrap_or(RETRY_AFTER).clamp(1, LONGEST_WAIT),
                    current,
                })
            }
            BankError::Unavailable(words) if order.account.port.abilities().repeats_registration => {
                let current = self.end_checkout(&order, CheckoutState::Unknown, &words).await?;
                Err(CheckoutError::Unavailable {
                    words,
                    retry_after: RETRY_AFTER,
                    current,
                })
            }
            BankError::Unavailable(words) => {
                self.end_checkout(&order, CheckoutState::Unknown, &words).await?;
                self.find_order(order).await
            }
        }
    }
}
