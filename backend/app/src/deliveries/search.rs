//! What the accounting system is asked before anything is sent. No payment changes by it, there or here; a client is made
//! where the connection is configured to.

use std::time::Duration;

use jiff::SignedDuration;
use sverka_domain::delivery::{Delivery, FoundClient, FoundDocument, HoldReason, Rules, Verdict, needs_look};
use sverka_domain::ids::DeliveryId;
use tokio::time::timeout;

use crate::App;
use crate::ports::accounting::{Class, ClientMatch, Connection, Order, Profile, Sent};
use crate::ports::store::{StoreError, Tx};

/// What was found.
pub(super) enum Findings {
    /// Nothing had to be asked.
    Unasked,
    /// These documents may be it.
    Found {
        /// The system's key of the client, if it was looked for.
        client_key: Option<String>,
        /// The documents, linked ones among them.
        documents: Vec<FoundDocument>,
    },
    /// Whose payment it is must be told by a person.
    WhichClient(HoldReason, Vec<FoundClient>),
    /// The search was not answered.
    Failed(Box<Sent>),
}

/// What a connection's system allows.
pub(super) fn rules(profile: &Profile) -> Rules {
    Rules {
        is_key_enforced: profile.class == Class::KeyEnforced,
        looks_up: profile.looks_up,
        is_strict: profile.is_strict,
        settling: profile.settling,
    }
}

/// Whether anything has to be asked before a delivery is sent.
pub(super) fn needs_search(delivery: &Delivery, profile: &Profile) -> bool {
    needs_client(delivery, profile) || needs_look(delivery, &rules(profile))
}

/// The client is a part of the bytes, which are composed once.
fn needs_client(delivery: &Delivery, profile: &Profile) -> bool {
    profile.matches_clients && delivery.client_key.is_none() && delivery.body.is_none()
}

impl App {
    /// Asks for the client and for documents, as far as the delivery needs it.
    pub(super) async fn search(&self, connection: &Connection, mut order: Order) -> Findings {
        let profile = connection.port.profile();
        if needs_client(&order.delivery, &profile) && order.client_key.is_none() {
            let asked = connection.port.find_client(&order, self.now());
            match within(profile.longest_try, asked).await {
                Ok(ClientMatch::One(client)) => order.client_key = Some(client.key),
                // A client who is not there yet has no documents there.
                Ok(ClientMatch::WouldBeMade) => {}
                Ok(ClientMatch::Nobody) => {
                    return Findings::WhichClient(HoldReason::ClientNotFound, Vec::new());
                }
                Ok(ClientMatch::Several(clients)) => {
                    return Findings::WhichClient(HoldReason::SeveralClients, clients);
                }
                Err(sent) => return Findings::Failed(sent),
            }
        }
        let documents = if needs_look(&order.delivery, &rules(&profile)) {
            match self.look_up(connection, &order).await {
                Ok(documents) => documents,
                Err(sent) => return Findings::Failed(sent),
            }
        } else {
            Vec::new()
        };
        Findings::Found {
            client_key: order.client_key,
            documents,
        }
    }

    /// Documents that may be this delivery, linked ones among them.
    pub(super) async fn look_up(
        &self,
        connection: &Connection,
        order: &Order,
    ) -> Result<Vec<FoundDocument>, Box<Sent>> {
        let asked = connection.port.look_up(order, self.now());
        within(connection.port.profile().longest_try, asked).await
    }
}

/// The documents that are not linked to other deliveries.
pub(super) fn unlinked(
    tx: &mut dyn Tx,
    connection: &str,
    id: DeliveryId,
    found: Vec<FoundDocument>,
) -> Result<Vec<FoundDocument>, StoreError> {
    let keys: Vec<String> = found.iter().map(|document| document.key.clone()).collect();
    let linked = tx.deliveries().linked(connection, &keys)?;
    let is_others = |document: &FoundDocument| {
        linked
            .iter()
            .any(|(key, holder)| *key == document.key && *holder != id)
    };
    Ok(found
        .into_iter()
        .filter(|document| !is_others(document))
        .collect())
}

/// Whatever an adapter promised: nothing goes on after the lease may have ended.
async fn within<T>(
    longest: SignedDuration,
    asked: impl Future<Output = Result<T, Box<Sent>>>,
) -> Result<T, Box<Sent>> {
    timeout(longest_wait(longest), asked).await.unwrap_or_else(|_| {
        let reason = "no answer to a search within the time allowed".to_owned();
        Err(Box::new(unheard(Verdict::NotApplied {
            reason,
            retry_after: None,
        })))
    })
}

/// A verdict without an answer behind it.
pub(super) fn unheard(verdict: Verdict) -> Sent {
    Sent {
        verdict,
        document_key: None,
        http_status: None,
        answer: None,
    }
}

/// How long an adapter is waited for: a little longer than it promised, and less than the lease.
pub(super) fn longest_wait(longest_try: SignedDuration) -> Duration {
    let longest = longest_try + super::claim::MARGIN / 2;
    Duration::try_from(longest).unwrap_or_default()
}
