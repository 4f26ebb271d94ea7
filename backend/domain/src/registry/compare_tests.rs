//! Lines against attempts, case by case.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::super::find::{Candidates, Found};
use super::*;
use crate::attempt::{Event, Outcome, apply};
use crate::ids::AttemptId;
use crate::money::Currency;

const SUM: i64 = 450_000;

fn at(hour: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000).unwrap() + SignedDuration::from_hours(hour)
}

fn line(kind: LineKind, amount: i64) -> Line {
    Line {
        kind,
        bank_order_id: None,
        order_number: Some("A-1".to_owned()),
        rrn: None,
        amount: Money::new(amount, Currency::RUB),
        fee: None,
        at: at(0),
    }
}

fn known(status: BankStatus, refunded: i64) -> Candidate {
    Candidate {
        id: AttemptId(Uuid::from_u128(1)),
        order_number: "A-1".to_owned(),
        bank_order_id: Some("b-1".to_owned()),
        rrn: Some("430000000001".to_owned()),
        amount: Money::new(SUM, Currency::RUB),
        bank_status: status,
        source: StatusSource::Callback,
        refunded,
        paid_at: status.was_paid().then(|| at(0)),
        created_at: at(-1),
    }
}

fn short(comparison: &Comparison) -> String {
    match comparison {
        Comparison::Known => "known".to_owned(),
        Comparison::News => "news".to_owned(),
        Comparison::Differs { problem, is_news } => format!("{} {is_news}", problem.code),
    }
}

#[test]
fn a_line_is_known_news_or_contradicts() {
    use BankStatus as S;
    use LineKind as K;
    for (kind, amount, status, refunded, gone_back, expected) in [
        (K::Payment, SUM, S::Paid, 0, 0, "known"),
        (K::Payment, SUM, S::Refunded, SUM, 0, "known"),
        (K::Payment, SUM, S::Created, 0, 0, "news"),
        (K::Payment, SUM, S::Declined, 0, 0, "news"),
        (K::Payment, SUM - 1, S::Paid, 0, 0, "amount_differs false"),
        (K::Payment, SUM - 1, S::Pending, 0, 0, "amount_differs true"),
        (K::Refund, 100, S::PartiallyRefunded, 100, 100, "known"),
        (K::Refund, 100, S::PartiallyRefunded, 100, 200, "news"),
        (K::Refund, 100, S::Paid, 0, 100, "news"),
        (K::Refund, SUM, S::Paid, 0, SUM + 1, "amount_differs false"),
        (K::Reversal, SUM, S::Reversed, 0, 0, "known"),
        (K::Reversal, SUM, S::Authorized, 0, 0, "news"),
    ] {
        let compared = compare(&line(kind, amount), &known(status, refunded), gone_back, false);
        assert_eq!(short(&compared), expected, "{kind} of {amount} against {status}");
    }
}

#[test]
fn the_currency_has_to_be_the_same_and_nothing_may_come_twice() {
    let mut foreign = line(LineKind::Payment, SUM);
    foreign.amount.currency = "USD".parse().unwrap();
    let compared = compare(&foreign, &known(BankStatus::Paid, 0), 0, false);
    assert_eq!(short(&compared), "currency_differs false");
    let again = compare(
        &line(LineKind::Payment, SUM),
        &known(BankStatus::Paid, 0),
        0,
        true,
    );
    assert_eq!(short(&again), "duplicate false");
}

#[test]
fn a_persons_word_is_confirmed_by_the_registry() {
    let claimed = Candidate {
        source: StatusSource::Operator,
        ..known(BankStatus::Paid, 0)
    };
    let compared = compare(&line(LineKind::Payment, SUM), &claimed, 0, false);
    assert_eq!(compared, Comparison::News);
}

fn after(state: &AttemptState, event: &Event) -> AttemptState {
    match apply(state, event).unwrap() {
        Outcome::Moved(moved) => moved.state,
        Outcome::Unchanged => state.clone(),
    }
}

