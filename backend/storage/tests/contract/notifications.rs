//! Notifications: kept once, raw, and found again.

use std::sync::Arc;

use sverka_app::ports::bank::{AccountKey, RawCallback};
use sverka_app::ports::store::{
    AccountHealth, Notification, NotificationVerdict as Verdict, Received, StoreError,
};
use sverka_domain::ids::{AttemptId, NotificationId};

use crate::harness::World;
use crate::samples::{account, at, attempt, digest, id, notification, paid};

fn other() -> AccountKey {
    AccountKey {
        account: "other".to_owned(),
        ..account()
    }
}

fn ids(notifications: &[Notification]) -> Vec<u128> {
    notifications
        .iter()
        .map(|one| one.id.0.as_u128() - id(0).as_u128())
        .collect()
}

pub(crate) async fn every_field_of_a_notification_comes_back(world: Arc<World>) {
    world.write(|tx| tx.attempts().insert(&attempt(9), false)).await;
    let bare = Notification {
        order_number: None,
        bank_order_id: None,
        raw: RawCallback {
            from: None,
            ..notification(2).raw
        },
        attempt_id: Some(AttemptId(id(9))),
        ..notification(2)
    };
    for (kept, key) in [(notification(1), digest(1)), (bare, digest(2))] {
        let row = kept.clone();
        let received = world
            .write(move |tx| tx.notifications().receive(&row, &key))
            .await;
        assert_eq!(received, Received::New);
        let key = kept.id;
        assert!(world.read(move |tx| tx.notifications().get(key)).await == Some(kept));
    }
    assert!(
        world
            .read(|tx| tx.notifications().get(NotificationId(id(3))))
            .await
            .is_none()
    );
}

pub(crate) async fn the_very_same_is_counted_and_not_kept_again(world: Arc<World>) {
    world
        .write(|tx| tx.notifications().receive(&notification(1), &digest(1)))
        .await;
    world
        .write(|tx| {
            tx.notifications()
                .settle(NotificationId(id(1)), Verdict::Orphan, None)
        })
        .await;
    for _ in 0..2 {
        let again = world
            .write(|tx| tx.notifications().receive(&notification(2), &digest(1)))
            .await;
        let expected = Received::Repeat {
            id: NotificationId(id(1)),
            verdict: Verdict::Orphan,
        };
        assert_eq!(again, expected);
    }
    let kept = world
        .read(|tx| tx.notifications().get(NotificationId(id(1))))
        .await
        .unwrap();
    assert_eq!(kept.repeats, 2);
    assert!(
        world
            .read(|tx| tx.notifications().get(NotificationId(id(2))))
            .await
            .is_none()
    );
    // Another account may get the same bytes.
    let elsewhere = Notification {
        account: other(),
        ..notification(2)
    };
    let received = world
        .write(move |tx| tx.notifications().receive(&elsewhere, &digest(1)))
        .await;
    assert_eq!(received, Received::New);
}

pub(crate) async fn of_many_that_come_at_once_one_is_new(world: Arc<World>) {
    let all: Vec<_> = (1..=16)
        .map(|n| {
            let world = world.clone();
            tokio::spawn(async move {
                world
                    .write(move |tx| tx.notifications().receive(&notification(n), &digest(1)))
                    .await
            })
        })
        .collect();
    let mut new = 0;
    for one in all {
        new += usize::from(one.await.unwrap() == Received::New);
    }
    assert_eq!(new, 1);
}

pub(crate) async fn a_notification_is_settled(world: Arc<World>) {
    world.write(|tx| tx.attempts().insert(&attempt(9), false)).await;
    world
        .write(|tx| tx.notifications().receive(&notification(1), &digest(1)))
        .await;
    for (verdict, whose) in [
        (Verdict::Accepted, Some(AttemptId(id(9)))),
        (Verdict::Ignored, None),
    ] {
        world
            .write(move |tx| tx.notifications().settle(NotificationId(id(1)), verdict, whose))
            .await;
        let kept = world
            .read(|tx| tx.notifications().get(NotificationId(id(1))))
            .await
            .unwrap();
        assert_eq!((kept.verdict, kept.attempt_id), (verdict, whose));
    }
    let refused = world
        .refused(|tx| {
            tx.notifications()
                .settle(NotificationId(id(2)), Verdict::Accepted, None)
        })
        .await;
    assert!(matches!(refused, StoreError::Failed(_)), "{refused:?}");
}

