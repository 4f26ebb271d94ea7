//! What would become of a payment if it were passed on now. Nothing is sent, and nothing is written.

use sverka_domain::attempt::Attempt;
use sverka_domain::delivery::{self, Delivery, DeliveryEvent, DeliveryState, Hold, Next, Step, weigh};
use sverka_domain::ids::AttemptId;

use super::grip::order;
use super::judge::is_away;
use super::search::{Findings, needs_search, rules, unlinked};
use crate::App;
use crate::ports::accounting::{Connection, Order, Sent};
use crate::ports::store::{StoreError, Tx};

/// What is known before anything is asked.
pub(crate) enum Outlook {
    /// There is nothing to pass on, or it needs nothing: the attempt with its deliveries tells why.
    Nothing(Box<(Attempt, Vec<Delivery>)>),
    /// No connection takes it.
    Nowhere,
    /// Its connection is paused, or is being left alone: why.
    Away(Option<String>),
    /// Its connection can be asked.
    Open(Box<(Connection, Order)>),
}

/// What would become of it.
pub(crate) enum Foreseen {
    /// What the engine would do.
    Next(Next),
    /// The search was not answered, or was refused.
    Failed(Box<Sent>),
}

impl App {
    /// What is known of an attempt's open delivery before anything is asked; `None` when there is no such attempt.
    pub(crate) async fn outlook(&self, id: AttemptId) -> Result<Option<Outlook>, StoreError> {
        let app = self.clone();
        self.store().read(move |tx| outlook(&app, tx, id)).await
    }

    /// Asks what the engine would ask, and weighs it as the engine would.
    pub(crate) async fn foresee(
        &self,
        connection: &Connection,
        order: Order,
    ) -> Result<Foreseen, StoreError> {
        let profile = connection.port.profile();
        let (rules, delivery) = (rules(&profile), order.delivery.clone());
        let documents = if needs_search(&delivery, &profile) {
            let order = Order {
                is_rehearsal: true,
                ..order
            };
            match self.search(connection, order).await {
                Findings::Unasked => Vec::new(),
                Findings::Found { documents, .. } => documents,
                Findings::WhichClient(reason, clients) => {
                    return Ok(Foreseen::Next(Next::Hold(Box::new(Hold {
                        reason,
                        since: self.now(),
                        documents: Vec::new(),
                        clients,
                    }))));
                }
                Findings::Failed(sent) => return Ok(Foreseen::Failed(sent)),
            }
        } else {
            Vec::new()
        };
        let (name, id) = (connection.name.clone(), delivery.id);
        let open = self
            .store()
            .read(move |tx| unlinked(tx, &name, id, documents))
            .await?;
        Ok(Foreseen::Next(weigh(&delivery, &rules, &open, self.now())))
    }
}

fn outlook(app: &App, tx: &mut dyn Tx, id: AttemptId) -> Result<Option<Outlook>, StoreError> {
    let now = app.now();
    let Some(attempt) = tx.attempts().get(id)? else {
        return Ok(None);
    };
    let deliveries = tx.deliveries().of_attempts(&[id])?;
    let open = deliveries.iter().find(|delivery| is_open(delivery.state));
    // As if a person had pressed the button.
    let freed = open.map(
        |open| match delivery::apply(open, DeliveryEvent::Resync { at: now }) {
            Ok(Step::Moved(freed)) => Some(*freed),
            Ok(Step::Unchanged) => Some(open.clone()),
            Err(_) => None,
        },
    );
    let Some(freed) = freed.flatten() else {
        return Ok(Some(Outlook::Nothing(Box::new((attempt, deliveries)))));
    };
    let known = freed
        .connection
        .as_deref()
        .and_then(|name| app.connections().get(name));
    let Some(connection) = known.cloned() else {
        return Ok(Some(Outlook::Nowhere));
    };
    let state = tx.deliveries().connection(&connection.name)?;
    if is_away(&state, now) {
        let paused = state.held.map(|held| held.why);
        return Ok(Some(Outlook::Away(paused.or(state.last_error))));
    }
    let order = order(tx, attempt, freed)?;
    Ok(Some(Outlook::Open(Box::new((connection, order)))))
}

fn is_open(state: DeliveryState) -> bool {
    !matches!(
        state,
        DeliveryState::Synced | DeliveryState::PostedByHand | DeliveryState::Withdrawn
    )
}
