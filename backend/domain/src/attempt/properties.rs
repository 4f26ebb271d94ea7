//! What holds for any news in any order.

use proptest::prelude::*;
use proptest::sample::select;
use strum::VariantArray;

use super::conclude::conclude;
use super::effect::Effect;
use super::event::Event;
use super::samples::{SUM, at, delivered, new, step};
use super::standing::BankFact;
use super::transition::AttemptState;
use crate::money::{Currency, Money};
use crate::status::{BankStatus, CrmStatus};

fn facts() -> impl Strategy<Value = BankFact> {
    let sums = select(vec![
        None,
        Some(SUM),
        Some(SUM),
        Some(SUM),
        Some(SUM - 1),
        Some(3),
    ]);
    let refunded = select(vec![
        None,
        None,
        Some(0),
        Some(-5),
        Some(1),
        Some(SUM / 2),
        Some(SUM),
        Some(i64::MAX),
    ]);
    let paid_at = prop::option::of(0_i64..20);
    (select(BankStatus::VARIANTS), sums, refunded, paid_at).prop_map(|(status, sum, refunded, paid_at)| {
        BankFact {
            status,
            amount: sum.map(|sum| Money::new(sum, Currency::RUB)),
            refunded,
            paid_at: paid_at.map(at),
        }
    })
}

/// What the bank says, at fixed times that often collide.
fn bank_news() -> impl Strategy<Value = Event> {
    let time = 0_i64..12;
    prop_oneof![
        3 => (facts(), time.clone()).prop_map(|(fact, t)| Event::Notified { fact, at: at(t) }),
        3 => (prop::option::weighted(0.9, facts()), time.clone())
            .prop_map(|(fact, t)| Event::BankAnswered { fact, at: at(t) }),
        1 => (facts(), time.clone()).prop_map(|(fact, t)| Event::Listed { fact, at: at(t) }),
        1 => (any::<bool>(), time).prop_map(|(payment, t)| Event::Hinted { payment, at: at(t) }),
        1 => Just(Event::Suspected),
    ]
}

/// Anything at all, whether it is allowed or not.
fn any_news() -> impl Strategy<Value = Event> {
    let time = 0_i64..12;
    prop_oneof![
        4 => bank_news(),
        1 => (select(BankStatus::VARIANTS), time.clone())
            .prop_map(|(status, t)| Event::AppReported { status, at: at(t) }),
        2 => (select(BankStatus::VARIANTS), time).prop_map(|(status, t)| Event::Overridden { status, at: at(t) }),
        1 => select(CrmStatus::VARIANTS).prop_map(delivered),
    ]
}

/// Some news, and the same news shuffled with some of it repeated.
fn reordered() -> impl Strategy<Value = (Vec<Event>, Vec<Event>)> {
    prop::collection::vec(bank_news(), 1..9).prop_flat_map(|events| {
        let repeats = prop::sample::subsequence(events.clone(), 0..=events.len());
        let shuffled = repeats
            .prop_map({
                let events = events.clone();
                move |repeats| [events.clone(), repeats].concat()
            })
            .prop_shuffle();
        (Just(events), shuffled)
    })
}

/// Takes in what is allowed and leaves out what is refused.
fn take_in(events: &[Event]) -> (AttemptState, Vec<Effect>) {
    let mut effects = Vec::new();
    let state = events
        .iter()
        .fold(new(), |state, event| match step(&state, event) {
            Ok((next, more)) => {
                effects.extend(more);
                next
            }
            Err(_) => state,
        });
    (state, effects)
}

/// How many payments were passed on, and how much of them went back.
fn passed_on(effects: &[Effect]) -> (i64, i64) {
    effects
        .iter()
        .fold((0, 0), |(payments, back), effect| match effect {
            Effect::PassOnPayment => (payments + 1, back),
            Effect::PassOnRefund { amount } => (payments, back + amount),
            Effect::WithdrawPayment => (payments - 1, 0),
            Effect::AskBank => (payments, back),
        })
}

/// More cases than usual, still more with `PROPTEST_CASES`; nothing is written beside the source.
fn thorough() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases: usual.cases.max(1_000),
        failure_persistence: None,
        ..usual
    }
}

