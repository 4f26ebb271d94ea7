//! Every diagnosis is reached, and says what to do next.

use std::collections::HashSet;

use strum::VariantArray;

use super::*;
use crate::attempt::samples::{at, attempt};
use crate::delivery::DeliveryKind;
use crate::delivery::samples::{after, applied, by_hand, ended, held, standing_at, started, swept};

/// The code for an attempt after a line of news, with its deliveries; `silent` when the bank did not answer
/// the last question, `asked` when it did.
struct Case {
    line: &'static str,
    deliveries: Vec<Delivery>,
    asked: bool,
    silent: bool,
    paused: bool,
    code: DiagnosisCode,
}

fn case(line: &'static str, code: DiagnosisCode) -> Case {
    Case {
        line,
        deliveries: Vec::new(),
        asked: false,
        silent: false,
        paused: false,
        code,
    }
}

impl Case {
    fn with(mut self, state: DeliveryState) -> Self {
        self.deliveries = vec![standing_at(state)];
        self
    }

    fn deliveries(self, deliveries: Vec<Delivery>) -> Self {
        Self { deliveries, ..self }
    }

    fn asked(self) -> Self {
        Self { asked: true, ..self }
    }

    fn silent(self) -> Self {
        Self { silent: true, ..self }
    }

    fn paused(self) -> Self {
        Self { paused: true, ..self }
    }

    fn diagnose(&self) -> Diagnosis {
        let mut attempt = attempt(self.line);
        attempt.last_query_at = self.asked.then_some(at(400));
        attempt.last_query_error = self.silent.then(|| "timed out".to_owned());
        let outage = Outage {
            until: Some(at(9_000)),
            why: None,
        };
        diagnose(&attempt, &self.deliveries, self.paused.then_some(&outage))
    }
}

fn cases() -> Vec<Case> {
    use DiagnosisCode as Code;
    let unrouted = Delivery {
        connection: None,
        ..standing_at(DeliveryState::Queued)
    };
    let double = after([started(10), ended(applied()), swept()]);
    let draft = Delivery {
        document_key: Some("doc-1".to_owned()),
        ..standing_at(DeliveryState::NeedsAttention)
    };
    let twice = after([started(10), by_hand(), ended(applied())]);
    let mut cases = vec![
        case("", Code::WaitingForClient),
        case("app pending", Code::WaitingForClient),
        case("app pending, answered pending", Code::NotPaidYet).asked(),
        case("app pending", Code::BankSilent).asked().silent(),
        case("app abandoned", Code::BankSilent).silent(),
        case("app abandoned", Code::AbandonedByClient),
        case("answered declined", Code::DeclinedByBank).asked(),
        case("answered expired", Code::ExpiredUnpaid).asked(),
        case("answered authorized", Code::MoneyHeld).asked(),
        case("answered authorized, answered reversed", Code::Reversed).asked(),
        case("told paid", Code::AccountingQueued),
        case("told paid, crm queued", Code::AccountingQueued).with(DeliveryState::Queued),
        case("told paid, crm queued", Code::AccountingUnavailable)
            .with(DeliveryState::Queued)
            .paused(),
        case("told paid, crm queued", Code::AccountingNotConfigured).deliveries(vec![unrouted]),
        case("told paid, crm retrying", Code::AccountingUnavailable).with(DeliveryState::Retrying),
        case("told paid, crm in_doubt", Code::AccountingInDoubt).with(DeliveryState::InDoubt),
        case("told paid, crm needs_attention", Code::AccountingRefused).with(DeliveryState::NeedsAttention),
        case("told paid, crm synced", Code::Synced).with(DeliveryState::Synced),
        case("told refunded, crm synced", Code::Refunded).with(DeliveryState::Synced),
        case("told paid, answered reversed, crm synced", Code::Reversed).with(DeliveryState::Synced),
        case("told paid, crm posted_by_hand", Code::PostedByHand).with(DeliveryState::PostedByHand),
        case("told paid, crm posted_by_hand", Code::PostedTwice).deliveries(vec![twice]),
        case("told paid, crm synced", Code::ProbableDouble).deliveries(vec![double]),
        case("told paid, crm needs_attention", Code::DocumentNotPosted).deliveries(vec![draft]),
        case("told paid sum 9999", Code::AmountMismatch),
        case("set paid, answered declined", Code::BankContradictsOverride).asked(),
        case("set declined, told paid", Code::BankContradictsOverride),
        case("told paid, answered declined", Code::BankContradictsItself).asked(),
    ];
    for (reason, code) in [
        (HoldReason::PossibleDuplicate, Code::PossibleDuplicate),
        (HoldReason::Unclear, Code::AccountingUnclear),
        (HoldReason::ClientNotFound, Code::ClientNotFound),
        (HoldReason::SeveralClients, Code::SeveralClients),
        (HoldReason::DocumentDiffers, Code::DocumentDiffers),
        (HoldReason::DocumentDeleted, Code::DocumentDeleted),
        (HoldReason::RefusedRepeatedly, Code::AccountingRefused),
    ] {
        cases.push(case("told paid, crm needs_attention", code).deliveries(vec![after([held(reason)])]));
    }
    cases
}

