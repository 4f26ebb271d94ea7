//! One change of an attempt: apply, write what follows as rows, tell the timeline. Always inside the
//! caller's transaction.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};
use sverka_domain::attempt::{
    Attempt, AttemptState, Attention, Effect, Event as News, Outcome, Rejected, apply,
};
use sverka_domain::delivery::{self, Delivery, DeliveryEvent, DeliveryKind, DeliveryState, Step, crm_status};
use sverka_domain::ids::{DeliveryId, EventId, NotificationId};
use sverka_domain::money::Money;

use super::needs_attention;
use crate::App;
use crate::polling::next_query;
use crate::ports::bank::AccountKey;
use crate::ports::store::{Actor, ActorKind, Event, EventKind, EventSource, StoreError, Tx};

/// A bank is not asked again about the same attempt sooner than this because of notifications.
const ASK_AGAIN_AFTER: SignedDuration = SignedDuration::from_secs(10);

/// What the timeline says about a change.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) kind: EventKind,
    pub(crate) source: EventSource,
    pub(crate) actor: Actor,
    pub(crate) reason: Option<String>,
    pub(crate) document_ref: Option<String>,
    pub(crate) notification_id: Option<NotificationId>,
    pub(crate) delivery: Option<(DeliveryId, u32)>,
    pub(crate) details: Map<String, Value>,
}

impl Entry {
    pub(crate) fn new(kind: EventKind, source: EventSource, actor: Actor) -> Self {
        Self {
            kind,
            source,
            actor,
            reason: None,
            document_ref: None,
            notification_id: None,
            delivery: None,
            details: Map::new(),
        }
    }

    pub(crate) fn system(kind: EventKind, source: EventSource) -> Self {
        Self::new(
            kind,
            source,
            Actor {
                kind: ActorKind::System,
                id: None,
                name: None,
            },
        )
    }
}

/// An attempt being changed, with all that the change needs.
pub(crate) struct Change<'a> {
    pub(crate) app: &'a App,
    pub(crate) tx: &'a mut dyn Tx,
    pub(crate) now: Timestamp,
}

