//! Search: whatever the filter, the pages together are what a reader of the whole journal would pick, in order.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use sverka_app::ports::store::{AttemptFilter, Cursor, Page, Total};
use sverka_domain::attempt::Attempt;
use sverka_domain::ids::AttemptId;
use sverka_domain::search::{Searchable, readings, search_text};
use sverka_domain::status::{BankStatus, CrmStatus};

use crate::harness::World;
use crate::samples::{at, attempt, everything, id, paid};

async fn found(world: &World, filter: &AttemptFilter) -> Vec<u128> {
    let filter = filter.clone();
    let found = world
        .read(move |tx| tx.attempts().search(&filter, everything()))
        .await;
    found
        .iter()
        .map(|attempt| attempt.id.0.as_u128() - id(0).as_u128())
        .collect()
}

fn typed(text: &str) -> AttemptFilter {
    AttemptFilter {
        readings: readings(text),
        ..AttemptFilter::default()
    }
}

pub(crate) async fn a_client_is_found_however_they_are_typed(world: Arc<World>) {
    world
        .write(|tx| {
            for (n, name, phone) in [
                (1, "Иванов Пётр", Some("+79161234567")),
                (2, "Иванова Мария", Some("+79039994567")),
                (3, "Ли Ян", None),
                (4, "Petrov Ivan", Some("+79161230000")),
            ] {
                let mut row = attempt(n);
                row.client.name = name.to_owned();
                row.client.phone = phone.map(str::to_owned);
                tx.attempts().insert(&row, false)?;
            }
            Ok(())
        })
        .await;
    for (text, expected) in [
        ("Иванов", vec![2, 1]),
        ("иванов петр", vec![1]),
        ("bdfyjd", vec![2, 1]),
        ("ivanova", vec![2]),
        ("4567", vec![2, 1]),
        ("8 (916) 123-45-67", vec![1]),
        ("ли", vec![3]),
        ("ян", vec![3]),
        ("ли ян", vec![3]),
        ("ван ма", vec![2]),
        ("петр", vec![4, 1]),
        ("A-4", vec![4]),
        ("нет такого", vec![]),
        ("", vec![4, 3, 2, 1]),
    ] {
        assert_eq!(found(&world, &typed(text)).await, expected, "{text}");
    }
}

pub(crate) async fn what_means_something_in_sql_means_nothing_in_a_text(world: Arc<World>) {
    world
        .write(|tx| {
            for (n, order) in [(1, "a_b"), (2, "axb"), (3, "a-b@c"), (4, "a+b")] {
                let mut row = attempt(n);
                row.order_number = order.to_owned();
                tx.attempts().insert(&row, false)?;
            }
            Ok(())
        })
        .await;
    let terms = |terms: &[&str]| AttemptFilter {
        readings: vec![terms.iter().map(|&term| term.to_owned()).collect()],
        ..AttemptFilter::default()
    };
    assert_eq!(found(&world, &terms(&["a_b"])).await, [1]);
    for nothing in [
        "a%b",
        "%%%",
        "___",
        r"a\_b",
        "\"a\" OR \"b\"",
        "a* NOT",
        "')--",
        "\0\0\0",
        "a\"b",
    ] {
        assert_eq!(found(&world, &terms(&[nothing])).await, [0_u128; 0], "{nothing}");
    }
    assert_eq!(found(&world, &terms(&[])).await, [4, 3, 2, 1]);
    assert_eq!(found(&world, &terms(&[""])).await, [4, 3, 2, 1]);
    assert_eq!(found(&world, &terms(&[&"я".repeat(200)])).await, [0_u128; 0]);
}

pub(crate) async fn a_changed_attempt_is_found_by_its_new_text_only(world: Arc<World>) {
    world.write(|tx| tx.attempts().insert(&attempt(1), false)).await;
    world
        .write(|tx| {
            let mut row = attempt(1);
            row.client.name = "Сидорова Анна".to_owned();
            row.bank_order_id = Some("новый-номер".to_owned());
            tx.attempts().save(&row, false)
        })
        .await;
    assert_eq!(found(&world, &typed("сидорова")).await, [1]);
    assert_eq!(found(&world, &typed("новый-номер")).await, [1]);
    assert_eq!(found(&world, &typed("иванова")).await, [0_u128; 0]);
}

