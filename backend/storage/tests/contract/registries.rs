//! Registries: seen when complete, compared by many lines at once, cleaned up when their load died.

use std::sync::Arc;

use sverka_app::ports::store::{
    Actor, ActorKind, LineCounts, LineFilter, Page, Registry, RegistryLine, RegistrySource, StoreError, Total,
};
use sverka_domain::ids::{AttemptId, RegistryId};
use sverka_domain::money::Currency;
use sverka_domain::registry::{
    Columns, Decimal, Declared, Kinds, Line, LineKind, LineResult, Mapping, Problem, ProblemCode, Sums,
};

use crate::harness::World;
use crate::samples::{account, at, attempt, digest, everything, id, paid, roubles};

fn registry(n: u128) -> Registry {
    Registry {
        id: RegistryId(id(n)),
        account: account(),
        source: RegistrySource::File {
            name: Some("реестр.csv".to_owned()),
            digest: digest(u8::try_from(n).unwrap()),
        },
        layout: "saved:наш".to_owned(),
        period: Some((at(0), at(86_400))),
        loaded_at: at(i64::try_from(n).unwrap()),
        loaded_by: Actor {
            kind: ActorKind::User,
            id: Some("7".to_owned()),
            name: Some("Мария".to_owned()),
        },
        lines: 3,
        counts: LineCounts {
            matched: 1,
            healed: 2,
            differs: 3,
            no_attempt: 4,
            missing: 5,
            noted: 6,
        },
        currency: Currency::RUB,
        sums: Sums {
            payments: 450_000,
            refunds: 100,
            other: -50,
            fees: -7,
        },
        declared: Declared {
            payments: Some(450_000),
            refunds: None,
            fees: Some(-7),
            payout: Some(1),
            lines: Some(3),
        },
        adds_up: Some(false),
    }
}

fn line(position: u64, of: Option<u128>, result: LineResult) -> RegistryLine {
    RegistryLine {
        position,
        number: Some(position),
        line: Line {
            kind: LineKind::Payment,
            bank_order_id: Some(format!("b-{position}")),
            order_number: Some(format!("A-{position}\"'\\ ё")),
            rrn: Some("430000000001".to_owned()),
            amount: roubles(4_500),
            fee: Some(-7),
            at: at(i64::try_from(position).unwrap()),
        },
        result,
        attempt_id: of.map(|of| AttemptId(id(of))),
        problem: (result == LineResult::Differs).then(|| Problem {
            code: ProblemCode::AmountDiffers,
            expected: Some("1.00 RUB".to_owned()),
            found: None,
        }),
    }
}

async fn begin(world: &World, registry: &Registry, lines: Vec<RegistryLine>) {
    let row = registry.clone();
    world
        .write(move |tx| {
            tx.registries().begin(&row)?;
            tx.registries().add_lines(row.id, &lines, at(50))
        })
        .await;
}

async fn complete(world: &World, registry: &Registry) {
    let row = registry.clone();
    world.write(move |tx| tx.registries().complete(&row)).await;
}

async fn all_lines(world: &World, of: RegistryId) -> Vec<RegistryLine> {
    let filter = LineFilter {
        limit: 1_000,
        ..LineFilter::default()
    };
    world.read(move |tx| tx.registry_lines().list(of, &filter)).await
}

pub(crate) async fn a_registry_is_seen_when_it_is_complete(world: Arc<World>) {
    world.write(|tx| tx.attempts().insert(&attempt(9), false)).await;
    let whole = registry(1);
    let lines = vec![
        line(2, Some(9), LineResult::Matched),
        line(3, None, LineResult::Differs),
        line(4, None, LineResult::NoAttempt),
    ];
    begin(&world, &whole, lines.clone()).await;
    let key = whole.id;
    assert!(world.read(move |tx| tx.registries().get(key)).await.is_none());
    let listed = world
        .read(|tx| tx.registries().list(None, None, everything()))
        .await;
    assert!(listed.is_empty());
    complete(&world, &whole).await;
    assert_eq!(
        world.read(move |tx| tx.registries().get(key)).await,
        Some(whole.clone())
    );
    let found = world
        .read(|tx| tx.registries().of_file(&account(), &digest(1)))
        .await;
    assert_eq!(found, Some(whole.clone()));
    assert_eq!(all_lines(&world, whole.id).await, lines);

    let pulled = Registry {
        source: RegistrySource::Bank,
        period: None,
        declared: Declared::default(),
        adds_up: None,
        ..registry(2)
    };
    begin(&world, &pulled, Vec::new()).await;
    complete(&world, &pulled).await;
    let page = Page {
        after: None,
        limit: 1,
    };
    let newest = world
        .read(move |tx| tx.registries().list(Some("sber"), Some("main"), page))
        .await;
    assert_eq!(newest, [pulled]);
    let count = |bank: &'static str| world.read(move |tx| tx.registries().count(Some(bank), None, 10));
    assert_eq!(count("sber").await, Total::Exactly(2));
    assert_eq!(count("other").await, Total::Exactly(0));
}