pub(crate) async fn orphans_are_found_by_either_number_oldest_first(world: Arc<World>) {
    world
        .write(|tx| {
            let rows = [
                (1, Some("A"), None, Verdict::Orphan, account()),
                (2, None, Some("x"), Verdict::Received, account()),
                (3, Some("A"), Some("x"), Verdict::Orphan, account()),
                (4, Some("A"), None, Verdict::Accepted, account()),
                (5, Some("A"), None, Verdict::Rejected, account()),
                (6, Some("B"), Some("y"), Verdict::Orphan, account()),
                (7, Some("A"), Some("x"), Verdict::Orphan, other()),
                (8, None, None, Verdict::Orphan, account()),
            ];
            for (n, order, bank, verdict, account) in rows {
                let row = Notification {
                    order_number: order.map(str::to_owned),
                    bank_order_id: bank.map(str::to_owned),
                    verdict,
                    account,
                    received_at: at(100 - i64::try_from(n).unwrap()),
                    ..notification(n)
                };
                tx.notifications()
                    .receive(&row, &digest(u8::try_from(n).unwrap()))?;
            }
            Ok(())
        })
        .await;
    for (order, bank, expected) in [
        ("A", Some("x"), vec![3, 2, 1]),
        ("A", None, vec![3, 1]),
        ("C", Some("x"), vec![3, 2]),
        ("C", None, vec![]),
    ] {
        let found = world
            .read(move |tx| tx.notifications().orphans(&account(), order, bank))
            .await;
        assert_eq!(ids(&found), expected, "{order} {bank:?}");
    }
    let waiting = |before, limit| {
        let world = world.clone();
        async move {
            ids(&world
                .read(move |tx| tx.notifications().unprocessed(at(before), limit))
                .await)
        }
    };
    assert_eq!(waiting(99, 9).await, [2]);
    assert_eq!(waiting(98, 9).await, [0_u128; 0]);
    assert_eq!(waiting(99, 0).await, [0_u128; 0]);
}

pub(crate) async fn the_health_of_an_account_is_told(world: Arc<World>) {
    let empty = world
        .read(|tx| tx.notifications().health(&account(), at(0)))
        .await;
    assert_eq!(empty, AccountHealth::default());
    world
        .write(|tx| {
            let rows = [
                (1, Verdict::Rejected),
                (2, Verdict::Orphan),
                (3, Verdict::Accepted),
                (4, Verdict::Mismatch),
                (5, Verdict::Ignored),
                (6, Verdict::Rejected),
                (7, Verdict::Orphan),
                (8, Verdict::Received),
            ];
            for (n, verdict) in rows {
                let row = Notification {
                    verdict,
                    ..notification(n)
                };
                tx.notifications()
                    .receive(&row, &digest(u8::try_from(n).unwrap()))?;
            }
            let elsewhere = Notification {
                account: other(),
                verdict: Verdict::Rejected,
                ..notification(99)
            };
            tx.notifications().receive(&elsewhere, &digest(99))?;
            for (n, paid_at, told) in [(1, 1, false), (2, 5, false), (3, 6, true), (4, 7, false)] {
                tx.attempts()
                    .insert(&paid(attempt(n), at(paid_at), told), false)?;
            }
            tx.attempts().insert(&attempt(5), false)
        })
        .await;
    let health = world
        .read(|tx| tx.notifications().health(&account(), at(5)))
        .await;
    let expected = AccountHealth {
        last_notification_at: Some(at(8)),
        last_good_at: Some(at(5)),
        last_rejected_at: Some(at(6)),
        last_orphan_at: Some(at(7)),
        rejected: 1,
        orphans: 1,
        lost: 2,
        paid: 3,
    };
    assert_eq!(health, expected);
    assert_eq!(
        world
            .read(|tx| tx.notifications().count_rejected(&account(), at(1)))
            .await,
        2
    );
    assert_eq!(
        world
            .read(|tx| tx.notifications().count_rejected(&account(), at(7)))
            .await,
        0
    );
}
