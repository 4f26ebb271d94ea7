//! Deliveries that were queued before a connection that takes them was configured.

use sverka_domain::delivery::Delivery;

use crate::App;
use crate::ports::store::{StoreError, Tx, Unrouted};

/// So many in one transaction.
const BATCH: u32 = 100;

impl App {
    /// Gives each delivery without a connection to the one that its payment goes through. What no connection takes
    /// stays as it is. Returns how many have one now.
    ///
    /// # Errors
    /// The store failed.
    pub async fn adopt_unrouted_deliveries(&self) -> Result<u64, StoreError> {
        let mut adopted = 0;
        let mut after = i64::MIN;
        loop {
            let batch = self
                .store()
                .read(move |tx| tx.deliveries().unrouted(after, BATCH))
                .await?;
            let Some(last) = batch.last() else {
                return Ok(adopted);
            };
            after = last.place;
            let app = self.clone();
            adopted += self
                .store()
                .write(move |tx| {
                    let mut adopted = 0;
                    for unrouted in batch {
                        adopted += u64::from(adopt(&app, tx, unrouted)?);
                    }
                    Ok::<_, StoreError>(adopted)
                })
                .await?;
        }
    }
}

fn adopt(app: &App, tx: &mut dyn Tx, unrouted: Unrouted) -> Result<bool, StoreError> {
    let Some(attempt) = tx.attempts().get(unrouted.attempt_id)? else {
        return Ok(false);
    };
    let Some(delivery) = tx.deliveries().get(unrouted.id)? else {
        return Ok(false);
    };
    if delivery.connection.is_some() {
        return Ok(false);
    }
    // A refund follows its payment.
    let payment = match delivery.after {
        Some(id) => tx.deliveries().get(id)?.and_then(|payment| payment.connection),
        None => None,
    };
    let connection = payment.or_else(|| app.connections().route(&attempt).map(|taker| taker.name.clone()));
    if connection.is_none() {
        return Ok(false);
    }
    tx.deliveries().save(&Delivery {
        connection,
        ..delivery
    })?;
    Ok(true)
}