pub(crate) async fn the_same_file_is_complete_once(world: Arc<World>) {
    let (first, second) = (
        registry(1),
        Registry {
            source: registry(1).source,
            ..registry(2)
        },
    );
    begin(&world, &first, Vec::new()).await;
    begin(&world, &second, Vec::new()).await;
    complete(&world, &first).await;
    let row = second.clone();
    let refused = world.refused(move |tx| tx.registries().complete(&row)).await;
    assert!(matches!(refused, StoreError::Taken("registry")), "{refused}");
    assert!(
        world
            .write(move |tx| tx.registries().discard(second.id, 10))
            .await
    );
    let refused = world
        .refused(move |tx| tx.registries().complete(&registry(2)))
        .await;
    assert!(matches!(refused, StoreError::Stale), "{refused}");
}

pub(crate) async fn a_dead_load_is_found_and_removed(world: Arc<World>) {
    let dead = registry(1);
    let lines = (2..12)
        .map(|nth| line(nth, None, LineResult::NoAttempt))
        .collect();
    begin(&world, &dead, lines).await;
    let abandoned = |before| world.read(move |tx| tx.registries().abandoned(at(before)));
    assert!(abandoned(50).await.is_empty());
    assert_eq!(abandoned(51).await, [dead.id]);
    let discard = |limit| world.write(move |tx| tx.registries().discard(registry(1).id, limit));
    assert!(!discard(6).await);
    assert_eq!(all_lines(&world, dead.id).await.len(), 4);
    assert!(discard(6).await);
    assert!(discard(6).await, "it is gone already");
    assert!(abandoned(51).await.is_empty());
    let late = world
        .refused(|tx| {
            tx.registries()
                .add_lines(registry(1).id, &[line(13, None, LineResult::Noted)], at(60))
        })
        .await;
    assert!(matches!(late, StoreError::Stale), "{late}");
    let whole = registry(2);
    begin(&world, &whole, vec![line(2, None, LineResult::Noted)]).await;
    complete(&world, &whole).await;
    assert!(world.write(move |tx| tx.registries().discard(whole.id, 10)).await);
    assert_eq!(
        all_lines(&world, whole.id).await.len(),
        1,
        "what is complete is never discarded"
    );
}

pub(crate) async fn what_is_paid_in_the_period_and_not_listed_is_missing(world: Arc<World>) {
    world
        .write(|tx| {
            for (n, seconds) in [(1, 10), (2, 20), (3, 30), (4, 86_400), (5, -1)] {
                tx.attempts()
                    .insert(&paid(attempt(n), at(seconds), true), false)?;
            }
            tx.attempts().insert(&attempt(6), false)
        })
        .await;
    let whole = registry(100);
    let lines = vec![line(2, Some(2), LineResult::Matched)];
    begin(&world, &whole, lines).await;
    let row = whole.clone();
    let added = world
        .write(move |tx| tx.registries().add_missing(&row, (at(0), at(86_400)), 2))
        .await;
    assert_eq!(added, 2);
    let found = all_lines(&world, whole.id).await;
    let short: Vec<_> = found
        .iter()
        .map(|line| (line.position, line.number, line.attempt_id, line.result))
        .collect();
    let missing = |position, n| (position, None, Some(AttemptId(id(n))), LineResult::Missing);
    assert_eq!(short[1..], [missing(3, 1), missing(4, 3)]);
    let key = whole.id;
    let one = world
        .read(move |tx| tx.registry_lines().missing(key, AttemptId(id(3))))
        .await
        .unwrap();
    assert_eq!(one.line.order_number.as_deref(), Some("A-3"));
    assert_eq!(one.line.at, at(30));
}

pub(crate) async fn attempts_are_found_by_what_lines_name_them_by(world: Arc<World>) {
    world
        .write(|tx| {
            for n in 1..=5_u128 {
                let mut one = attempt(n);
                one.bank_order_id = (n == 1).then(|| "b-1".to_owned());
                one.rrn = (n == 2).then(|| "r-2".to_owned());
                if n == 5 {
                    "other".clone_into(&mut one.bank_account);
                }
                tx.attempts().insert(&one, false)?;
            }
            Ok(())
        })
        .await;
    let named = |bank_order_id: Option<&str>, rrn: Option<&str>, order_number: Option<&str>| Line {
        bank_order_id: bank_order_id.map(str::to_owned),
        rrn: rrn.map(str::to_owned),
        order_number: order_number.map(str::to_owned),
        ..line(1, None, LineResult::Noted).line
    };
    let lines = vec![
        named(Some("b-1"), None, None),
        named(Some("b-9"), Some("r-2"), None),
        named(None, None, Some("A-3")),
        named(None, None, Some("A-5")),
        named(None, Some("'; --"), Some("\u{0}\"")),
    ];
    let found = world
        .read(move |tx| tx.registry_lines().candidates(&account(), &lines))
        .await;
    let mut ids: Vec<_> = found.iter().map(|one| one.id).collect();
    ids.sort();
    assert_eq!(ids, [1, 2, 3].map(|n| AttemptId(id(n))));
    assert_eq!(found[0].amount, roubles(4_500));
}