#[test]
fn every_diagnosis_is_reached_by_what_is_known() {
    let mut reached = HashSet::new();
    for case in cases() {
        assert_eq!(case.diagnose().code, case.code, "{}", case.line);
        reached.insert(case.code);
    }
    for code in DiagnosisCode::VARIANTS {
        assert!(reached.contains(code), "no case comes to {code}");
    }
}

#[test]
fn every_diagnosis_has_a_next_step_and_nothing_is_a_step_only_where_all_is_well() {
    use DiagnosisCode::{PostedByHand, Refunded, Reversed, Synced};
    for case in cases() {
        let steps = case.diagnose().next_steps;
        assert!(!steps.is_empty(), "{}", case.code);
        let well = matches!(case.code, Synced | PostedByHand | Refunded | Reversed);
        assert_eq!(steps.contains(&NextStep::None), well, "{}: {steps:?}", case.code);
    }
}

#[test]
fn a_contradiction_outranks_whatever_becomes_of_the_delivery() {
    for crm in ["queued", "retrying", "in_doubt", "synced", "needs_attention"] {
        let mut attempt = attempt("told paid, answered declined");
        attempt.state.crm_status = crm.parse().unwrap();
        assert_eq!(
            diagnose(&attempt, &[], None).code,
            DiagnosisCode::BankContradictsItself,
            "{crm}"
        );
    }
}

#[test]
fn the_other_systems_words_are_told() {
    let detail = |case: Case| case.diagnose().detail;
    let refused = case("told paid, crm needs_attention", DiagnosisCode::AccountingRefused);
    assert_eq!(
        detail(refused.with(DeliveryState::NeedsAttention)).as_deref(),
        Some("the period is closed")
    );
    let silent = case("app pending", DiagnosisCode::BankSilent).silent();
    assert_eq!(detail(silent).as_deref(), Some("timed out"));
    let other_sum = case(
        "told paid sum 150, answered paid sum 9999",
        DiagnosisCode::AmountMismatch,
    );
    assert_eq!(
        detail(other_sum).as_deref(),
        Some("99.99 RUB"),
        "the newest of them"
    );
}

#[test]
fn the_next_try_is_when_the_machine_acts_by_itself() {
    let next = |case: Case| case.diagnose().next_try_at;
    let queued =
        || case("told paid, crm queued", DiagnosisCode::AccountingQueued).with(DeliveryState::Queued);
    assert_eq!(
        next(case("app pending", DiagnosisCode::WaitingForClient)),
        Some(at(600)),
        "the bank is asked"
    );
    assert_eq!(next(queued()), Some(at(0)));
    assert_eq!(
        next(queued().paused()),
        Some(at(9_000)),
        "the connection is used again"
    );
    let mut unrouted = queued();
    unrouted.deliveries[0].connection = None;
    assert_eq!(next(unrouted), None, "a person has to configure it first");
}

#[test]
fn a_refund_behind_a_synced_payment_is_what_is_told_of() {
    let payment = standing_at(DeliveryState::Synced);
    let refund = Delivery {
        kind: DeliveryKind::Refund,
        created_at: at(77),
        ..standing_at(DeliveryState::Retrying)
    };
    let told = case(
        "told refunded, crm retrying",
        DiagnosisCode::AccountingUnavailable,
    )
    .deliveries(vec![payment, refund])
    .diagnose();
    assert_eq!(
        (told.code, told.since),
        (DiagnosisCode::AccountingUnavailable, at(77))
    );
    assert_eq!(told.detail.as_deref(), Some("connection refused"));
}

#[test]
fn what_stops_the_whole_connection_is_told_before_what_was_the_matter_with_this_one() {
    let attempt = attempt("told paid, crm retrying");
    let deliveries = [standing_at(DeliveryState::Retrying)];
    let paused = Outage {
        until: None,
        why: Some("the base is being updated".to_owned()),
    };
    let told = diagnose(&attempt, &deliveries, Some(&paused));
    assert_eq!(told.code, DiagnosisCode::AccountingUnavailable);
    assert_eq!(told.detail.as_deref(), Some("the base is being updated"));
    // Until a person resumes it.
    assert_eq!(told.next_try_at, None);
}
