//! Raw notifications that are old enough to be dropped.

use std::sync::Arc;

use sverka_app::ports::bank::RawCallback;
use sverka_app::ports::store::NotificationVerdict::{Accepted, Orphan, Received as Unprocessed, Rejected};
use sverka_app::ports::store::{Event, Notification, NotificationVerdict, Received};
use sverka_domain::ids::{AttemptId, NotificationId};

use crate::harness::World;
use crate::samples::{at, attempt, digest, event, everything, id, notification};

type Kept = (u128, NotificationVerdict, Option<AttemptId>);

/// Those that are kept: of the ninth attempt, of nobody, and of one that a person has to look at.
fn rows() -> [Kept; 7] {
    let own = Some(AttemptId(id(9)));
    [
        (1, Accepted, own),
        (2, Unprocessed, None),
        (3, Orphan, None),
        (4, Rejected, None),
        (5, Accepted, Some(AttemptId(id(20)))),
        (6, Accepted, own),
        (7, Accepted, own),
    ]
}

async fn take_in(world: &World) {
    world
        .write(move |tx| {
            tx.attempts().insert(&attempt(9), false)?;
            tx.attempts().insert(&attempt(20), true)?;
            for (n, verdict, attempt_id) in rows() {
                let row = Notification {
                    verdict,
                    attempt_id,
                    ..notification(n)
                };
                tx.notifications()
                    .receive(&row, &digest(u8::try_from(n).unwrap()))?;
                tx.notifications().settle(row.id, verdict, attempt_id)?;
            }
            tx.events().append(&Event {
                notification_id: Some(NotificationId(id(1))),
                ..event(1, 9)
            })
        })
        .await;
}

/// What is left of one.
fn expected((n, verdict, attempt_id): Kept, is_dropped: bool) -> Notification {
    let whole = notification(n);
    let raw = if is_dropped {
        RawCallback {
            query: String::new(),
            body: Vec::new(),
            headers: Vec::new(),
            from: None,
            ..whole.raw
        }
    } else {
        whole.raw
    };
    Notification {
        raw,
        verdict,
        attempt_id,
        raw_dropped_at: is_dropped.then(|| at(1_000)),
        ..notification(n)
    }
}

pub(crate) async fn the_raw_form_of_old_ones_is_dropped_and_everything_else_stays(world: Arc<World>) {
    take_in(&world).await;
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

    for row in rows() {
        let key = NotificationId(id(row.0));
        let kept = world.read(move |tx| tx.notifications().get(key)).await;
        let kept = kept.expect("the row stays");
        assert!(kept == expected(row, [1, 4, 6].contains(&row.0)), "{}", row.0);
    }
    let timeline = world
        .read(|tx| tx.events().list(AttemptId(id(9)), everything()))
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