pub(crate) async fn rows_of_one_moment_are_ordered_by_their_identifiers(world: Arc<World>) {
    // Added in an order that is neither that of the time nor that of the identifiers.
    world
        .write(|tx| {
            for (n, seconds) in [(3, 7), (9, 7), (1, 7), (8, 2), (2, 9), (7, 7), (5, 7)] {
                let mut row = attempt(n);
                row.created_at = at(seconds);
                tx.attempts().insert(&row, false)?;
            }
            Ok(())
        })
        .await;
    for text in ["", "иванова", "ив"] {
        assert_eq!(found(&world, &typed(text)).await, [2, 9, 7, 5, 3, 1, 8], "{text}");
        let walked = walk(&world, &typed(text), 2).await;
        assert_eq!(walked, [2, 9, 7, 5, 3, 1, 8].map(|n| AttemptId(id(n))), "{text}");
    }
}

pub(crate) async fn a_count_stops_at_its_cap(world: Arc<World>) {
    world
        .write(|tx| {
            for n in 1..=7 {
                tx.attempts().insert(&attempt(n), n == 1)?;
            }
            Ok(())
        })
        .await;
    for (text, cap, total) in [
        ("", 6, Total::AtLeast(6)),
        ("", 7, Total::Exactly(7)),
        ("иванова", 3, Total::AtLeast(3)),
        ("иванова", 100, Total::Exactly(7)),
        ("ив", 100, Total::Exactly(7)),
        ("сидорова", 100, Total::Exactly(0)),
        ("", 0, Total::AtLeast(0)),
    ] {
        let filter = typed(text);
        let counted = world.read(move |tx| tx.attempts().count(&filter, cap)).await;
        assert_eq!(counted, total, "{text} {cap}");
    }
    let nothing = world
        .read(|tx| {
            tx.attempts().search(
                &AttemptFilter::default(),
                Page {
                    after: None,
                    limit: 0,
                },
            )
        })
        .await;
    assert!(nothing.is_empty());
}

pub(crate) async fn pages_are_what_a_reader_of_everything_would_pick(world: Arc<World>) {
    let mut runner = TestRunner::deterministic();
    let journal = journal(&mut runner, 300);
    let rows = journal.clone();
    world
        .write(move |tx| {
            for (row, attention) in &rows {
                tx.attempts().insert(row, *attention)?;
            }
            Ok(())
        })
        .await;
    for _ in 0..150 {
        let filter = filters().new_tree(&mut runner).unwrap().current();
        let limit = (1_u32..60).new_tree(&mut runner).unwrap().current();
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
        let counted = world.read(move |tx| tx.attempts().count(&filter, 1_000)).await;
        assert_eq!(counted, Total::Exactly(total));
    }
}

/// Walks all pages.
pub(crate) async fn walk(world: &World, filter: &AttemptFilter, limit: u32) -> Vec<AttemptId> {
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let filter = filter.clone();
        let page = world
            .read(move |tx| tx.attempts().search(&filter, Page { after, limit }))
            .await;
        let whole = page.len() == usize::try_from(limit).unwrap();
        assert!(page.len() <= usize::try_from(limit).unwrap());
        after = page.last().map(|row| Cursor {
            at: row.created_at,
            id: row.id.0,
        });
        seen.extend(page.into_iter().map(|row| row.id));
        if !whole {
            return seen;
        }
    }
}

const NAMES: [&str; 6] = [
    "Иванова Мария",
    "Иванов Пётр",
    "Ли Ян",
    "Petrov Ivan",
    "Ёлкина 王",
    "Мария Ив",
];
const TEXTS: [&str; 14] = [
    "",
    "иванов",
    "ив",
    "ли",
    "мария ив",
    "petrov",
    "Bdfyjd",
    "4567",
    "123",
    "a-1",
    "王",
    "елкина",
    "нет",
    "ма ив",
];

