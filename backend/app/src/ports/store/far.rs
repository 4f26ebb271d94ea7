//! Reads that may go to a replica.
//!
//! A replica is a little behind, and nobody minds, but for one: who has just changed something looks for it at once. So
//! the position in the write-ahead log after a person's newest change stands at that person's row, on the primary
//! ([`Store::changed_by`]), and a far read of theirs goes to the replica only when it has come as far. The row is in the
//! database and not in a process or in a cookie: the change may have gone through another process, and no client has to
//! carry anything.

use strum::{Display, IntoStaticStr};
use sverka_domain::ids::UserId;

use super::engine::{Store, StoreError, Tx, repeatable, take};

/// How the replica is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Display, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum ReplicaState {
    /// It answers, and is near enough.
    Serving,
    /// It answers, and is too far behind: the primary does its work.
    Behind,
    /// It does not answer, or is no replica of this database: the primary does its work.
    Away,
}

impl Store {
    /// Runs `work`, which only reads, where what it reads may be some seconds old, though never older than what `asker`
    /// has changed. It may be run once more, elsewhere: the last run counts. Where there is no replica, or it cannot serve,
    /// that is the same as [`Store::read`].
    ///
    /// # Errors
    /// What `work` returns, or what the store itself could not do.
    pub async fn read_far<T, E>(
        &self,
        asker: Option<UserId>,
        work: impl Fn(&mut dyn Tx) -> Result<T, E> + Send + Sync + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (look, result) = repeatable(work);
        self.0.read_far(asker, look).await?;
        take(&result)
    }

    /// Remembers that this person has changed something that is committed now: their next far reads show it.
    ///
    /// # Errors
    /// What the store could not do.
    pub async fn changed_by(&self, user: UserId) -> Result<(), StoreError> {
        self.0.changed_by(user).await
    }

    /// How the replica is doing; `None` where none is configured.
    pub async fn replica(&self) -> Option<ReplicaState> {
        self.0.replica().await
    }
}
