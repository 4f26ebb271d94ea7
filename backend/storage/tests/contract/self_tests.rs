//! Self-tests of callback addresses.

use std::sync::Arc;

use sverka_app::ports::bank::AccountKey;
use sverka_app::ports::store::{SelfTest, SelfTestCode, SelfTestResult};
use sverka_domain::ids::{NotificationId, SelfTestId};

use crate::harness::World;
use crate::samples::{account, at, digest, id, notification};

fn test(n: u128) -> SelfTest {
    SelfTest {
        id: SelfTestId(id(n)),
        account: account(),
        order_number: format!("sverka-self-test-{n}"),
        at: at(i64::try_from(n).unwrap()),
        asked_by: "7".to_owned(),
        sent_to: "https://pay.example.ru/callbacks/sber/main".to_owned(),
        signed: true,
        notification_id: None,
        genuine: false,
        result: None,
    }
}

fn ended() -> SelfTestResult {
    SelfTestResult {
        code: SelfTestCode::WrongAnswer,
        detail: Some("почему".to_owned()),
        http_status: Some(502),
        took_ms: 17,
    }
}

pub(crate) async fn every_field_of_a_self_test_comes_back(world: Arc<World>) {
    world
        .write(|tx| {
            tx.notifications()
                .receive(&notification(9), &digest(9))
                .map(|_| ())
        })
        .await;
    let full = SelfTest {
        notification_id: Some(NotificationId(id(9))),
        genuine: true,
        result: Some(ended()),
        ..test(1)
    };
    let bare = SelfTest {
        result: Some(SelfTestResult {
            code: SelfTestCode::Unreachable,
            detail: None,
            http_status: None,
            took_ms: 0,
        }),
        signed: false,
        ..test(2)
    };
    for kept in [full, bare, test(3)] {
        let row = kept.clone();
        world.write(move |tx| tx.self_tests().insert(&row)).await;
        let key = kept.id;
        assert_eq!(world.read(move |tx| tx.self_tests().get(key)).await, Some(kept));
    }
    assert_eq!(
        world.read(|tx| tx.self_tests().get(SelfTestId(id(4)))).await,
        None
    );
}

pub(crate) async fn the_first_arrival_of_a_self_test_stays(world: Arc<World>) {
    world
        .write(|tx| {
            tx.notifications().receive(&notification(8), &digest(8))?;
            tx.notifications().receive(&notification(9), &digest(9))?;
            tx.self_tests().insert(&test(1))
        })
        .await;
    let other = AccountKey {
        account: "other".to_owned(),
        ..account()
    };
    for (key, number, expected) in [
        (account(), "sverka-self-test-1", true),
        (account(), "sverka-self-test-2", false),
        (other, "sverka-self-test-1", false),
    ] {
        let known = world
            .write(move |tx| {
                let known = tx.self_tests().is_known(&key, number)?;
                let arrived = tx
                    .self_tests()
                    .arrived(&key, number, NotificationId(id(8)), true)?;
                assert_eq!(known, arrived);
                Ok(known)
            })
            .await;
        assert_eq!(known, expected, "{number}");
    }
    let again = world
        .write(|tx| {
            tx.self_tests()
                .arrived(&account(), "sverka-self-test-1", NotificationId(id(9)), false)
        })
        .await;
    assert!(again);
    let kept = world
        .read(|tx| tx.self_tests().get(SelfTestId(id(1))))
        .await
        .unwrap();
    assert_eq!(
        (kept.notification_id, kept.genuine),
        (Some(NotificationId(id(8))), true)
    );
}

pub(crate) async fn the_last_self_test_is_one_that_ended(world: Arc<World>) {
    world
        .write(|tx| {
            for n in 1..=3 {
                tx.self_tests().insert(&test(n))?;
            }
            Ok(())
        })
        .await;
    assert_eq!(world.read(|tx| tx.self_tests().last(&account())).await, None);
    for n in [2, 1] {
        world
            .write(move |tx| tx.self_tests().finish(SelfTestId(id(n)), &ended()))
            .await;
        let last = world.read(|tx| tx.self_tests().last(&account())).await.unwrap();
        assert_eq!((last.id, last.result), (SelfTestId(id(2)), Some(ended())));
    }
    world
        .refused(|tx| tx.self_tests().finish(SelfTestId(id(9)), &ended()))
        .await;
}
