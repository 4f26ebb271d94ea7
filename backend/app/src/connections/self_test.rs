//! «Проверить подключение»: everything that can be tried without changing anything.

use super::GetConnectionError;
use crate::App;
use crate::ports::accounting::Order;
use crate::ports::store::{StoreError, Tested, Tx};

impl App {
    /// Tries a connection now, and keeps what it said.
    ///
    /// # Errors
    /// [`GetConnectionError`].
    pub async fn test_connection(&self, name: &str) -> Result<Tested, GetConnectionError> {
        let connection = self
            .connections()
            .get(name)
            .ok_or_else(|| GetConnectionError::NotFound(name.to_owned()))?
            .clone();
        let whose = connection.name.clone();
        let posted = self.store().read(move |tx| posted(tx, &whose)).await?;
        let at = self.now();
        let checks = connection.port.self_test(posted, at).await;
        let tested = Tested { at, checks };
        let (kept, whose) = (tested.clone(), connection.name);
        self.store()
            .write(move |tx| {
                let mut state = tx.deliveries().connection(&whose)?;
                state.test = Some(kept);
                tx.deliveries().save_connection(&state)
            })
            .await?;
        Ok(tested)
    }
}

/// A payment whose document is known to exist there.
fn posted(tx: &mut dyn Tx, connection: &str) -> Result<Option<Order>, StoreError> {
    let Some(delivery) = tx.backlogs().posted(connection)? else {
        return Ok(None);
    };
    let attempt = tx.attempts().get(delivery.attempt_id)?;
    Ok(attempt.map(|attempt| Order {
        attempt,
        client_key: delivery.client_key.clone(),
        delivery,
        payment_document: None,
        is_rehearsal: true,
    }))
}
