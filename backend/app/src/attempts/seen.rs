//! An attempt as a caller sees it: with its diagnosis and the actions that are allowed now.

use std::collections::HashMap;

use jiff::Timestamp;
use strum::VariantArray;
use sverka_domain::actions::{Action, Obstacle, obstacle};
use sverka_domain::attempt::{Attempt, AttemptState, override_options};
use sverka_domain::delivery::{Delivery, MatchRule};
use sverka_domain::diagnosis::{Diagnosis, Outage, diagnose};
use sverka_domain::status::{BankStatus, CrmStatus};

use crate::ports::store::{StoreError, Tx};

/// An action, and why it is not allowed now (`None` when it is). The caller's rights come on top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowed {
    /// Which.
    pub action: Action,
    /// What stands in the way.
    pub obstacle: Option<Obstacle>,
}

/// An attempt as a caller sees it.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The attempt.
    pub attempt: Attempt,
    /// What is the matter.
    pub diagnosis: Diagnosis,
    /// Whether a person has to look at it.
    pub needs_attention: bool,
    /// Every action.
    pub actions: Vec<Allowed>,
    /// The statuses that a person may set now.
    pub override_options: Vec<BankStatus>,
    /// Its delivery that waits for a person's decision.
    pub held: Option<Delivery>,
    /// By what the payment's document was found; `None` where we made it.
    pub linked_by: Option<MatchRule>,
}

/// The connections that are not used now.
pub(crate) struct Pauses(HashMap<String, Outage>);

impl Pauses {
    pub(crate) fn load(tx: &mut dyn Tx, now: Timestamp) -> Result<Self, StoreError> {
        let states = tx.deliveries().connections()?;
        let away = states.into_iter().filter_map(|state| {
            let until = state.paused_until.filter(|until| *until > now);
            let outage = match state.held {
                Some(held) => Outage {
                    until: None,
                    why: Some(held.why),
                },
                None => Outage {
                    until: Some(until?),
                    why: state.last_error,
                },
            };
            Some((state.name, outage))
        });
        Ok(Self(away.collect()))
    }

    fn of(&self, deliveries: &[Delivery]) -> Option<&Outage> {
        deliveries
            .iter()
            .filter_map(|d| d.connection.as_ref())
            .find_map(|name| self.0.get(name))
    }
}

impl Seen {
    pub(crate) fn new(attempt: Attempt, deliveries: &[Delivery], pauses: &Pauses) -> Self {
        let actions = Action::VARIANTS.iter().map(|action| Allowed {
            action: *action,
            obstacle: obstacle(*action, &attempt, deliveries),
        });
        Self {
            diagnosis: diagnose(&attempt, deliveries, pauses.of(deliveries)),
            needs_attention: needs_attention(&attempt.state, deliveries),
            actions: actions.collect(),
            override_options: override_options(&attempt.state),
            held: deliveries.iter().find(|d| d.hold.is_some()).cloned(),
            linked_by: deliveries.iter().find_map(|d| d.linked_by),
            attempt,
        }
    }

    pub(crate) fn load(tx: &mut dyn Tx, attempt: Attempt, now: Timestamp) -> Result<Self, StoreError> {
        let deliveries = tx.deliveries().of_attempts(&[attempt.id])?;
        let pauses = Pauses::load(tx, now)?;
        Ok(Self::new(attempt, &deliveries, &pauses))
    }
}

/// Whether a person has to look at an attempt.
pub(crate) fn needs_attention(state: &AttemptState, deliveries: &[Delivery]) -> bool {
    state.attention.is_some()
        || state.crm_status == CrmStatus::NeedsAttention
        || deliveries.iter().any(|delivery| delivery.attention.is_some())
}
