//! The only place where an attempt changes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::attention::Attention;
use super::claim::Claim;
use super::conclude::{Conclusion, conclude};
use super::effect::Effect;
use super::event::Event;
use super::facts::{AppFact, Facts};
use super::overrides::allow_override;
use super::short::is_default;
use crate::money::Money;
use crate::status::{BankStatus, CrmStatus, StatusSource};

/// Everything about an attempt that news can change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptState {
    /// What has to be paid. Never changes.
    pub amount: Money,
    /// What each source said.
    pub facts: Facts,
    /// What they come to.
    pub bank_status: BankStatus,
    /// Who made it so.
    pub bank_status_source: StatusSource,
    /// When the client paid.
    pub paid_at: Option<Timestamp>,
    /// How much went back, in minor units.
    pub refunded: i64,
    /// What a person has to look at.
    pub attention: Option<Attention>,
    /// What the deliveries come to.
    pub crm_status: CrmStatus,
    /// The document in the accounting system.
    pub crm_document_ref: Option<String>,
    /// What was handed to delivery so far.
    pub passed_on: PassedOn,
}

/// What was handed to delivery, so that nothing is handed over twice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PassedOn {
    /// The payment.
    #[serde(skip_serializing_if = "is_default")]
    pub payment: bool,
    /// Refunds so far, in minor units.
    #[serde(skip_serializing_if = "is_default")]
    pub refunded: i64,
}

/// What an event did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Something is known that was not known before, or has to be done.
    Moved(Box<Moved>),
    /// A repeat, or old news.
    Unchanged,
}

/// A new state, and what follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The state from now on.
    pub state: AttemptState,
    /// What has to be done.
    pub effects: Vec<Effect>,
}

/// Why an event is refused. Only what people and programs ask for can be; the bank's news never is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejected {
    /// The status can't be set by hand.
    #[error("bank status {0} cannot be set by hand")]
    NotForPeople(BankStatus),
    /// The app may only report `pending` and `abandoned`.
    #[error("the app cannot report bank status {0}")]
    NotForTheApp(BankStatus),
    /// The attempt has that status.
    #[error("the bank status is {0} already")]
    AlreadySo(BankStatus),
    /// The bank has the money; no person can say that it has not.
    #[error("the bank has the payment as {0}; that cannot be undone by hand")]
    BankHasIt(BankStatus),
    /// There is no payment to give back.
    #[error("the payment is {0}, so nothing can have gone back")]
    NothingToReturn(BankStatus),
    /// It reached, or may have reached, the accounting system.
    #[error("the payment was passed on to the accounting system; an override cannot be taken back")]
    PassedOnAlready,
}

impl AttemptState {
    /// An attempt of which nothing is known but its sum.
    #[must_use]
    pub fn new(amount: Money) -> Self {
        Self {
            amount,
            facts: Facts::default(),
            bank_status: BankStatus::Created,
            bank_status_source: StatusSource::App,
            paid_at: None,
            refunded: 0,
            attention: None,
            crm_status: CrmStatus::NotDue,
            crm_document_ref: None,
            passed_on: PassedOn::default(),
        }
    }
}

/// What `event` does to `state`.
///
/// # Errors
/// [`Rejected`] for an override or a report that is not allowed now. Notifications, answers and
/// registry lines are never refused: they change something, or they do not.
pub fn apply(state: &AttemptState, event: &Event) -> Result<Outcome, Rejected> {
    allow(state, event)?;
    let mut next = state.clone();
    take_in(&mut next, event);
    let concluded = conclude(next.amount, &next.facts);
    settle(&mut next, &concluded, event);
    let mut effects = hand_over(&mut next, &concluded);
    if calls_for_a_question(state, &next, event) {
        effects.push(Effect::AskBank);
    }
    if next == *state && effects.is_empty() {
        return Ok(Outcome::Unchanged);
    }
    Ok(Outcome::Moved(Box::new(Moved { state: next, effects })))
}

fn allow(state: &AttemptState, event: &Event) -> Result<(), Rejected> {
    match event {
        Event::AppReported {
            status: BankStatus::Pending | BankStatus::Abandoned,
            ..
        } => Ok(()),
        Event::AppReported { status, .. } => Err(Rejected::NotForTheApp(*status)),
        Event::Overridden { status, .. } => allow_override(state, *status),
        Event::Notified { .. }
        | Event::Hinted { .. }
        | Event::Suspected
        | Event::BankAnswered { .. }
        | Event::Listed { .. }
        | Event::Delivered { .. } => Ok(()),
    }
}

