//! Deliveries, for a crowd: those of its attempts were read, new ones are added when all have run.

use jiff::Timestamp;
use sverka_app::ports::store::{ConnectionState, Deliveries, StoreError, Try, Unrouted};
use sverka_domain::delivery::Delivery;
use sverka_domain::ids::{AttemptId, DeliveryId, LeaseId};

use super::overlay::Overlay;

impl Deliveries for Overlay<'_, '_> {
    fn of_attempt(&mut self, attempt_id: AttemptId) -> Result<Vec<Delivery>, StoreError> {
        match self.known.attempts.get(&attempt_id) {
            Some(held) => Ok(held.deliveries.clone()),
            None => self.astray().of_attempt(attempt_id),
        }
    }

    fn insert(&mut self, delivery: &Delivery) -> Result<(), StoreError> {
        match self.known.attempts.get_mut(&delivery.attempt_id) {
            Some(held) => held.deliveries.push(delivery.clone()),
            None => return Deliveries::insert(self.astray(), delivery),
        }
        self.known.added_deliveries.push(delivery.clone());
        Ok(())
    }

    fn get(&mut self, id: DeliveryId) -> Result<Option<Delivery>, StoreError> {
        Deliveries::get(self.astray(), id)
    }

    fn of_attempts(&mut self, attempt_ids: &[AttemptId]) -> Result<Vec<Delivery>, StoreError> {
        self.astray().of_attempts(attempt_ids)
    }

    fn save(&mut self, delivery: &Delivery) -> Result<i64, StoreError> {
        Deliveries::save(self.astray(), delivery)
    }

    fn claim_due(
        &mut self,
        connection: &str,
        now: Timestamp,
        lease: (LeaseId, Timestamp),
        limit: u32,
    ) -> Result<Vec<Delivery>, StoreError> {
        self.astray().claim_due(connection, now, lease, limit)
    }

    fn lost(&mut self, now: Timestamp, limit: u32) -> Result<Vec<Delivery>, StoreError> {
        self.astray().lost(now, limit)
    }

    fn unrouted(&mut self, after: i64, limit: u32) -> Result<Vec<Unrouted>, StoreError> {
        self.astray().unrouted(after, limit)
    }

    fn linked(&mut self, connection: &str, keys: &[String]) -> Result<Vec<(String, DeliveryId)>, StoreError> {
        self.astray().linked(connection, keys)
    }

    fn claim_sweeps(
        &mut self,
        connection: &str,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Delivery>, StoreError> {
        self.astray().claim_sweeps(connection, now, until, limit)
    }

    fn next_sweep(&mut self, connection: &str) -> Result<Option<Timestamp>, StoreError> {
        self.astray().next_sweep(connection)
    }

    fn next_due(&mut self, connection: &str, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        self.astray().next_due(connection, now)
    }

    fn backlog(&mut self, connection: &str) -> Result<u64, StoreError> {
        self.astray().backlog(connection)
    }

    fn begin_try(&mut self, attempt_id: AttemptId, started: &Try) -> Result<(), StoreError> {
        self.astray().begin_try(attempt_id, started)
    }

    fn end_try(&mut self, ended: &Try) -> Result<(), StoreError> {
        self.astray().end_try(ended)
    }

    fn connection(&mut self, name: &str) -> Result<ConnectionState, StoreError> {
        self.astray().connection(name)
    }

    fn connections(&mut self) -> Result<Vec<ConnectionState>, StoreError> {
        self.astray().connections()
    }

    fn save_connection(&mut self, state: &ConnectionState) -> Result<(), StoreError> {
        self.astray().save_connection(state)
    }
}
