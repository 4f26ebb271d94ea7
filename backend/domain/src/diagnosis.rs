//! Why a payment is not in the accounting system, and the next step: one sentence's worth of data.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

use crate::attempt::{Attempt, Attention, newest_mismatch};
use crate::delivery::{self, Delivery, DeliveryState, HoldReason};
use crate::status::{BankStatus, CrmStatus};

/// What is the matter with an attempt.
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
pub enum DiagnosisCode {
    /// Nothing: the accounting system has it.
    Synced,
    /// Nothing: somebody entered it by hand.
    PostedByHand,
    /// The client has not begun to pay, or is paying now.
    WaitingForClient,
    /// The bank was asked, and has no payment so far.
    NotPaidYet,
    /// The bank does not answer.
    BankSilent,
    /// The bank refused the payment.
    DeclinedByBank,
    /// The order's life ended unpaid.
    ExpiredUnpaid,
    /// The client gave up.
    AbandonedByClient,
    /// The money is held, not taken.
    MoneyHeld,
    /// Paid; about to be passed on.
    AccountingQueued,
    /// Paid; the accounting system is down and will be tried again.
    AccountingUnavailable,
    /// Paid and sent; whether it was applied is being made certain.
    AccountingInDoubt,
    /// Paid; the accounting system refused it.
    AccountingRefused,
    /// Paid; a document was made, and its posting was refused.
    DocumentNotPosted,
    /// Paid; a document that may be this payment is there already: a person decides.
    PossibleDuplicate,
    /// Paid and sent more than once, and nothing is found: a person has to look there.
    AccountingUnclear,
    /// Paid; the accounting system does not know the client.
    ClientNotFound,
    /// Paid; several clients of the accounting system answer to this one's phone or e-mail.
    SeveralClients,
    /// Paid; the document under our key has another amount or client.
    DocumentDiffers,
    /// Paid; the document under our key is marked for deletion.
    DocumentDeleted,
    /// Paid; no accounting system is configured.
    AccountingNotConfigured,
    /// The bank told of another sum or currency.
    AmountMismatch,
    /// The bank says something else than the person did.
    BankContradictsOverride,
    /// A notification says paid, the bank's answer says not.
    BankContradictsItself,
    /// Sent and entered by hand: probably there twice.
    PostedTwice,
    /// Passed on, and somebody else made a document of the same client, sum and day: probably there twice.
    ProbableDouble,
    /// The money went back, and the accounting system knows.
    Refunded,
    /// The hold was released or the payment voided.
    Reversed,
}

/// Something that can be done next.
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
pub enum NextStep {
    /// It mends itself.
    Wait,
    /// Ask the bank now.
    BankQuery,
    /// Set the status by hand, if the bank's cabinet shows it.
    Override,
    /// Pass it on now.
    Resync,
    /// Say that it was entered by hand.
    PostedByHand,
    /// Call the bank.
    CallBank,
    /// Mend the cause in the accounting system.
    FixInAccounting,
    /// Ask the client to pay again.
    AskClient,
    /// Choose between what was found.
    Decide,
    /// Configure a connection to an accounting system.
    ConfigureConnection,
    /// Nothing.
    None,
}

/// A diagnosis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// What is the matter.
    pub code: DiagnosisCode,
    /// What to do, the best first.
    pub next_steps: Vec<NextStep>,
    /// Since when.
    pub since: Timestamp,
    /// When the machine acts next by itself.
    pub next_try_at: Option<Timestamp>,
    /// The other system's own words.
    pub detail: Option<String>,
}

/// Why a connection is not used now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outage {
    /// Until when, at least; `None`: until a person resumes it.
    pub until: Option<Timestamp>,
    /// The other system's words, or those of the person who paused it.
    pub why: Option<String>,
}

/// What is the matter with `attempt`. `outage` is that of its connection.
#[must_use]
pub fn diagnose(attempt: &Attempt, deliveries: &[Delivery], outage: Option<&Outage>) -> Diagnosis {
    let code = code(attempt, deliveries, outage);
    let open = deliveries.iter().find(|d| is_open(d.state));
    let about_delivery = matches!(
        attempt.state.crm_status,
        CrmStatus::Queued | CrmStatus::Retrying | CrmStatus::InDoubt
    );
    let next_try_at = if is_over(code) || code == DiagnosisCode::AccountingNotConfigured {
        None
    } else if about_delivery {
        match outage {
            None => open.map(|d| d.next_try_at),
            Some(outage) => open.zip(outage.until).map(|(d, until)| until.max(d.next_try_at)),
        }
    } else {
        attempt.next_query_at
    };
    Diagnosis {
        code,
        next_steps: next_steps(code, attempt),
        since: since(code, attempt, open),
        next_try_at,
        detail: detail(code, attempt, deliveries, outage),
    }
}

