//! Answers to repeat for an idempotency key.

use jiff::Timestamp;

use super::StoreError;

/// An answer that was given for a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// Who used the key (id of the user or API key), so that callers cannot see one another's answers.
    pub caller: String,
    /// The key.
    pub key: String,
    /// SHA-256 of the operation and the body.
    pub request_hash: [u8; 32],
    /// What was made.
    pub attempt_id: sverka_domain::ids::AttemptId,
    /// The answer's body, as it was first given; empty while what was asked for is not all done.
    pub answer: Vec<u8>,
    /// When.
    pub created_at: Timestamp,
}

/// The repository of answers.
pub trait Idempotency {
    /// The answer for a key, if one was given.
    fn find(&mut self, caller: &str, key: &str) -> Result<Option<Remembered>, StoreError>;

    /// Keeps an answer.
    ///
    /// # Errors
    /// [`StoreError::Taken`] `("idempotency_key")` when another request won the race.
    fn remember(&mut self, remembered: &Remembered) -> Result<(), StoreError>;

    /// Adds the answer to a key that was kept without one.
    fn complete(&mut self, caller: &str, key: &str, answer: &[u8]) -> Result<(), StoreError>;

    /// Removes answers that were given before `before`.
    fn forget(&mut self, before: Timestamp) -> Result<u64, StoreError>;
}