/// Attempts over three years, many of them in the same moments, added in any order.
pub(crate) fn journal(runner: &mut TestRunner, count: u128) -> Vec<(Attempt, bool)> {
    let row = (
        (0..NAMES.len(), 0..12_i64, 0..3_i64, any::<bool>()),
        (0..3_usize, 0..3_usize, any::<bool>(), any::<bool>(), 1..9_i64),
    );
    let mut rows = Vec::new();
    for n in 1..=count {
        let ((name, season, moment, phone), (bank, kind, told, attention, amount)) =
            row.new_tree(runner).unwrap().current();
        let mut one = attempt(n);
        one.client.name = NAMES[name].to_owned();
        one.client.phone = phone.then(|| "+79161234567".to_owned());
        one.created_at = moments()[usize::try_from(season).unwrap()] + SignedDuration::from_micros(moment);
        one.bank = ["sber", "payonline", "other"][bank].to_owned();
        one.bank_account = ["main", "club"][kind % 2].to_owned();
        one.merchant = ["main", "north", "south"][kind].to_owned();
        one.payment_type = ["membership", "deposit", "gift"][kind].to_owned();
        one.state.amount.amount = amount * 100;
        if told || attention {
            one = paid(one, at(1), told);
            one.state.crm_status = CrmStatus::Synced;
        }
        rows.push((one, attention));
    }
    rows
}

pub(crate) fn moments() -> Vec<Timestamp> {
    (0..12)
        .map(|season| at(0) + SignedDuration::from_hours(season * season * 24 * 9))
        .collect()
}

pub(crate) fn filters() -> impl Strategy<Value = AttemptFilter> {
    let time = prop::option::weighted(0.3, (0..12_usize).prop_map(|season| moments()[season]));
    let some = |names: [&'static str; 2]| {
        prop::collection::vec(prop::sample::select(names.map(str::to_owned).to_vec()), 0..2)
    };
    let lists = (
        some(["membership", "gift"]),
        some(["main", "north"]),
        some(["sber", "payonline"]),
        some(["main", "nowhere"]),
    );
    let statuses = (
        prop::collection::vec(
            prop::sample::select(vec![BankStatus::Paid, BankStatus::Created]),
            0..3,
        ),
        prop::collection::vec(
            prop::sample::select(vec![CrmStatus::Synced, CrmStatus::NotDue]),
            0..2,
        ),
    );
    let amounts = (
        prop::option::weighted(0.2, 0..900_i64),
        prop::option::weighted(0.2, 0..900_i64),
    );
    let flags = (
        prop::option::weighted(0.2, any::<bool>()),
        prop::option::weighted(0.2, any::<bool>()),
    );
    (
        prop::sample::select(TEXTS.to_vec()),
        lists,
        statuses,
        (time.clone(), time),
        amounts,
        flags,
    )
        .prop_map(|(text, lists, statuses, times, amounts, flags)| AttemptFilter {
            readings: readings(text),
            payment_types: lists.0,
            merchants: lists.1,
            banks: lists.2,
            bank_accounts: lists.3,
            bank_statuses: statuses.0,
            crm_statuses: statuses.1,
            created_from: times.0,
            created_to: times.1,
            amount_from: amounts.0,
            amount_to: amounts.1,
            needs_attention: flags.0,
            lost_callback: flags.1,
        })
}

/// The filter, told again without a database.
pub(crate) fn matches(filter: &AttemptFilter, (row, needs_attention): &(Attempt, bool)) -> bool {
    let text = search_text(Searchable {
        name: &row.client.name,
        phone: row.client.phone.as_deref(),
        email: row.client.email.as_deref(),
        order_number: &row.order_number,
        bank_order_id: row.bank_order_id.as_deref(),
        rrn: row.rrn.as_deref(),
    });
    let says = |terms: &Vec<String>| terms.iter().all(|term| text.contains(term.as_str()));
    let listed = |list: &[String], value: &str| list.is_empty() || list.iter().any(|one| one == value);
    let state = &row.state;
    (filter.readings.is_empty() || filter.readings.iter().any(says))
        && listed(&filter.payment_types, &row.payment_type)
        && listed(&filter.merchants, &row.merchant)
        && listed(&filter.banks, &row.bank)
        && listed(&filter.bank_accounts, &row.bank_account)
        && (filter.bank_statuses.is_empty() || filter.bank_statuses.contains(&state.bank_status))
        && (filter.crm_statuses.is_empty() || filter.crm_statuses.contains(&state.crm_status))
        && filter.created_from.is_none_or(|from| row.created_at >= from)
        && filter.created_to.is_none_or(|to| row.created_at < to)
        && filter.amount_from.is_none_or(|from| state.amount.amount >= from)
        && filter.amount_to.is_none_or(|to| state.amount.amount <= to)
        && filter
            .needs_attention
            .is_none_or(|wanted| wanted == *needs_attention)
        && filter
            .lost_callback
            .is_none_or(|wanted| wanted == state.facts.lost_callback())
}
