//! Which decisions a delivery that waits for a person leaves open. The interface only draws them.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

use super::hold::HoldReason;
use super::record::Delivery;
use super::state::DeliveryState;

/// A kind of decision ([`super::Decision`]).
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Choice {
    /// This document is the payment.
    Link,
    /// None of the documents is it: send.
    Send,
    /// This client of the system is the payment's client: send.
    ChooseClient,
    /// Look again later.
    Postpone,
    /// The probable double is none, or was dealt with.
    Dismiss,
}

/// The decisions that fit, in the order in which they are shown; none where nothing waits for a person.
#[must_use]
pub fn choices(delivery: &Delivery) -> Vec<Choice> {
    let Some(hold) = &delivery.hold else {
        return Vec::new();
    };
    match delivery.state {
        DeliveryState::Held => {
            let mut fitting = Vec::new();
            if !hold.documents.is_empty() {
                fitting.push(Choice::Link);
            }
            fitting.extend(match hold.reason {
                HoldReason::PossibleDuplicate | HoldReason::Unclear | HoldReason::RefusedRepeatedly => {
                    Some(Choice::Send)
                }
                HoldReason::ClientNotFound | HoldReason::SeveralClients => Some(Choice::ChooseClient),
                HoldReason::DocumentDiffers | HoldReason::DocumentDeleted => None,
            });
            fitting.push(Choice::Postpone);
            fitting
        }
        DeliveryState::Synced | DeliveryState::PostedByHand => vec![Choice::Dismiss],
        DeliveryState::Queued
        | DeliveryState::Retrying
        | DeliveryState::Sending
        | DeliveryState::InDoubt
        | DeliveryState::NeedsAttention
        | DeliveryState::Withdrawn => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::super::hold::Decision;
    use super::super::samples::{after, at, decided, held, linked, started, swept};
    use super::super::transition::apply;
    use super::*;

    fn decision(choice: Choice, delivery: &Delivery) -> Decision {
        let hold = delivery.hold.as_ref().unwrap();
        match choice {
            Choice::Link => Decision::Link {
                document_key: hold
                    .documents
                    .first()
                    .map_or_else(String::new, |document| document.key.clone()),
            },
            Choice::Send => Decision::Send,
            Choice::ChooseClient => Decision::ChooseClient {
                client_key: hold
                    .clients
                    .first()
                    .map_or_else(|| "client-1".to_owned(), |client| client.key.clone()),
            },
            Choice::Postpone => Decision::Postpone { until: at(60) },
            Choice::Dismiss => Decision::Dismiss,
        }
    }

    #[test]
    fn what_is_offered_is_what_is_taken() {
        let mut waiting: Vec<Delivery> = HoldReason::VARIANTS
            .iter()
            .map(|reason| after([held(*reason)]))
            .collect();
        waiting.push(after([linked(), swept()]));
        for delivery in &waiting {
            let offered = choices(delivery);
            for choice in Choice::VARIANTS {
                let mut delivery = delivery.clone();
                let hold = delivery.hold.as_mut().unwrap();
                if hold.reason == HoldReason::SeveralClients {
                    hold.clients = vec![super::super::found::FoundClient {
                        key: "client-1".to_owned(),
                        name: "Иванова".to_owned(),
                        phone: None,
                        email: None,
                    }];
                }
                let is_taken = apply(&delivery, decided(decision(*choice, &delivery))).is_ok();
                assert_eq!(
                    is_taken,
                    offered.contains(choice),
                    "{choice} of {:?} in {}",
                    delivery.hold,
                    delivery.state
                );
            }
        }
        assert_eq!(choices(&after([started(5)])), []);
    }
}