pub(crate) async fn refunds_of_complete_registries_are_told_once_a_day(world: Arc<World>) {
    world.write(|tx| tx.attempts().insert(&attempt(1), false)).await;
    let refund = |position, seconds, result| {
        let mut row = line(position, Some(1), result);
        row.line.kind = LineKind::Refund;
        row.line.at = at(seconds);
        row
    };
    let (first, second) = (registry(1), registry(2));
    let lines = vec![
        refund(2, 0, LineResult::Healed),
        refund(3, 5, LineResult::Matched),
        refund(4, 0, LineResult::Differs),
        refund(5, 86_400, LineResult::Healed),
    ];
    begin(&world, &first, lines.clone()).await;
    begin(&world, &second, lines).await;
    let told = || world.read(|tx| tx.registry_lines().refunds_elsewhere(&[AttemptId(id(1))]));
    assert!(told().await.is_empty());
    complete(&world, &first).await;
    complete(&world, &second).await;
    let mut days: Vec<_> = told()
        .await
        .into_iter()
        .map(|(_, amount, day)| (amount, day))
        .collect();
    days.sort_unstable();
    let day = at(0).as_second() / 86_400;
    assert_eq!(days, [(450_000, day), (450_000, day + 1)]);
}

pub(crate) async fn a_line_is_settled_anew(world: Arc<World>) {
    world.write(|tx| tx.attempts().insert(&attempt(9), false)).await;
    let whole = registry(1);
    begin(
        &world,
        &whole,
        vec![
            line(2, None, LineResult::NoAttempt),
            line(3, None, LineResult::Differs),
        ],
    )
    .await;
    complete(&world, &whole).await;
    let key = whole.id;
    let settled = line(3, Some(9), LineResult::Healed);
    let row = settled.clone();
    world
        .write(move |tx| {
            tx.registry_lines().settle(key, &row)?;
            tx.registries().save_counts(key, &LineCounts::default())
        })
        .await;
    let numbered = |nth| world.read(move |tx| tx.registry_lines().numbered(key, nth));
    assert_eq!(numbered(3).await, Some(settled));
    assert_eq!(numbered(9).await, None);
    assert_eq!(numbered(u64::MAX).await, None);
    let counts = world
        .read(move |tx| tx.registries().get(key))
        .await
        .unwrap()
        .counts;
    assert_eq!(counts, LineCounts::default());
    let filter = LineFilter {
        results: vec![LineResult::NoAttempt, LineResult::Healed],
        after: Some(2),
        limit: 1,
    };
    let listed = world.read(move |tx| tx.registry_lines().list(key, &filter)).await;
    assert_eq!(listed.iter().map(|line| line.position).collect::<Vec<_>>(), [3]);
}

pub(crate) async fn mappings_are_saved_by_name(world: Arc<World>) {
    let mapping = |name: &str, zone: &str| Mapping {
        name: name.to_owned(),
        bank: Some("sber".to_owned()),
        columns: Columns {
            amount: "Сумма".to_owned(),
            date: "#2".to_owned(),
            ..Columns::default()
        },
        kinds: Kinds {
            refund: vec!["Возврат".to_owned()],
            ..Kinds::default()
        },
        date_format: "%d.%m.%Y".to_owned(),
        decimal: Decimal::Minor,
        timezone: zone.to_owned(),
    };
    let put = |one: Mapping| world.write(move |tx| tx.registry_mappings().put(&one, at(1)));
    put(mapping("б", "Europe/Moscow")).await;
    put(mapping("а", "Europe/Moscow")).await;
    put(mapping("б", "Asia/Omsk")).await;
    let all = world.read(|tx| tx.registry_mappings().list()).await;
    assert_eq!(all, [mapping("а", "Europe/Moscow"), mapping("б", "Asia/Omsk")]);
    let one = world.read(|tx| tx.registry_mappings().get("б")).await;
    assert_eq!(one, Some(mapping("б", "Asia/Omsk")));
    assert!(world.write(|tx| tx.registry_mappings().remove("б")).await);
    assert!(!world.write(|tx| tx.registry_mappings().remove("б")).await);
}
