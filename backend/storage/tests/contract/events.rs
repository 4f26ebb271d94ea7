//! Timelines: added to, read newest first, never changed.

use std::sync::Arc;

use serde_json::json;
use sverka_app::ports::store::{
    Actor, ActorKind, Cursor, Event, EventKind, EventSource, Page, StoreError, Total,
};
use sverka_domain::ids::{AttemptId, DeliveryId, NotificationId};
use sverka_domain::status::{BankStatus, CrmStatus};

use crate::harness::World;
use crate::samples::{at, attempt, begun, delivery, digest, event, everything, id, notification};

fn full_event(n: u128, of: u128) -> Event {
    Event {
        kind: EventKind::DeliverySent,
        source: EventSource::Delivery,
        actor: Actor {
            kind: ActorKind::User,
            id: Some(id(5).to_string()),
            name: Some("Пётр".to_owned()),
        },
        bank_status: Some((BankStatus::Created, BankStatus::Paid)),
        crm_status: Some((CrmStatus::Queued, CrmStatus::InDoubt)),
        reason: Some("клиент показал чек".to_owned()),
        document_ref: Some("ПКО-1".to_owned()),
        notification_id: Some(NotificationId(id(30))),
        delivery: Some((DeliveryId(id(40)), 2)),
        details: json!({"код": -100, "x": "\u{0}"}).as_object().unwrap().clone(),
        ..event(n, of)
    }
}

/// Two attempts (1 and 2), a notification (30), a delivery (40) and its first two tries.
async fn background(world: &World) {
    world
        .write(|tx| {
            tx.attempts().insert(&attempt(1), false)?;
            tx.attempts().insert(&attempt(2), false)?;
            tx.notifications().receive(&notification(30), &digest(1))?;
            tx.deliveries().insert(&delivery(40, 1))?;
            tx.deliveries()
                .begin_try(AttemptId(id(1)), &begun(&delivery(40, 1), 1))?;
            tx.deliveries()
                .begin_try(AttemptId(id(1)), &begun(&delivery(40, 1), 2))
        })
        .await;
}

pub(crate) async fn every_field_of_an_entry_comes_back_with_what_is_behind_it(world: Arc<World>) {
    background(&world).await;
    let unsent = Event {
        delivery: Some((DeliveryId(id(40)), 0)),
        notification_id: None,
        ..full_event(12, 1)
    };
    let entries = [event(10, 1), full_event(11, 1), unsent];
    let rows = entries.clone();
    world
        .write(move |tx| rows.iter().try_for_each(|row| tx.events().append(row)))
        .await;
    world.write(|tx| tx.events().append(&event(13, 2))).await;
    let listed = world
        .read(|tx| tx.events().list(AttemptId(id(1)), everything()))
        .await;
    let [plain, full, unsent] = entries;
    let its_try = begun(&delivery(40, 1), 2);
    assert!(
        listed
            == [
                (unsent, None, None),
                (full, Some(notification(30)), Some(its_try)),
                (plain, None, None),
            ]
    );
}

pub(crate) async fn a_timeline_is_read_page_by_page(world: Arc<World>) {
    background(&world).await;
    world
        .write(|tx| {
            for (n, seconds) in [(11, 5), (15, 5), (12, 5), (14, 9), (13, 1)] {
                let row = Event {
                    at: at(seconds),
                    ..event(n, 1)
                };
                tx.events().append(&row)?;
            }
            Ok(())
        })
        .await;
    for limit in 1..=6 {
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page = world
                .read(move |tx| tx.events().list(AttemptId(id(1)), Page { after, limit }))
                .await;
            after = page.last().map(|(row, ..)| Cursor {
                at: row.at,
                id: row.id.0,
            });
            seen.extend(page.into_iter().map(|(row, ..)| row.id.0));
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, [14, 15, 12, 11, 13].map(id), "{limit}");
    }
    for (cap, total) in [
        (5, Total::Exactly(5)),
        (4, Total::AtLeast(4)),
        (9, Total::Exactly(5)),
    ] {
        assert_eq!(
            world
                .read(move |tx| tx.events().count(AttemptId(id(1)), cap))
                .await,
            total
        );
    }
    assert_eq!(
        world.read(|tx| tx.events().count(AttemptId(id(2)), 9)).await,
        Total::Exactly(0)
    );
}

pub(crate) async fn an_entry_is_never_changed_or_removed(world: Arc<World>) {
    background(&world).await;
    world.write(|tx| tx.events().append(&event(10, 1))).await;
    let mut attempts = vec![
        "update attempt_events set reason = 'x'",
        "delete from attempt_events",
    ];
    if world.database.is_postgres() {
        attempts.push("truncate attempt_events");
    }
    for sql in attempts {
        let refused = world.database.try_sql(sql).unwrap_err();
        assert!(refused.contains("append-only"), "{sql}: {refused}");
    }
    let twice = world.refused(|tx| tx.events().append(&event(10, 1))).await;
    assert!(matches!(twice, StoreError::Failed(_)), "{twice:?}");
    let listed = world
        .read(|tx| tx.events().list(AttemptId(id(1)), everything()))
        .await;
    assert!(listed == [(event(10, 1), None, None)]);
}

pub(crate) async fn an_entry_needs_its_attempt(world: Arc<World>) {
    let refused = world.refused(|tx| tx.events().append(&event(10, 1))).await;
    assert!(matches!(refused, StoreError::Failed(_)), "{refused:?}");
}