proptest! {
    #![proptest_config(thorough())]

    #[test]
    fn the_banks_news_in_any_order_and_repeated_comes_to_the_same((told, reordered) in reordered()) {
        let (one, one_effects) = take_in(&told);
        let (other, other_effects) = take_in(&reordered);
        prop_assert_eq!(&one.facts, &other.facts);
        prop_assert_eq!(one.bank_status, other.bank_status);
        prop_assert_eq!(one.paid_at, other.paid_at);
        prop_assert_eq!(one.refunded, other.refunded);
        prop_assert_eq!(one.attention, other.attention);
        prop_assert_eq!(one.passed_on, other.passed_on);
        prop_assert_eq!(passed_on(&one_effects), passed_on(&other_effects));
    }

    #[test]
    fn what_was_paid_stays_paid_until_it_goes_back(events in prop::collection::vec(bank_news(), 1..12)) {
        let mut state = new();
        for event in &events {
            let (next, _) = step(&state, event).unwrap();
            if state.bank_status.was_paid() {
                let kept = next.bank_status.was_paid() || next.bank_status == BankStatus::Reversed;
                prop_assert!(kept, "{} became {}", state.bank_status, next.bank_status);
            }
            prop_assert!(next.paid_at.is_some() || state.paid_at.is_none());
            prop_assert!(next.refunded >= state.refunded);
            prop_assert!(next.passed_on.refunded >= state.passed_on.refunded);
            prop_assert!(next.passed_on.payment || !state.passed_on.payment);
            state = next;
        }
    }

    #[test]
    fn an_event_that_comes_twice_gives_no_more_than_once(
        before in prop::collection::vec(any_news(), 0..8),
        event in any_news(),
    ) {
        let (state, _) = take_in(&before);
        if let Ok((once, _)) = step(&state, &event)
            && let Ok((twice, effects)) = step(&once, &event)
        {
            let hint = matches!(event, Event::Hinted { .. } | Event::Suspected);
            prop_assert!(effects.is_empty() || (hint && effects == [Effect::AskBank]), "{effects:?}");
            prop_assert_eq!(once.passed_on, twice.passed_on);
            prop_assert_eq!(once.bank_status, twice.bank_status);
        }
    }

    #[test]
    fn a_payment_is_passed_on_once_and_no_more_goes_back_than_was_paid(
        events in prop::collection::vec(any_news(), 0..16),
    ) {
        let (mut state, mut effects) = (new(), Vec::new());
        for event in &events {
            let Ok((next, more)) = step(&state, event) else { continue };
            effects.extend(more);
            let due = conclude(next.amount, &next.facts);
            prop_assert!((0..=SUM).contains(&due.refund_due), "{}", due.refund_due);
            prop_assert!(due.refund_due == 0 || due.payment_due, "a refund without a payment");
            prop_assert_eq!(next.passed_on.payment, due.payment_due);
            let (payments, back) = passed_on(&effects);
            prop_assert_eq!(payments, i64::from(next.passed_on.payment));
            prop_assert_eq!(back, next.passed_on.refunded);
            prop_assert!(back <= SUM);
            state = next;
        }
    }

    #[test]
    fn a_persons_claim_is_never_flipped_in_silence(
        before in prop::collection::vec(any_news(), 0..8),
        news in bank_news(),
    ) {
        let (state, _) = take_in(&before);
        let claimed = state.facts.claim.map(|claim| claim.status) == Some(state.bank_status);
        let (next, _) = step(&state, &news).unwrap();
        let flipped = match state.bank_status {
            // A refund or a void after a payment that the bank has too is later news, not a contradiction.
            BankStatus::Paid => !next.bank_status.was_paid() && next.facts.channels().iter().all(|c| c.paid.is_none()),
            BankStatus::Declined | BankStatus::Expired => {
                next.bank_status.was_paid() || next.bank_status == BankStatus::Authorized
            }
            BankStatus::Reversed => next.bank_status == BankStatus::Paid,
            _ => false,
        };
        let asks = next.attention.is_some();
        prop_assert!(!claimed || !flipped || asks, "{} became {}", state.bank_status, next.bank_status);
    }
}