fn code(attempt: &Attempt, deliveries: &[Delivery], outage: Option<&Outage>) -> DiagnosisCode {
    let state = &attempt.state;
    if let Some(attention) = state.attention {
        return match attention {
            Attention::AmountMismatch => DiagnosisCode::AmountMismatch,
            Attention::BankContradictsOverride => DiagnosisCode::BankContradictsOverride,
            Attention::BankContradictsItself => DiagnosisCode::BankContradictsItself,
        };
    }
    if let Some(attention) = deliveries.iter().find_map(|d| d.attention) {
        return match attention {
            delivery::Attention::PostedTwice => DiagnosisCode::PostedTwice,
            delivery::Attention::ProbableDouble => DiagnosisCode::ProbableDouble,
        };
    }
    match state.crm_status {
        CrmStatus::NotDue => unpaid(attempt),
        CrmStatus::NeedsAttention => refused(deliveries),
        CrmStatus::InDoubt => DiagnosisCode::AccountingInDoubt,
        CrmStatus::Retrying => DiagnosisCode::AccountingUnavailable,
        CrmStatus::Queued => queued(deliveries, outage.is_some()),
        CrmStatus::Synced if state.bank_status == BankStatus::Reversed => DiagnosisCode::Reversed,
        CrmStatus::Synced if state.refunded > 0 => DiagnosisCode::Refunded,
        CrmStatus::Synced => DiagnosisCode::Synced,
        CrmStatus::PostedByHand => DiagnosisCode::PostedByHand,
    }
}

fn refused(deliveries: &[Delivery]) -> DiagnosisCode {
    let Some(open) = deliveries.iter().find(|d| is_open(d.state)) else {
        return DiagnosisCode::AccountingRefused;
    };
    match open.hold.as_ref().map(|hold| hold.reason) {
        Some(HoldReason::PossibleDuplicate) => DiagnosisCode::PossibleDuplicate,
        Some(HoldReason::Unclear) => DiagnosisCode::AccountingUnclear,
        Some(HoldReason::ClientNotFound) => DiagnosisCode::ClientNotFound,
        Some(HoldReason::SeveralClients) => DiagnosisCode::SeveralClients,
        Some(HoldReason::DocumentDiffers) => DiagnosisCode::DocumentDiffers,
        Some(HoldReason::DocumentDeleted) => DiagnosisCode::DocumentDeleted,
        None if open.document_key.is_some() => DiagnosisCode::DocumentNotPosted,
        Some(HoldReason::RefusedRepeatedly) | None => DiagnosisCode::AccountingRefused,
    }
}

fn queued(deliveries: &[Delivery], is_away: bool) -> DiagnosisCode {
    if deliveries
        .iter()
        .any(|d| is_open(d.state) && d.connection.is_none())
    {
        DiagnosisCode::AccountingNotConfigured
    } else if is_away {
        DiagnosisCode::AccountingUnavailable
    } else {
        DiagnosisCode::AccountingQueued
    }
}

fn unpaid(attempt: &Attempt) -> DiagnosisCode {
    match attempt.state.bank_status {
        BankStatus::Declined => DiagnosisCode::DeclinedByBank,
        BankStatus::Expired => DiagnosisCode::ExpiredUnpaid,
        BankStatus::Reversed => DiagnosisCode::Reversed,
        BankStatus::Authorized => DiagnosisCode::MoneyHeld,
        BankStatus::Created | BankStatus::Pending | BankStatus::Abandoned
            if attempt.last_query_error.is_some() =>
        {
            DiagnosisCode::BankSilent
        }
        BankStatus::Abandoned => DiagnosisCode::AbandonedByClient,
        BankStatus::Created | BankStatus::Pending if attempt.last_query_at.is_some() => {
            DiagnosisCode::NotPaidYet
        }
        BankStatus::Created | BankStatus::Pending => DiagnosisCode::WaitingForClient,
        // Paid with nothing to pass on: its delivery is made in the same transaction, so only a moment.
        BankStatus::Paid | BankStatus::Refunded | BankStatus::PartiallyRefunded => {
            DiagnosisCode::AccountingQueued
        }
    }
}