/// Why a change was not made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ChangeError {
    #[error(transparent)]
    Rejected(#[from] Rejected),
    #[error(transparent)]
    Delivery(#[from] delivery::Refusal),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Change<'_> {
    /// Applies `news` to `attempt`, writes everything that follows, and adds `entry` to the timeline.
    /// When nothing changed, only `entry` is added, and only if `always`.
    pub(crate) fn make(
        &mut self,
        mut attempt: Attempt,
        news: &News,
        entry: Entry,
        always: bool,
    ) -> Result<Attempt, ChangeError> {
        let before = attempt.state.clone();
        let Outcome::Moved(moved) = apply(&attempt.state, news)? else {
            if always {
                self.tell(&attempt, &before, entry)?;
            }
            return Ok(attempt);
        };
        if moved.state == before {
            // There is only something to do: no form that a person has open becomes stale by that.
            self.tell(&attempt, &before, entry)?;
            self.schedule(&mut attempt, &moved.effects);
            self.tx
                .attempts()
                .schedule_query(attempt.id, attempt.next_query_at, None)?;
            return Ok(attempt);
        }
        attempt.state = moved.state;
        // Its id is made first, so that the cause stands before what follows from it.
        let id = EventId(self.app.id(self.now));
        self.follow(&mut attempt, &moved.effects)?;
        self.settle_delivery_status(&mut attempt)?;
        self.tell_as(id, &attempt, &before, entry)?;
        self.tell_of_conflict(&attempt, &before)?;
        self.schedule(&mut attempt, &moved.effects);
        self.save(&mut attempt)?;
        Ok(attempt)
    }

    /// Writes an attempt whose row has changed, and makes its version the new one.
    pub(crate) fn save(&mut self, attempt: &mut Attempt) -> Result<(), ChangeError> {
        let deliveries = self.tx.deliveries().of_attempt(attempt.id)?;
        self.save_beside(attempt, &deliveries)
    }

    /// The same, with its deliveries at hand.
    pub(crate) fn save_beside(
        &mut self,
        attempt: &mut Attempt,
        deliveries: &[Delivery],
    ) -> Result<(), ChangeError> {
        attempt.updated_at = self.now;
        let needs_attention = needs_attention(&attempt.state, deliveries);
        attempt.version = self.tx.attempts().save(attempt, needs_attention)?;
        Ok(())
    }

    /// Recomputes the CRM status from the deliveries.
    pub(crate) fn settle_delivery_status(&mut self, attempt: &mut Attempt) -> Result<(), ChangeError> {
        let deliveries = self.tx.deliveries().of_attempt(attempt.id)?;
        settle_by(attempt, &deliveries)
    }

    /// Adds an entry to the timeline, with what changed since `before`.
    pub(crate) fn tell(
        &mut self,
        attempt: &Attempt,
        before: &AttemptState,
        entry: Entry,
    ) -> Result<(), StoreError> {
        self.tell_as(EventId(self.app.id(self.now)), attempt, before, entry)
    }

    fn tell_as(
        &mut self,
        id: EventId,
        attempt: &Attempt,
        before: &AttemptState,
        entry: Entry,
    ) -> Result<(), StoreError> {
        let after = &attempt.state;
        let bank_status =
            (before.bank_status != after.bank_status).then_some((before.bank_status, after.bank_status));
        let crm_status =
            (before.crm_status != after.crm_status).then_some((before.crm_status, after.crm_status));
        self.tx.events().append(&Event {
            id,
            attempt_id: attempt.id,
            at: self.now,
            kind: entry.kind,
            source: entry.source,
            actor: entry.actor,
            bank_status,
            crm_status,
            reason: entry.reason,
            document_ref: entry.document_ref,
            notification_id: entry.notification_id,
            delivery: entry.delivery,
            details: entry.details,
        })
    }

    fn tell_of_conflict(&mut self, attempt: &Attempt, before: &AttemptState) -> Result<(), StoreError> {
        let conflict = Some(Attention::BankContradictsOverride);
        if attempt.state.attention == conflict && before.attention != conflict {
            let entry = Entry::system(EventKind::OverrideConflict, EventSource::System);
            self.tell(attempt, &attempt.state, entry)?;
        }
        Ok(())
    }

    /// Turns effects into rows.
    fn follow(&mut self, attempt: &mut Attempt, effects: &[Effect]) -> Result<(), ChangeError> {
        for effect in effects {
            match effect {
                Effect::PassOnPayment => {
                    self.queue(attempt, DeliveryKind::Payment, attempt.state.amount.amount)?
                }
                Effect::PassOnRefund { amount } => self.queue(attempt, DeliveryKind::Refund, *amount)?,
                Effect::WithdrawPayment => self.withdraw(attempt)?,
                Effect::AskBank => {}
            }
        }
        Ok(())
    }

    fn queue(&mut self, attempt: &Attempt, kind: DeliveryKind, amount: i64) -> Result<(), ChangeError> {
        let deliveries = self.tx.deliveries().of_attempt(attempt.id)?;
        let payment = deliveries
            .iter()
            .rfind(|d| d.kind == DeliveryKind::Payment && d.state != DeliveryState::Withdrawn);
        let payment = payment.filter(|_| kind == DeliveryKind::Refund);
        let connection = match payment {
            // A refund follows its payment.
            Some(payment) => payment.connection.clone(),
            None => self
                .app
                .connections()
                .route(attempt)
                .map(|connection| connection.name.clone()),
        };
        let delivery = Delivery {
            id: DeliveryId(self.app.id(self.now)),
            attempt_id: attempt.id,
            kind,
            after: payment.map(|payment| payment.id),
            connection,
            amount: Money::new(amount, attempt.state.amount.currency),
            body: None,
            state: DeliveryState::Queued,
            attention: None,
            tries: 0,
            doubts: 0,
            look_ups: 0,
            slow_tries: 0,
            is_cleared: false,
            next_try_at: self.now,
            lease: None,
            document_ref: None,
            document_key: None,
            linked_by: None,
            client_key: None,
            ruled_out: Vec::new(),
            hold: None,
            sweep_at: None,
            sweeps: 0,
            last_error: None,
            created_at: self.now,
            updated_at: self.now,
            version: 1,
        };
        self.tx.deliveries().insert(&delivery)?;
        let mut entry = Entry::system(EventKind::DeliveryQueued, EventSource::Delivery);
        entry.delivery = Some((delivery.id, 0));
        entry
            .details
            .insert("kind".into(), Value::String(kind.to_string()));
        entry.details.insert("amount".into(), Value::from(amount));
        self.tell(attempt, &attempt.state, entry)?;
        Ok(())
    }

    fn withdraw(&mut self, attempt: &Attempt) -> Result<(), ChangeError> {
        let deliveries = self.tx.deliveries().of_attempt(attempt.id)?;
        for open in deliveries.iter().filter(|d| d.state != DeliveryState::Withdrawn) {
            if let Step::Moved(withdrawn) = delivery::apply(open, DeliveryEvent::Withdraw { at: self.now })? {
                self.tx.deliveries().save(&withdrawn)?;
                let mut entry = Entry::system(EventKind::DeliveryWithdrawn, EventSource::Delivery);
                entry.delivery = Some((withdrawn.id, withdrawn.tries));
                self.tell(attempt, &attempt.state, entry)?;
            }
        }
        Ok(())
    }

    /// When the bank is asked next, after this change.
    pub(crate) fn schedule(&self, attempt: &mut Attempt, effects: &[Effect]) {
        let key = AccountKey {
            bank: attempt.bank.clone(),
            account: attempt.bank_account.clone(),
        };
        if self.app.banks().get(&key).is_none() {
            return;
        }
        let by_policy = next_query(self.app, attempt, self.now);
        if effects.contains(&Effect::AskBank) {
            let soon = attempt
                .last_query_at
                .map_or(self.now, |last| self.now.max(last + ASK_AGAIN_AFTER));
            attempt.next_query_at = Some(attempt.next_query_at.map_or(soon, |planned| planned.min(soon)));
        } else {
            // A change by itself never puts a question off.
            attempt.next_query_at = match (by_policy, attempt.next_query_at) {
                (Some(policy), Some(planned)) => Some(policy.min(planned)),
                (policy, _) => policy,
            };
        }
    }
}

/// Recomputes the CRM status of an attempt from its deliveries.
pub(crate) fn settle_by(attempt: &mut Attempt, deliveries: &[Delivery]) -> Result<(), ChangeError> {
    let (status, document_ref) = crm_status(deliveries);
    if let Outcome::Moved(moved) = apply(&attempt.state, &News::Delivered { status, document_ref })? {
        attempt.state = moved.state;
    }
    Ok(())
}
