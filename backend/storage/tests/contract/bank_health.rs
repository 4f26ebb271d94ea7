//! How the banks answer, shared by all workers.

use std::sync::Arc;

use sverka_app::ports::bank::AccountKey;
use sverka_app::ports::store::BankHealth;

use crate::harness::World;
use crate::samples::{account, at};

pub(crate) async fn how_a_bank_answers_is_its_default_until_it_is_written(world: Arc<World>) {
    let read = async |key: AccountKey| world.read(move |tx| tx.bank_healths().get(&key)).await;
    assert_eq!(read(account()).await, BankHealth::default());
    let worst = BankHealth {
        failures: 7,
        rest_until: Some(at(60)),
    };
    for health in [worst, BankHealth::default()] {
        world
            .write(move |tx| tx.bank_healths().save(&account(), health))
            .await;
        assert_eq!(read(account()).await, health);
    }
    let other = AccountKey {
        account: "second".to_owned(),
        ..account()
    };
    assert_eq!(read(other).await, BankHealth::default());
}

pub(crate) async fn failures_of_a_bank_are_counted_one_after_the_other(world: Arc<World>) {
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let world = Arc::clone(&world);
        workers.spawn(async move {
            world
                .write(|tx| {
                    let mut health = tx.bank_healths().get(&account())?;
                    health.failures += 1;
                    tx.bank_healths().save(&account(), health)
                })
                .await;
        });
    }
    workers.join_all().await;
    let health = world.read(|tx| tx.bank_healths().get(&account())).await;
    assert_eq!(health.failures, 8);
}
