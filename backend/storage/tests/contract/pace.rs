//! Counts by an account's times: its hours, its newest payments, and what an incident is about.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use sverka_app::polling::DueQueries;
use sverka_app::ports::store::{Cursor, Page, Span, Total};
use sverka_domain::attempt::Attempt;
use sverka_domain::ids::AttemptId;
use sverka_domain::incident::Counts;
use sverka_domain::pace::Hour;
use sverka_domain::status::{BankStatus, StatusSource};

use crate::harness::World;
use crate::samples::{account, attempt, everything, id, paid};

/// At the account, by order of creation, a minute apart.
async fn given(world: &World, attempts: Vec<Attempt>) {
    for (nth, mut attempt) in (1_u128..).zip(attempts) {
        attempt.id = AttemptId(id(nth));
        attempt.order_number = format!("A-{nth}");
        attempt.created_at = minute(i64::try_from(nth).unwrap());
        world.write(move |tx| tx.attempts().insert(&attempt, false)).await;
    }
}

/// So many minutes after a whole hour.
fn minute(minutes: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 / 3600 * 3600).unwrap() + SignedDuration::from_mins(minutes)
}

fn asked(mut attempt: Attempt) -> Attempt {
    attempt.next_query_at = Some(minute(100));
    attempt
}

fn by_operator(attempt: Attempt) -> Attempt {
    let mut attempt = paid(attempt, minute(6), true);
    attempt.state.bank_status_source = StatusSource::Operator;
    attempt
}

fn scene() -> Vec<Attempt> {
    let declined = {
        let mut declined = asked(attempt(1));
        declined.state.bank_status = BankStatus::Declined;
        declined
    };
    let answered = Attempt {
        last_query_at: Some(minute(9)),
        ..asked(attempt(1))
    };
    let unanswered = Attempt {
        last_query_error: Some("time-out".to_owned()),
        ..answered.clone()
    };
    let elsewhere = Attempt {
        bank_account: "other".to_owned(),
        ..asked(attempt(1))
    };
    vec![
        paid(attempt(1), minute(3), true),
        paid(attempt(1), minute(4), false),
        by_operator(attempt(1)),
        paid(attempt(1), minute(65), false),
        declined,
        asked(attempt(1)),
        answered,
        unanswered,
        elsewhere,
        asked(attempt(1)),
    ]
}

pub(crate) async fn hours_are_counted_and_kept_once(world: Arc<World>) {
    assert_eq!(world.read(|tx| tx.pace().first_recorded(&account())).await, None);
    given(&world, scene()).await;
    assert_eq!(
        world.read(|tx| tx.pace().first_recorded(&account())).await,
        Some(minute(1))
    );
    let first = Hour {
        at: minute(0),
        recorded: 9,
        heard: 1,
        lost: 1,
    };
    let second = Hour {
        at: minute(60),
        recorded: 0,
        heard: 0,
        lost: 1,
    };
    for expected in [first, second] {
        let counted = world
            .read(move |tx| tx.pace().count_hour(&account(), expected.at))
            .await;
        assert_eq!(counted, expected);
        world
            .write(move |tx| tx.pace().keep_hour(&account(), &expected))
            .await;
    }
    let other_count = Hour { lost: 9, ..first };
    world
        .write(move |tx| tx.pace().keep_hour(&account(), &other_count))
        .await;
    assert_eq!(
        world.read(|tx| tx.pace().last_hour(&account())).await,
        Some(minute(60))
    );
    let kept = |from| world.read(move |tx| tx.pace().hours(&account(), from));
    assert_eq!(kept(minute(0)).await, [first, second]);
    assert_eq!(kept(minute(1)).await, [second]);
    assert_eq!(world.write(|tx| tx.pace().forget_hours(minute(60))).await, 1);
    assert_eq!(kept(minute(0)).await, [second]);
}

pub(crate) async fn what_an_incident_is_about_is_found(world: Arc<World>) {
    given(&world, scene()).await;
    let span = Span {
        account: account(),
        from: minute(2),
        to: minute(12),
        now: minute(12),
    };
    let of = span.clone();
    let counts = world.read(move |tx| tx.pace().counts(&of)).await;
    let expected = Counts {
        paid: 2,
        heard: 1,
        healed: 1,
        // The last one is too young to be missed.
        waiting: 3,
    };
    assert_eq!(counts, expected);
    let missing = async |page: Page| {
        let of = span.clone();
        let rows = world.read(move |tx| tx.pace().missing(&of, page)).await;
        rows.iter()
            .map(|row| row.id.0.as_u128() - id(0).as_u128())
            .collect::<Vec<_>>()
    };
    assert_eq!(missing(everything()).await, [8, 7, 6, 2]);
    let after = Some(Cursor {
        at: minute(7),
        id: id(7),
    });
    assert_eq!(missing(Page { after, limit: 1 }).await, [6]);
    let of = span.clone();
    assert_eq!(
        world.read(move |tx| tx.pace().count_missing(&of, 10)).await,
        Total::Exactly(4)
    );
    let of = span.clone();
    assert_eq!(
        world.write(move |tx| tx.pace().ask_about_missing(&of, 10)).await,
        3
    );
    let due = world
        .write(|tx| {
            tx.attempts()
                .claim_due_queries(&account(), minute(12), minute(13), DueQueries::batch(10))
        })
        .await;
    assert_eq!(due.len(), 3, "they are due now");
}

pub(crate) async fn payments_and_doubts_are_told_apart(world: Arc<World>) {
    given(&world, scene()).await;
    let payments = world
        .read(|tx| tx.pace().newest_payments(&account(), minute(0), 10))
        .await;
    let short: Vec<_> = payments
        .iter()
        .map(|payment| (payment.paid_at, payment.is_heard))
        .collect();
    assert_eq!(
        short,
        [(minute(65), false), (minute(4), false), (minute(3), true)],
        "an operator's word is no payment that the bank confirms"
    );
    let newest = world
        .read(|tx| tx.pace().newest_payments(&account(), minute(0), 1))
        .await;
    assert_eq!(newest, payments[..1]);
    let doubts = world
        .read(|tx| tx.pace().doubts(&account(), minute(0), minute(10)))
        .await;
    assert_eq!((doubts.count, doubts.since), (2, Some(minute(6))));
}
