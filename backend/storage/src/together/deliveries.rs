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
            None => self.strays(),
        }
    }

    fn insert(&mut self, delivery: &Delivery) -> Result<(), StoreError> {
        match self.known.attempts.get_mut(&delivery.attempt_id) {
            Some(held) => held.deliveries.push(delivery.clone()),
            None => return self.strays(),
        }
        self.known.added_deliveries.push(delivery.clone());
        Ok(())
    }

    fn get(&mut self, _id: DeliveryId) -> Result<Option<Delivery>, StoreError> {
        self.strays()
    }

    fn of_attempts(&mut self, _attempt_ids: &[AttemptId]) -> Result<Vec<Delivery>, StoreError> {
        self.strays()
    }

    fn save(&mut self, _delivery: &Delivery) -> Result<i64, StoreError> {
        self.strays()
    }

    fn claim_due(
        &mut self,
        _connection: &str,
        _now: Timestamp,
        _lease: (LeaseId, Timestamp),
        _limit: u32,
    ) -> Result<Vec<Delivery>, StoreError> {
        self.strays()
    }

    fn due(&mut self, _connection: &str, _now: Timestamp, _limit: u32) -> Result<Vec<Delivery>, StoreError> {
        self.strays()
    }

    fn lost(&mut self, _now: Timestamp, _limit: u32) -> Result<Vec<Delivery>, StoreError> {
        self.strays()
    }

    fn unrouted(&mut self, _after: i64, _limit: u32) -> Result<Vec<Unrouted>, StoreError> {
        self.strays()
    }

    fn linked(
        &mut self,
        _connection: &str,
        _keys: &[String],
    ) -> Result<Vec<(String, DeliveryId)>, StoreError> {
        self.strays()
    }

    fn claim_sweeps(
        &mut self,
        _connection: &str,
        _now: Timestamp,
        _until: Timestamp,
        _limit: u32,
    ) -> Result<Vec<Delivery>, StoreError> {
        self.strays()
    }

    fn next_sweep(&mut self, _connection: &str) -> Result<Option<Timestamp>, StoreError> {
        self.strays()
    }

    fn next_due(&mut self, _connection: &str, _now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        self.strays()
    }

    fn backlog(&mut self, _connection: &str) -> Result<u64, StoreError> {
        self.strays()
    }

    fn begin_try(&mut self, _attempt_id: AttemptId, _started: &Try) -> Result<(), StoreError> {
        self.strays()
    }

    fn end_try(&mut self, _ended: &Try) -> Result<(), StoreError> {
        self.strays()
    }

    fn connection(&mut self, _name: &str) -> Result<ConnectionState, StoreError> {
        self.strays()
    }

    fn connections(&mut self) -> Result<Vec<ConnectionState>, StoreError> {
        self.strays()
    }

    fn save_connection(&mut self, _state: &ConnectionState) -> Result<(), StoreError> {
        self.strays()
    }
}
