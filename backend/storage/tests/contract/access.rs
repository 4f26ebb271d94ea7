//! Users, sessions and keys; answers to repeat.

use std::sync::Arc;

use sverka_app::ports::store::{ApiKey, Remembered, Session, StoreError, User};
use sverka_domain::ids::{ApiKeyId, AttemptId, SessionId, UserId};
use sverka_domain::role::Role;

use crate::harness::World;
use crate::samples::{at, attempt, digest, id};

fn user(n: u128, email: &str) -> User {
    User {
        id: UserId(id(n)),
        email: email.to_owned(),
        name: "Пётр Ёлкин".to_owned(),
        role: Role::Operator,
        password_hash: "$argon2id$v=19$…".to_owned(),
        created_at: at(1),
    }
}

fn session(n: u8, expires: i64) -> Session {
    Session {
        id: SessionId(id(u128::from(n))),
        user_id: UserId(id(1)),
        token_hash: digest(n),
        previous: None,
        created_at: at(1),
        expires_at: at(expires),
    }
}

fn key(n: u8, name: &str) -> ApiKey {
    ApiKey {
        id: ApiKeyId(id(u128::from(n))),
        name: name.to_owned(),
        role: Role::Integrator,
        key_hash: digest(n),
        created_at: at(1),
        revoked_at: None,
    }
}

pub(crate) async fn a_user_is_kept_and_changed(world: Arc<World>) {
    world
        .write(|tx| tx.access().add_user(&user(1, "a@пример.рф")))
        .await;
    let taken = world
        .refused(|tx| tx.access().add_user(&user(2, "a@пример.рф")))
        .await;
    assert!(matches!(taken, StoreError::Taken("email")), "{taken:?}");
    let changed = User {
        name: "Анна".to_owned(),
        role: Role::Admin,
        password_hash: "другой".to_owned(),
        ..user(1, "a@пример.рф")
    };
    let row = changed.clone();
    world.write(move |tx| tx.access().save_user(&row)).await;
    assert!(world.read(|tx| tx.access().user(UserId(id(1)))).await.as_ref() == Some(&changed));
    assert!(world.read(|tx| tx.access().user_by_email("a@пример.рф")).await == Some(changed));
    assert!(
        world
            .read(|tx| tx.access().user_by_email("A@пример.рф\0"))
            .await
            .is_none()
    );
    assert!(world.read(|tx| tx.access().user(UserId(id(3)))).await.is_none());
    let missing = world
        .refused(|tx| tx.access().save_user(&user(3, "c@example.com")))
        .await;
    assert!(matches!(missing, StoreError::Failed(_)), "{missing:?}");
}

pub(crate) async fn a_session_is_found_by_its_newest_and_its_previous_token(world: Arc<World>) {
    world
        .write(|tx| tx.access().add_user(&user(1, "a@example.com")))
        .await;
    world.write(|tx| tx.access().add_session(&session(1, 100))).await;
    world
        .write(|tx| {
            let mut found = tx.access().session_by_token(&digest(1))?.unwrap();
            found.previous = Some((found.token_hash, at(30)));
            found.token_hash = digest(9);
            tx.access().save_session(&found)
        })
        .await;
    let expected = Session {
        token_hash: digest(9),
        previous: Some((digest(1), at(30))),
        ..session(1, 100)
    };
    for token in [1, 9] {
        let found = world
            .read(move |tx| tx.access().session_by_token(&digest(token)))
            .await;
        assert!(found.as_ref() == Some(&expected));
    }
    assert!(
        world
            .read(|tx| tx.access().session_by_token(&digest(2)))
            .await
            .is_none()
    );
}

pub(crate) async fn sessions_end_one_by_one_all_at_once_and_by_themselves(world: Arc<World>) {
    world
        .write(|tx| {
            tx.access().add_user(&user(1, "a@example.com"))?;
            (1..=4).try_for_each(|n| tx.access().add_session(&session(n, i64::from(n) * 10)))
        })
        .await;
    world.write(|tx| tx.access().end_session(SessionId(id(4)))).await;
    assert_eq!(world.write(|tx| tx.access().forget_sessions(at(20))).await, 1);
    let left = |n| {
        let world = world.clone();
        async move {
            world
                .read(move |tx| tx.access().session_by_token(&digest(n)))
                .await
                .is_some()
        }
    };
    assert_eq!(
        [left(1).await, left(2).await, left(3).await, left(4).await],
        [false, true, true, false]
    );
    world.write(|tx| tx.access().end_sessions_of(UserId(id(1)))).await;
    assert!(!left(2).await && !left(3).await);
    let ended = world
        .refused(|tx| tx.access().save_session(&session(2, 99)))
        .await;
    assert!(matches!(ended, StoreError::Stale), "{ended:?}");
}

pub(crate) async fn an_api_key_is_found_until_and_after_it_is_revoked(world: Arc<World>) {
    world
        .write(|tx| tx.access().add_api_key(&key(1, "приложение")))
        .await;
    let taken = world
        .refused(|tx| tx.access().add_api_key(&key(2, "приложение")))
        .await;
    assert!(matches!(taken, StoreError::Taken("name")), "{taken:?}");
    assert!(world.read(|tx| tx.access().api_key_by_hash(&digest(1))).await == Some(key(1, "приложение")));
    for at_seconds in [5, 9] {
        assert!(
            world
                .write(move |tx| tx.access().revoke_api_key("приложение", at(at_seconds)))
                .await
        );
    }
    let revoked = world
        .read(|tx| tx.access().api_key_by_hash(&digest(1)))
        .await
        .unwrap();
    assert_eq!(revoked.revoked_at, Some(at(5)), "the first revocation stays");
    assert!(!world.write(|tx| tx.access().revoke_api_key("нет", at(5))).await);
    assert!(
        world
            .read(|tx| tx.access().api_key_by_hash(&digest(2)))
            .await
            .is_none()
    );
}

pub(crate) async fn an_answer_is_given_again_and_then_forgotten(world: Arc<World>) {
    let remembered = |caller: &str, seconds| Remembered {
        caller: caller.to_owned(),
        key: "ключ".to_owned(),
        request_hash: digest(3),
        attempt_id: AttemptId(id(1)),
        answer: vec![b'{', 0, 0xff],
        created_at: at(seconds),
    };
    world.write(|tx| tx.attempts().insert(&attempt(1), false)).await;
    let (mine, yours) = (remembered("я", 1), remembered("ты", 2));
    let rows = [mine.clone(), yours.clone()];
    world
        .write(move |tx| rows.iter().try_for_each(|row| tx.idempotency().remember(row)))
        .await;
    let again = mine.clone();
    let taken = world.refused(move |tx| tx.idempotency().remember(&again)).await;
    assert!(matches!(taken, StoreError::Taken("idempotency_key")), "{taken:?}");
    assert_eq!(
        world.read(|tx| tx.idempotency().find("я", "ключ")).await,
        Some(mine)
    );
    assert_eq!(world.read(|tx| tx.idempotency().find("я", "другой")).await, None);
    assert_eq!(world.write(|tx| tx.idempotency().forget(at(2))).await, 1);
    assert_eq!(world.read(|tx| tx.idempotency().find("я", "ключ")).await, None);
    assert_eq!(
        world.read(|tx| tx.idempotency().find("ты", "ключ")).await,
        Some(yours)
    );
}
