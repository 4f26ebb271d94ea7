//! Raw notifications that are old enough to be dropped.

use std::sync::Arc;

use sverka_app::ports::bank::RawCallback;
use sverka_app::ports::store::NotificationVerdict::{Accepted, Orphan, Received as Unprocessed, Rejected};
use sverka_app::ports::store::{Event, Notification, Page, Received};
use sverka_domain::ids::{AttemptId, NotificationId};

use crate::harness::World;
use crate::samples::{at, attempt, digest, event, id, notification};

pub(crate) async fn the_raw_form_of_old_ones_is_dropped_and_everything_else_stays(world: Arc<World>) {
    world
        .write(move |tx| {
            tx.attempts().insert(&attempt(9), false)?;
            tx.attempts().insert(&attempt(20), true)
        })
        .await;
    let own = Some(AttemptId(id(9)));
    let rows = [
        (1, Accepted, own),
        (2, Unprocessed, None),
        (3, Orphan, None),
        (4, Rejected, None),
        (5, Accepted, Some(AttemptId(id(20)))),
        (6, Accepted, own),
        (7, Accepted, own),
    ];
    for (n, verdict, attempt_id) in rows {
        world
            .write(move |tx| {
                let row = Notification {
                    verdict,
                    attempt_id,
                    ..notification(n)
                };
                tx.notifications()
                    .receive(&row, &digest(u8::try_from(n).unwrap()))?;
                tx.notifications().settle(row.id, verdict, attempt_id)
            })
            .await;
    }
    let told = Event {
        notification_id: Some(NotificationId(id(1))),
        ..event(1, 9)
    };
    world.write(move |tx| tx.events().append(&told)).await;

    // In steps of four; the seventh is not old enough.
    let step = async |after| {
        world
            .write(move |tx| tx.notifications().drop_raw(at(7), after, 4, at(1_000)))
            .await
    };
    let first = step(None).await;
    assert_eq!(first.count, 2, "the first and the fourth");
    let second = step(first.last).await;
    assert_eq!(second.count, 1, "the sixth");
    let third = step(second.last).await;
    assert_eq!((third.count, third.last), (0, None), "that was all");
    assert_eq!(step(None).await.count, 0, "nothing is dropped twice");

    for (n, verdict, attempt_id) in rows {
        let key = NotificationId(id(n));
        let kept = world
            .read(move |tx| tx.notifications().get(key))
            .await
            .expect("the row stays");
        let is_dropped = [1, 4, 6].contains(&n);
        assert_eq!(kept.raw_dropped_at, is_dropped.then(|| at(1_000)), "{n}");
        let raw = if is_dropped {
            RawCallback {
                query: String::new(),
                body: Vec::new(),
                headers: Vec::new(),
                from: None,
                ..notification(n).raw
            }
        } else {
            notification(n).raw
        };
        let expected = Notification {
            raw,
            verdict,
            attempt_id,
            raw_dropped_at: kept.raw_dropped_at,
            ..notification(n)
        };
        assert!(kept == expected, "{n}");
    }
    let timeline = world
        .read(|tx| {
            tx.events().list(
                AttemptId(id(9)),
                Page {
                    after: None,
                    limit: 10,
                },
            )
        })
        .await;
    let (_, link, _) = &timeline[0];
    let link = link.as_ref().expect("the entry has its notification");
    assert_eq!(link.raw_dropped_at, Some(at(1_000)));
    // The bank sends the first one again: it is known.
    let again = world
        .write(|tx| tx.notifications().receive(&notification(50), &digest(1)))
        .await;
    assert!(
        matches!(
            again,
            Received::Repeat {
                verdict: Accepted,
                ..
            }
        ),
        "{again:?}"
    );
}
