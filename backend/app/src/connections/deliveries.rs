//! What waits at a connection, row by row.

use std::collections::HashMap;

use jiff::Timestamp;
use sverka_domain::attempt::Attempt;
use sverka_domain::delivery::Delivery;
use sverka_domain::ids::AttemptId;

use super::GetConnectionError;
use crate::App;
use crate::attempts::{Pauses, Seen};
use crate::paging::{BadCursor, COUNT_CAP, Listed, cut, decode, one_more};
use crate::ports::store::{Cursor, StoreError, Tx, WaitsFor};

/// What a caller looks for.
#[derive(Debug, Clone)]
pub struct DeliveryQuery {
    /// Name of the connection.
    pub connection: String,
    /// For what they wait.
    pub waits_for: WaitsFor,
    /// Where the page begins.
    pub cursor: Option<String>,
    /// Rows of the page.
    pub limit: u32,
}

/// A delivery that waits, with its attempt.
#[derive(Debug, Clone)]
pub struct DeliverySeen {
    /// The delivery.
    pub delivery: Delivery,
    /// Since when it waits so.
    pub since: Timestamp,
    /// Its attempt.
    pub seen: Seen,
}

/// Why deliveries are not listed.
#[derive(Debug, thiserror::Error)]
pub enum ConnectionDeliveriesError {
    /// There is no such connection.
    #[error(transparent)]
    Get(#[from] GetConnectionError),
    /// The cursor is made up.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
}

impl From<StoreError> for ConnectionDeliveriesError {
    fn from(error: StoreError) -> Self {
        Self::Get(error.into())
    }
}

impl App {
    /// One page of what waits at a connection, the longest first.
    ///
    /// # Errors
    /// [`ConnectionDeliveriesError`].
    pub async fn connection_deliveries(
        &self,
        query: DeliveryQuery,
    ) -> Result<Listed<DeliverySeen>, ConnectionDeliveriesError> {
        let DeliveryQuery {
            connection,
            waits_for,
            cursor,
            limit,
        } = query;
        if self.connections().get(&connection).is_none() {
            return Err(GetConnectionError::NotFound(connection).into());
        }
        let after = cursor.as_deref().map(decode).transpose()?;
        let now = self.now();
        let page = self.store().read(move |tx| {
            let mut rows = tx
                .backlogs()
                .waiting(&connection, waits_for, one_more(after, limit))?;
            let since = |delivery: &Delivery| match waits_for {
                WaitsFor::System => delivery.created_at,
                WaitsFor::Decision | WaitsFor::Mending => delivery.updated_at,
            };
            let next_cursor = cut(&mut rows, limit, |delivery| Cursor {
                at: since(delivery),
                id: delivery.id.0,
            });
            let total = tx.backlogs().count_waiting(&connection, waits_for, COUNT_CAP)?;
            let items = with_attempts(tx, rows, now)?.into_iter();
            let items = items.map(|(delivery, seen)| DeliverySeen {
                since: since(&delivery),
                delivery,
                seen,
            });
            Ok::<_, StoreError>(Listed {
                items: items.collect(),
                next_cursor,
                total,
            })
        });
        Ok(page.await?)
    }
}

/// Deliveries with their attempts as callers see them, in the same order.
pub(super) fn with_attempts(
    tx: &mut dyn Tx,
    deliveries: Vec<Delivery>,
    now: Timestamp,
) -> Result<Vec<(Delivery, Seen)>, StoreError> {
    let ids: Vec<AttemptId> = deliveries.iter().map(|delivery| delivery.attempt_id).collect();
    let attempts = tx.attempts().several(&ids)?;
    let attempts: HashMap<AttemptId, Attempt> = attempts
        .into_iter()
        .map(|attempt| (attempt.id, attempt))
        .collect();
    let mut of: HashMap<AttemptId, Vec<Delivery>> = HashMap::new();
    for delivery in tx.deliveries().of_attempts(&ids)? {
        of.entry(delivery.attempt_id).or_default().push(delivery);
    }
    let pauses = Pauses::load(tx, now)?;
    let see = |delivery: Delivery| {
        let attempt = attempts.get(&delivery.attempt_id)?.clone();
        let all = of.get(&delivery.attempt_id).map_or(&[][..], Vec::as_slice);
        Some((delivery, Seen::new(attempt, all, &pauses)))
    };
    Ok(deliveries.into_iter().filter_map(see).collect())
}
