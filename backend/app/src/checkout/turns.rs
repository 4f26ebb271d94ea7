//! One at a time for each attempt, within a process: the second one finds the page that the first one got.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use sverka_domain::ids::AttemptId;
use tokio::sync::OwnedMutexGuard;

type Turn = tokio::sync::Mutex<()>;

/// Whose turn it is, by attempt.
#[derive(Clone, Default)]
pub(crate) struct Turns(Arc<Mutex<HashMap<AttemptId, Weak<Turn>>>>);

impl Turns {
    /// Waits for the attempt's turn; it ends when the guard is dropped.
    pub(super) async fn take(&self, id: AttemptId) -> OwnedMutexGuard<()> {
        self.of(id).lock_owned().await
    }

    fn of(&self, id: AttemptId) -> Arc<Turn> {
        let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        turns.retain(|_, turn| turn.strong_count() > 0);
        let turn = turns.get(&id).and_then(Weak::upgrade).unwrap_or_default();
        turns.insert(id, Arc::downgrade(&turn));
        turn
    }
}
