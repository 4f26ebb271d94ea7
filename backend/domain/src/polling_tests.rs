//! When the bank is asked next, and when never again.

use std::fmt::Write as _;

use strum::VariantArray;

use super::*;
use crate::attempt::samples::{after, at, new};

const BORN: Timestamp = Timestamp::UNIX_EPOCH;
const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

fn next(state: &AttemptState, now: i64) -> Option<Timestamp> {
    let subject = Subject {
        created_at: BORN,
        state,
        zone: &TimeZone::UTC,
    };
    PollPolicy::card_gateway().next_query(&subject, at(now))
}

fn is_asked_again(line: &str, age: i64) -> bool {
    next(&after(line), age).is_some()
}

/// `20s`, `40m`, `24h`, `3d 12h`.
fn words(seconds: i64) -> String {
    let (days, hours, minutes) = (seconds / DAY, seconds % DAY / HOUR, seconds % HOUR / 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds}s"),
        (0, 0, minutes) => format!("{minutes}m{:02}", seconds % 60),
        (0, hours, minutes) => format!("{hours}h{minutes:02}"),
        (days, hours, _) => format!("{days}d{hours:02}h"),
    }
}

/// Every status that a bank can answer, at every age: how long until the next question after that answer.
#[test]
fn every_answer_at_every_age_has_its_pause() {
    let ages = [
        0,
        60,
        5 * 60,
        19 * 60,
        25 * 60,
        HOUR,
        12 * HOUR,
        2 * DAY,
        4 * DAY,
        8 * DAY,
        40 * DAY,
        400 * DAY,
    ];
    let answers = BankStatus::VARIANTS.iter().map(BankStatus::to_string);
    let lines = answers.chain(["nothing".to_owned()]).flat_map(|answer| {
        [
            (answer.clone(), String::new()),
            (format!("{answer}, client gone"), "app abandoned @0, ".to_owned()),
        ]
    });
    let mut table = format!("{:36}", "the bank answers at the age of");
    for age in ages {
        write!(table, "{:>8}", words(age)).unwrap();
    }
    for (name, before) in lines {
        let answer = name.split(',').next().unwrap();
        write!(table, "\n{name:36}").unwrap();
        for age in ages {
            let first = if matches!(answer, "paid" | "partially_refunded") {
                "answered paid @0, "
            } else {
                ""
            };
            let state = after(&format!("{before}{first}answered {answer} @{age}"));
            let pause = next(&state, age).map(|next| next.duration_since(at(age)).as_secs());
            write!(table, "{:>8}", pause.map_or("never".to_owned(), words)).unwrap();
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn an_attempt_is_asked_about_soon_and_then_slower_and_never_given_up_without_evidence() {
    let policy = PollPolicy::card_gateway();
    let state = new();
    let mut now = policy.first_query(BORN);
    let mut gaps = vec![now.duration_since(BORN).as_secs()];
    while now.duration_since(BORN) < SignedDuration::from_secs(3 * 365 * DAY) {
        let later = next(&state, now.as_second()).expect("never stops without evidence");
        gaps.push(later.duration_since(now).as_secs());
        now = later;
    }
    assert_eq!(gaps.first(), Some(&20));
    assert!(gaps.contains(&DAY), "daily for a while: {gaps:?}");
    assert_eq!(gaps.iter().max(), Some(&(30 * DAY)), "at least once a month");
    // But for the question at the end of the order's life, which comes when it comes.
    let shrinking = gaps.windows(2).filter(|pair| pair[1] < pair[0]).count();
    assert!(shrinking <= 1, "{gaps:?}");
    let slow = gaps.iter().filter(|gap| **gap >= DAY).count();
    assert!(
        slow < 100,
        "{slow} questions in three years about an order that the bank never heard of"
    );
}

#[test]
fn a_question_is_due_when_the_orders_life_has_ended() {
    let long = PollPolicy {
        order_life: SignedDuration::from_hours(5 * 24),
        ..PollPolicy::card_gateway()
    };
    let (state, zone) = (after("answered created @1"), TimeZone::UTC);
    let subject = Subject {
        created_at: BORN,
        state: &state,
        zone: &zone,
    };
    let asked = 5 * DAY - HOUR;
    assert_eq!(long.next_query(&subject, at(asked)), Some(at(5 * DAY + 30)));
    let declined = after("answered declined @345600");
    let subject = Subject {
        state: &declined,
        ..subject
    };
    assert_eq!(
        long.next_query(&subject, at(4 * DAY)),
        Some(at(5 * DAY)),
        "the last word is after its life"
    );
}

#[test]
fn what_went_back_as_a_whole_is_not_asked_about_again() {
    for line in [
        "answered paid, answered refunded",
        "answered paid, answered reversed",
        "answered reversed",
    ] {
        assert!(!is_asked_again(line, 10), "{line}");
    }
}

#[test]
fn a_payment_is_looked_at_again_in_five_nights_and_then_left_alone() {
    for line in [
        "told paid @5, answered paid @6",
        "answered paid @6",
        "answered paid @6, answered partially_refunded @7",
    ] {
        let mut state = after(line);
        let mut now = state.facts.query.latest.unwrap().at.as_second();
        let mut asked = 0;
        while let Some(later) = next(&state, now) {
            now = later.as_second();
            state.facts.query.latest.as_mut().unwrap().at = later;
            asked += 1;
        }
        assert_eq!((asked, now / DAY), (5, 31), "{line}");
    }
}

#[test]
fn a_night_in_which_the_bank_is_down_is_made_up_for_within_the_hour() {
    let paid = after("answered paid @6");
    let night = next(&paid, 6).unwrap().as_second();
    assert_eq!(next(&paid, night), Some(at(night + HOUR)));
}

#[test]
fn nothing_but_the_banks_own_answer_ends_the_questions() {
    for line in [
        "",
        "told paid",
        "listed paid",
        "set paid",
        "app abandoned",
        "told expired",
        "answered nothing @34560000",
        "answered pending @34560000",
        "answered authorized @34560000",
        "app abandoned, answered authorized @34560000",
    ] {
        assert!(is_asked_again(line, 400 * DAY), "{line}");
    }
}

#[test]
fn what_is_not_paid_is_asked_about_until_a_late_success_is_out_of_the_question() {
    for line in [
        "answered declined",
        "answered expired",
        "app abandoned, answered nothing",
        "app abandoned, answered created",
    ] {
        let asked = |when: i64| format!("{line} @{when}");
        assert!(is_asked_again(&asked(71 * HOUR), 71 * HOUR), "{line}");
        assert!(
            is_asked_again(&asked(71 * HOUR), 100 * HOUR),
            "{line}: the last answer is from before"
        );
        assert_eq!(
            next(&after(&asked(71 * HOUR)), 71 * HOUR),
            Some(at(72 * HOUR + 30)),
            "{line}: once more when the window has closed"
        );
        assert!(!is_asked_again(&asked(72 * HOUR + 30), 72 * HOUR + 30), "{line}");
    }
}

#[test]
fn each_of_them_has_a_window_of_its_own() {
    let hours = SignedDuration::from_hours;
    let policy = PollPolicy {
        late_success: LateSuccess {
            after_declined: hours(10),
            after_expired: hours(20),
            after_abandoned: hours(30),
        },
        ..PollPolicy::card_gateway()
    };
    let last = |line: &str| {
        let over = |hour: &i64| {
            let state = after(&format!("{line} @{}", hour * HOUR));
            let subject = Subject {
                created_at: BORN,
                state: &state,
                zone: &TimeZone::UTC,
            };
            policy.next_query(&subject, at(hour * HOUR)).is_none()
        };
        (1..100).find(over)
    };
    assert_eq!(last("answered declined"), Some(11));
    assert_eq!(last("answered expired"), Some(21));
    assert_eq!(last("app abandoned @0, answered nothing"), Some(31));
    assert_eq!(last("answered nothing"), None);
}

#[test]
fn what_was_heard_since_the_answer_is_asked_about() {
    let old = 100 * HOUR;
    for line in [
        "answered paid, told reversed",
        "answered paid, told partially_refunded",
        "answered declined @359000, told paid @359001",
        "answered reversed, told paid",
        "answered paid, listed refunded",
    ] {
        let soon = next(&after(line), old).map(|next| next.as_second() - old);
        assert_eq!(soon, Some(DAY), "{line}");
    }
    assert_ne!(
        next(&after("told reversed, answered paid"), old),
        Some(at(old + DAY))
    );
}

#[test]
fn another_sum_is_asked_about_until_the_bank_or_a_person_settles_it() {
    let old = 100 * DAY;
    assert!(is_asked_again("answered paid sum 9999 @8640000", old));
    assert!(!is_asked_again(
        "answered paid sum 9999 @1, answered paid @2, answered paid @8640000",
        old
    ));
    // Paid by a person's word today: looked at again in the nights that follow, and then no more.
    let by_person = next(&after("answered paid sum 9999 @8640000, set paid @8640001"), old);
    assert_eq!(by_person, Some(at(old + DAY + HOUR / 2)));
}

#[test]
fn a_contradiction_is_asked_about_until_a_person_settles_it() {
    let old = 100 * HOUR;
    assert!(is_asked_again("told paid, answered declined @360000", old));
    assert!(!is_asked_again(
        "told paid, answered declined @360000, set paid @360001",
        old
    ));
    assert!(is_asked_again("set paid, answered declined @360000", old));
    assert!(!is_asked_again(
        "set paid, answered declined @360000, set paid @360001",
        old
    ));
}

#[test]
fn the_next_question_is_never_in_the_past() {
    let early = -HOUR;
    assert!(next(&new(), early) > Some(at(early)), "a clock that went back");
}
