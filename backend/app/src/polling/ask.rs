//! One question to the bank, by the poller or by a person.

use jiff::Timestamp;
use sverka_domain::attempt::Attempt;
use sverka_domain::ids::AttemptId;

use super::apply::{apply_answer, apply_failure};
use crate::App;
use crate::attempts::Seen;
use crate::auth::Caller;
use crate::ports::bank::{AccountKey, Answered, BankError, Question};
use crate::ports::store::{StoreError, Tx};

/// Who asks.
#[derive(Debug, Clone)]
pub enum Asker {
    /// The poller.
    Poller,
    /// A person or a program.
    Caller(Caller),
}

/// What asking came to.
#[derive(Debug)]
pub struct Asked {
    /// The bank's answer.
    pub answer: Answered,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// Whether anything about the attempt changed.
    pub changed: bool,
    /// The attempt afterwards.
    pub seen: Seen,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// There is no such attempt.
    #[error("payment attempt {0} does not exist")]
    NotFound(AttemptId),
    /// Its bank account is not configured any more.
    #[error("bank account {0} is not configured")]
    UnknownAccount(AccountKey),
    /// The bank did not answer.
    #[error(transparent)]
    Bank(#[from] BankError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// Asks the bank about an attempt now, and takes in what it says.
    ///
    /// # Errors
    /// [`AskError`]. When the bank did not answer, that is written down before this returns.
    pub async fn ask_bank(&self, id: AttemptId, asker: Asker) -> Result<Asked, AskError> {
        let (answer, asked_at, changed, seen) = self.ask(id, asker, Seen::load).await?;
        Ok(Asked {
            answer,
            asked_at,
            changed,
            seen,
        })
    }

    /// The same for the poller, who looks at nothing afterwards.
    ///
    /// # Errors
    /// [`AskError`].
    pub async fn poll_bank(&self, id: AttemptId) -> Result<(), AskError> {
        self.ask(id, Asker::Poller, |_, _, _| Ok(())).await?;
        Ok(())
    }

    async fn ask<T: Send + 'static>(
        &self,
        id: AttemptId,
        asker: Asker,
        then: impl FnOnce(&mut dyn Tx, Attempt, Timestamp) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<(Answered, Timestamp, bool, T), AskError> {
        let attempt = self
            .store()
            .read(move |tx| tx.attempts().get(id)?.ok_or(AskError::NotFound(id)))
            .await?;
        let key = AccountKey {
            bank: attempt.bank.clone(),
            account: attempt.bank_account.clone(),
        };
        let account = self
            .banks()
            .get(&key)
            .ok_or(AskError::UnknownAccount(key))?
            .clone();
        let asked_at = self.now();
        match account.port.ask(&question(&attempt, asked_at)).await {
            Ok(answer) => {
                let app = self.clone();
                let said = answer.clone();
                let (after, changed) = self
                    .store()
                    .write(move |tx| {
                        let now = app.now();
                        let (attempt, changed) = apply_answer(&app, tx, id, &asker, &said, asked_at)?;
                        Ok::<_, AskError>((then(tx, attempt, now)?, changed))
                    })
                    .await?;
                if changed {
                    self.nudges().deliver();
                }
                Ok((answer, asked_at, changed, after))
            }
            Err(error) => {
                let app = self.clone();
                let why = error.clone();
                self.store()
                    .write(move |tx| apply_failure(&app, tx, id, &asker, &why, asked_at))
                    .await?;
                Err(error.into())
            }
        }
    }
}

fn question(attempt: &Attempt, now: Timestamp) -> Question {
    Question {
        order_number: attempt.order_number.clone(),
        bank_order_id: attempt.bank_order_id.clone(),
        amount: attempt.state.amount,
        created_at: attempt.created_at,
        now,
    }
}