fn take_in(state: &mut AttemptState, event: &Event) {
    let amount = state.amount;
    let facts = &mut state.facts;
    match event {
        Event::AppReported { status, at } => {
            facts.app = Some(AppFact::renewed(facts.app, *status, *at));
        }
        Event::Notified { fact, at } => {
            if fact.status.was_paid() || fact.status == BankStatus::Authorized {
                hear_notification(facts, *at);
            }
            facts.callback.standing.absorb(fact, amount, *at);
        }
        Event::Hinted { payment: true, at } => hear_notification(facts, *at),
        Event::Hinted { payment: false, .. } | Event::Suspected => {}
        Event::BankAnswered { fact, at } => facts.query.absorb(fact.as_ref(), amount, *at),
        Event::Listed { fact, at } => facts.registry.absorb(fact, amount, *at),
        Event::Overridden { status, at } => {
            facts.claim = Some(Claim {
                insists: *status == state.bank_status,
                ..Claim::renewed(facts.claim, *status, *at)
            });
        }
        Event::Delivered { status, document_ref } => {
            state.crm_status = *status;
            state.crm_document_ref.clone_from(document_ref);
        }
    }
}

fn hear_notification(facts: &mut Facts, at: Timestamp) {
    let known = facts.callback.payment_heard_at;
    facts.callback.payment_heard_at = Some(known.map_or(at, |known| known.min(at)));
}

fn settle(state: &mut AttemptState, concluded: &Conclusion, event: &Event) {
    if state.bank_status != concluded.status {
        state.bank_status_source = source(event).unwrap_or(state.bank_status_source);
    }
    state.bank_status = concluded.status;
    state.paid_at = concluded.paid_at;
    state.refunded = concluded.refunded;
    state.attention = concluded.attention;
}

fn source(event: &Event) -> Option<StatusSource> {
    match event {
        Event::AppReported { .. } => Some(StatusSource::App),
        Event::Notified { .. } => Some(StatusSource::Callback),
        Event::BankAnswered { .. } => Some(StatusSource::BankQuery),
        Event::Listed { .. } => Some(StatusSource::Registry),
        Event::Overridden { .. } => Some(StatusSource::Operator),
        Event::Hinted { .. } | Event::Suspected | Event::Delivered { .. } => None,
    }
}

/// Hands to delivery what is due and was not handed over yet.
fn hand_over(state: &mut AttemptState, concluded: &Conclusion) -> Vec<Effect> {
    let mut effects = Vec::new();
    if concluded.payment_due && !state.passed_on.payment {
        state.passed_on.payment = true;
        effects.push(Effect::PassOnPayment);
    } else if !concluded.payment_due && state.passed_on.payment {
        // A refund on the same person's word goes with it.
        state.passed_on = PassedOn::default();
        effects.push(Effect::WithdrawPayment);
    }
    let more = concluded.refund_due - state.passed_on.refunded;
    if more > 0 {
        state.passed_on.refunded = concluded.refund_due;
        effects.push(Effect::PassOnRefund { amount: more });
    }
    effects
}

/// A notification is a hint; the bank's own answer is the fact. A repeat of what is under a signature is not
/// news; one that only hints can't be told from news, so that the bank is asked again.
fn calls_for_a_question(before: &AttemptState, after: &AttemptState, event: &Event) -> bool {
    match event {
        Event::Notified { .. } => before.facts != after.facts,
        Event::Hinted { payment: true, .. } => !after.facts.bank_confirmed(),
        // A refusal, or a refund whose sum is not told.
        Event::Hinted { payment: false, .. } | Event::Suspected => !everything_went_back(after),
        // A settlement file may be older than the newest try on the order.
        Event::Listed { .. } => before.facts != after.facts && after.facts.answer_is_behind(),
        Event::AppReported { .. }
        | Event::BankAnswered { .. }
        | Event::Overridden { .. }
        | Event::Delivered { .. } => false,
    }
}

/// The bank's own answers leave nothing to learn: the payment went back as a whole.
fn everything_went_back(state: &AttemptState) -> bool {
    let asked = &state.facts.query.standing;
    let answered = asked.reversed || asked.refunded >= state.amount.amount;
    let back = matches!(state.bank_status, BankStatus::Refunded | BankStatus::Reversed);
    back && answered && asked.paid.is_some()
}