fn next_steps(code: DiagnosisCode, attempt: &Attempt) -> Vec<NextStep> {
    use NextStep::{
        AskClient, BankQuery, CallBank, ConfigureConnection, Decide, FixInAccounting, Override, PostedByHand,
        Resync, Wait,
    };
    match code {
        DiagnosisCode::Synced
        | DiagnosisCode::PostedByHand
        | DiagnosisCode::Refunded
        | DiagnosisCode::Reversed => {
            vec![NextStep::None]
        }
        DiagnosisCode::WaitingForClient | DiagnosisCode::MoneyHeld => vec![Wait, BankQuery],
        DiagnosisCode::NotPaidYet => vec![BankQuery, AskClient],
        DiagnosisCode::BankSilent => vec![BankQuery, Override, CallBank],
        DiagnosisCode::DeclinedByBank => vec![AskClient, BankQuery],
        DiagnosisCode::ExpiredUnpaid | DiagnosisCode::AbandonedByClient => vec![BankQuery, AskClient],
        DiagnosisCode::AccountingQueued => vec![Wait],
        DiagnosisCode::AccountingUnavailable => vec![Wait, Resync],
        DiagnosisCode::AccountingInDoubt => vec![Wait, PostedByHand],
        DiagnosisCode::AccountingRefused | DiagnosisCode::DocumentNotPosted => {
            vec![FixInAccounting, Resync, PostedByHand]
        }
        DiagnosisCode::PossibleDuplicate | DiagnosisCode::AccountingUnclear => vec![Decide, PostedByHand],
        DiagnosisCode::ClientNotFound => vec![FixInAccounting, Resync, Decide],
        DiagnosisCode::SeveralClients => vec![Decide],
        DiagnosisCode::DocumentDiffers | DiagnosisCode::DocumentDeleted => {
            vec![FixInAccounting, Decide, PostedByHand]
        }
        DiagnosisCode::AccountingNotConfigured => vec![ConfigureConnection],
        DiagnosisCode::AmountMismatch => vec![CallBank, Override],
        DiagnosisCode::BankContradictsOverride | DiagnosisCode::BankContradictsItself => {
            if attempt.state.bank_status.was_paid() {
                vec![CallBank, Override]
            } else {
                vec![BankQuery, Override]
            }
        }
        DiagnosisCode::PostedTwice => vec![FixInAccounting],
        DiagnosisCode::ProbableDouble => vec![FixInAccounting, Decide],
    }
}

fn since(code: DiagnosisCode, attempt: &Attempt, open: Option<&Delivery>) -> Timestamp {
    match code {
        DiagnosisCode::AccountingQueued
        | DiagnosisCode::AccountingUnavailable
        | DiagnosisCode::AccountingInDoubt
        | DiagnosisCode::AccountingRefused
        | DiagnosisCode::DocumentNotPosted
        | DiagnosisCode::PossibleDuplicate
        | DiagnosisCode::AccountingUnclear
        | DiagnosisCode::ClientNotFound
        | DiagnosisCode::SeveralClients
        | DiagnosisCode::DocumentDiffers
        | DiagnosisCode::DocumentDeleted
        | DiagnosisCode::AccountingNotConfigured => open.map_or(attempt.updated_at, |d| d.created_at),
        DiagnosisCode::WaitingForClient => attempt.created_at,
        _ => attempt.updated_at,
    }
}

fn detail(
    code: DiagnosisCode,
    attempt: &Attempt,
    deliveries: &[Delivery],
    outage: Option<&Outage>,
) -> Option<String> {
    let open = || deliveries.iter().find(|d| is_open(d.state));
    let last_error = || open().and_then(|d| d.last_error.clone());
    match code {
        // What stops all of them now, before what was the matter with this one then.
        DiagnosisCode::AccountingUnavailable => {
            outage.and_then(|outage| outage.why.clone()).or_else(last_error)
        }
        DiagnosisCode::AccountingInDoubt
        | DiagnosisCode::AccountingRefused
        | DiagnosisCode::DocumentNotPosted
        | DiagnosisCode::DocumentDiffers
        | DiagnosisCode::DocumentDeleted => last_error(),
        DiagnosisCode::BankSilent => attempt.last_query_error.clone(),
        DiagnosisCode::AmountMismatch => told(attempt),
        _ => None,
    }
}

fn told(attempt: &Attempt) -> Option<String> {
    let told = newest_mismatch(&attempt.state.facts)?.told;
    Some(format!("{} {}", told.to_decimal(), told.currency))
}

/// There is nothing left to be done; that the bank is asked once more some night later is not what anybody waits for.
fn is_over(code: DiagnosisCode) -> bool {
    matches!(
        code,
        DiagnosisCode::Synced
            | DiagnosisCode::PostedByHand
            | DiagnosisCode::Refunded
            | DiagnosisCode::Reversed
    )
}

fn is_open(state: DeliveryState) -> bool {
    !matches!(
        state,
        DeliveryState::Synced | DeliveryState::PostedByHand | DeliveryState::Withdrawn
    )
}

#[cfg(test)]
#[path = "diagnosis_tests.rs"]
mod tests;
