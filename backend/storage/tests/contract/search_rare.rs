//! Search for what is rare: it lies behind all rows that are looked at one by one.

use std::sync::Arc;

use jiff::SignedDuration;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use sverka_app::ports::store::{AttemptFilter, Total};
use sverka_domain::attempt::Attempt;
use sverka_domain::search::readings;
use sverka_domain::status::BankStatus;

use crate::harness::World;
use crate::samples::attempt;
use crate::search::{filters, journal, matches, moments, walk};

/// More than any step of a search reads one by one.
const RECENT: u128 = 2_300;

/// Journals whose newest rows match hardly anything: what is looked for lies behind all that is looked at one by one.
pub(crate) async fn what_is_rare_is_found_behind_what_is_recent(world: Arc<World>) {
    let mut runner = TestRunner::deterministic();
    let mut journal = journal(&mut runner, 250);
    journal.extend((1..=RECENT).map(|n| {
        let mut row = attempt(1_000 + n);
        row.client.name = "Петренко Яна".to_owned();
        row.client.phone = None;
        row.created_at = moments()[11] + SignedDuration::from_secs(i64::try_from(n).unwrap());
        row.bank = "payonline".to_owned();
        row.payment_type = "deposit".to_owned();
        row.state.amount.amount = 99_900;
        (row, false)
    }));
    let rows = journal.clone();
    world
        .write(move |tx| {
            for (row, attention) in &rows {
                tx.attempts().insert(row, *attention)?;
            }
            Ok(())
        })
        .await;
    for nth in 0..80 {
        let mut filter = filters().new_tree(&mut runner).unwrap().current();
        // A kind that is frequent, with a text or an amount that is not.
        if nth % 4 == 0 {
            filter.banks = vec!["payonline".to_owned()];
        }
        let limit = (40_u32..60).new_tree(&mut runner).unwrap().current();
        let mut expected: Vec<&Attempt> = journal
            .iter()
            .filter(|row| matches(&filter, row))
            .map(|(row, _)| row)
            .collect();
        expected.sort_by_key(|row| std::cmp::Reverse((row.created_at, row.id)));
        let expected: Vec<_> = expected.into_iter().map(|row| row.id).collect();
        assert_eq!(
            walk(&world, &filter, limit).await,
            expected,
            "{filter:?} by {limit}"
        );
        let total = u64::try_from(expected.len()).unwrap();
        let shown = filter.clone();
        match world.read(move |tx| tx.attempts().count(&shown, 10_000)).await {
            Total::Exactly(counted) => assert_eq!(counted, total, "{filter:?}"),
            Total::AtLeast(counted) => {
                assert!(counted <= total, "{filter:?}: {counted} of {total}");
            }
        }
    }
}

/// Its kind lies behind all rows that are looked at one by one, and no attempt was of it before.
pub(crate) async fn a_changed_attempt_is_found_among_its_new_kind(world: Arc<World>) {
    world
        .write(|tx| {
            for n in 1..=RECENT {
                tx.attempts().insert(&attempt(n), false)?;
            }
            let mut changed = attempt(1);
            changed.state.bank_status = BankStatus::Reversed;
            tx.attempts().save(&changed, true)
        })
        .await;
    let of = |status| AttemptFilter {
        bank_statuses: vec![status],
        needs_attention: Some(true),
        payment_types: vec![attempt(1).payment_type],
        ..AttemptFilter::default()
    };
    let reversed = of(BankStatus::Reversed);
    assert_eq!(walk(&world, &reversed, 50).await, [attempt(1).id]);
    let counted = world.read(move |tx| tx.attempts().count(&reversed, 10_000)).await;
    assert_eq!(counted, Total::Exactly(1));
    let before = of(attempt(1).state.bank_status);
    assert_eq!(walk(&world, &before, 50).await, []);
}

/// A number that the bank told later is looked for like any other text, among the newest and behind them.
pub(crate) async fn a_changed_attempt_is_found_by_its_new_text(world: Arc<World>) {
    world
        .write(|tx| {
            for n in 1..=RECENT {
                tx.attempts().insert(&attempt(n), false)?;
            }
            for n in [1, RECENT] {
                let mut changed = attempt(n);
                changed.rrn = Some(format!("98765000{n:04}"));
                tx.attempts().save(&changed, false)?;
            }
            Ok(())
        })
        .await;
    let of = |text: &str| AttemptFilter {
        readings: readings(text),
        ..AttemptFilter::default()
    };
    assert_eq!(walk(&world, &of("987650000001"), 50).await, [attempt(1).id]);
    let both = [attempt(RECENT).id, attempt(1).id];
    assert_eq!(walk(&world, &of("98765000"), 50).await, both);
}