fn answered(status: BankStatus, hour: i64) -> AttemptState {
    let fresh = AttemptState::new(Money::new(SUM, Currency::RUB));
    let fact = BankFact {
        status,
        amount: Some(fresh.amount),
        refunded: None,
        paid_at: None,
    };
    after(
        &fresh,
        &Event::BankAnswered {
            fact: Some(fact),
            at: at(hour),
        },
    )
}

fn taken_in(line: &Line, state: &AttemptState, gone_back: i64) -> (LineResult, AttemptState) {
    let Healing::Fact(fact) = healing(line, state, gone_back) else {
        panic!("contradicted")
    };
    let after = after(state, &Event::Listed { fact, at: at(5) });
    (outcome(line, &after, gone_back).0, after)
}

#[test]
fn a_payment_that_nobody_told_of_is_paid_by_the_registry() {
    for status in [BankStatus::Pending, BankStatus::Declined, BankStatus::Expired] {
        let (result, after) = taken_in(&line(LineKind::Payment, SUM), &answered(status, 1), 0);
        assert_eq!(result, LineResult::Healed, "{status}");
        assert_eq!(after.bank_status_source, StatusSource::Registry);
        assert_eq!(after.paid_at, Some(at(0)));
        assert!(after.passed_on.payment && after.facts.lost_callback());
    }
}

#[test]
fn a_refund_is_taken_in_unless_the_bank_answered_otherwise_since() {
    let refund = line(LineKind::Refund, 100);
    let (result, after) = taken_in(&refund, &answered(BankStatus::Paid, -1), 100);
    assert_eq!((result, after.refunded), (LineResult::Healed, 100));
    let Healing::Contradicted(problem) = healing(&refund, &answered(BankStatus::Paid, 1), 100) else {
        panic!("taken in")
    };
    assert_eq!(problem.code, ProblemCode::StatusDiffers);
    assert_eq!(problem.expected.as_deref(), Some("paid"));
    let reversal = line(LineKind::Reversal, SUM);
    assert!(matches!(
        healing(&reversal, &answered(BankStatus::Paid, 1), 0),
        Healing::Contradicted(_)
    ));
}

#[test]
fn a_line_finds_its_attempt_by_the_surest_name() {
    let attempt = |n: u128, rrn: &str| Candidate {
        id: AttemptId(Uuid::from_u128(n)),
        order_number: format!("A-{n}"),
        bank_order_id: Some(format!("b-{n}")),
        rrn: Some(rrn.to_owned()),
        ..known(BankStatus::Paid, 0)
    };
    let candidates = Candidates::new(vec![attempt(1, "r-1"), attempt(2, "r-2"), attempt(3, "r-2")]);
    let found = |bank_order_id: &str, rrn: &str, order_number: &str| {
        let maybe = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let line = Line {
            bank_order_id: maybe(bank_order_id),
            rrn: maybe(rrn),
            order_number: maybe(order_number),
            ..line(LineKind::Payment, SUM)
        };
        match candidates.find(&line) {
            Found::One(one) => one.order_number.clone(),
            Found::Several => "several".to_owned(),
            Found::Nothing => "nothing".to_owned(),
        }
    };
    assert_eq!(found("b-2", "r-1", "A-1"), "A-2");
    assert_eq!(found("", "r-1", "A-2"), "A-1");
    assert_eq!(found("", "r-2", "A-3"), "A-3");
    assert_eq!(found("", "r-2", "A-1"), "several");
    assert_eq!(found("", "r-2", ""), "several");
    assert_eq!(found("b-9", "", "A-1"), "A-1");
    assert_eq!(found("b-9", "r-9", "A-9"), "nothing");
}

#[test]
fn the_networks_number_counts_only_with_the_sum_and_the_day() {
    let candidates = Candidates::new(vec![known(BankStatus::Paid, 0)]);
    let named = |amount, hours| {
        let line = Line {
            order_number: None,
            rrn: Some("430000000001".to_owned()),
            at: at(hours),
            ..line(LineKind::Payment, amount)
        };
        matches!(candidates.find(&line), Found::One(_))
    };
    assert!(named(SUM, 0) && named(SUM, 48) && named(SUM, -48));
    assert!(!named(SUM - 1, 0) && !named(SUM, 24 * 30));
}
