//! Deliveries, their tries, and the state of the connections that they go through.

use jiff::Timestamp;
use sverka_domain::delivery::{Delivery, DeliveryKind};
use sverka_domain::ids::{AttemptId, DeliveryId, LeaseId};

use super::StoreError;
use crate::ports::accounting::Check;

/// One try to pass a delivery on. The row is committed before the first byte, without a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Try {
    /// The delivery.
    pub delivery_id: DeliveryId,
    /// Its kind.
    pub kind: DeliveryKind,
    /// 1, 2, 3 …
    pub number: u32,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// The verdict's name ([`sverka_domain::delivery::Verdict::name`]).
    pub verdict: Option<String>,
    /// HTTP status of the answer.
    pub http_status: Option<u16>,
    /// The raw answer, trimmed, or the reason why there is none.
    pub answer: Option<String>,
    /// When the delivery is tried again.
    pub next_try_at: Option<Timestamp>,
}

/// How a connection is doing. Shared by all workers through the database.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConnectionState {
    /// Name.
    pub name: String,
    /// Failures in a row.
    pub failures: u32,
    /// Since when it fails.
    pub failing_since: Option<Timestamp>,
    /// Not used before this time.
    pub paused_until: Option<Timestamp>,
    /// Stopped until a person mends it, and why.
    pub stopped: Option<String>,
    /// The last failure, in the other system's words.
    pub last_error: Option<String>,
    /// Paused by a person: nothing is sent until a person resumes it.
    pub held: Option<ByHand>,
    /// The last answer that was none of its failures.
    pub last_good_at: Option<Timestamp>,
    /// The last self-test.
    pub test: Option<Tested>,
}

/// A pause that a person made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByHand {
    /// Since when.
    pub since: Timestamp,
    /// Who, by name.
    pub by: String,
    /// Why.
    pub why: String,
}

/// A self-test and what it said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tested {
    /// When.
    pub at: Timestamp,
    /// Line by line.
    pub checks: Vec<Check>,
}

/// A delivery without a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unrouted {
    /// Its place in the queue.
    pub place: i64,
    /// Which.
    pub id: DeliveryId,
    /// Whose.
    pub attempt_id: AttemptId,
}

/// The repository of deliveries.
pub trait Deliveries {
    /// Adds a delivery.
    fn insert(&mut self, delivery: &Delivery) -> Result<(), StoreError>;

    /// One delivery. In a transaction that may write, its row is locked until the end.
    fn get(&mut self, id: DeliveryId) -> Result<Option<Delivery>, StoreError>;

    /// The deliveries of an attempt in the order they were queued; locked likewise.
    fn of_attempt(&mut self, attempt_id: AttemptId) -> Result<Vec<Delivery>, StoreError>;

    /// The deliveries of several attempts, in the order they were queued. Never locked.
    fn of_attempts(&mut self, attempt_ids: &[AttemptId]) -> Result<Vec<Delivery>, StoreError>;

    /// The deliveries of several attempts, in the order they were queued; locked, the attempts being locked already.
    fn of_attempts_locked(&mut self, attempt_ids: &[AttemptId]) -> Result<Vec<Delivery>, StoreError> {
        let mut found = Vec::with_capacity(attempt_ids.len());
        for id in attempt_ids {
            found.extend(self.of_attempt(*id)?);
        }
        Ok(found)
    }

    /// Writes a changed delivery, whose `version` is that of the row as read, and makes the version one greater.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when the row has another version.
    fn save(&mut self, delivery: &Delivery) -> Result<i64, StoreError>;

    /// Claims up to `limit` deliveries of a connection that are due by `now` (queued, retrying or in doubt, not
    /// under a lease that still runs, and whose `after` delivery is synced or posted by hand), oldest first, by
    /// setting the lease. The version grows with the claim.
    fn claim_due(
        &mut self,
        connection: &str,
        now: Timestamp,
        lease: (LeaseId, Timestamp),
        limit: u32,
    ) -> Result<Vec<Delivery>, StoreError>;

    /// Those that [`Self::claim_due`] would claim, locked until the end and not claimed: who takes them up in this very
    /// transaction saves a lease with them. Those that another transaction holds are passed over.
    fn due(&mut self, connection: &str, now: Timestamp, limit: u32) -> Result<Vec<Delivery>, StoreError>;

    /// Deliveries that are `sending` under a lease that ended before `now`: a worker died between intent and verdict.
    fn lost(&mut self, now: Timestamp, limit: u32) -> Result<Vec<Delivery>, StoreError>;

    /// Deliveries without a connection that were queued after a place, in the order they were queued.
    fn unrouted(&mut self, after: i64, limit: u32) -> Result<Vec<Unrouted>, StoreError>;

    /// Which of these documents of a connection's system are linked, and to which deliveries.
    fn linked(&mut self, connection: &str, keys: &[String]) -> Result<Vec<(String, DeliveryId)>, StoreError>;

    /// Takes up to `limit` deliveries of a connection whose search for doubles is due by `now`, longest due first, by
    /// putting it off `until` then. The version grows with that.
    fn claim_sweeps(
        &mut self,
        connection: &str,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Delivery>, StoreError>;

    /// The earliest time at which a search for doubles through a connection is due, if any.
    fn next_sweep(&mut self, connection: &str) -> Result<Option<Timestamp>, StoreError>;

    /// The earliest time at which a delivery of a connection is due, if any (leases that still run excepted).
    fn next_due(&mut self, connection: &str, now: Timestamp) -> Result<Option<Timestamp>, StoreError>;

    /// How many deliveries of a connection wait (queued, retrying, in doubt, sending).
    fn backlog(&mut self, connection: &str) -> Result<u64, StoreError>;

    /// Commits the intent of a try.
    fn begin_try(&mut self, attempt_id: AttemptId, started: &Try) -> Result<(), StoreError>;

    /// Adds the verdict to a try.
    fn end_try(&mut self, ended: &Try) -> Result<(), StoreError>;

    /// The state of a connection (its default when it never failed); locked in a transaction that may write.
    fn connection(&mut self, name: &str) -> Result<ConnectionState, StoreError>;

    /// The same as it stands now, never locked: for who only looks at it.
    fn look_at_connection(&mut self, name: &str) -> Result<ConnectionState, StoreError> {
        self.connection(name)
    }

    /// The states of all connections that have one.
    fn connections(&mut self) -> Result<Vec<ConnectionState>, StoreError>;

    /// Writes the state of a connection.
    fn save_connection(&mut self, state: &ConnectionState) -> Result<(), StoreError>;
}
