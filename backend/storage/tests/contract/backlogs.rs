//! What waits at the connections, told as a reader of everything would tell it.

use std::sync::Arc;

use sverka_app::ports::store::{Cursor, HoldFilter, Page, Stuck, Total, WaitsFor};
use sverka_domain::delivery::{Delivery, DeliveryState, Hold, HoldReason};
use sverka_domain::ids::AttemptId;

use crate::harness::World;
use crate::samples::{at, attempt, delivery, id, roubles};

/// A delivery of the attempt 100 that stands so since that second.
fn standing(n: u128, state: DeliveryState, since: i64) -> Delivery {
    let hold = (state == DeliveryState::Held).then(|| Hold {
        reason: if n.is_multiple_of(2) {
            HoldReason::Unclear
        } else {
            HoldReason::SeveralClients
        },
        since: at(since),
        documents: Vec::new(),
        clients: Vec::new(),
    });
    Delivery {
        state,
        hold,
        updated_at: at(since),
        ..delivery(n, 100)
    }
}

async fn queue(world: &World, deliveries: Vec<Delivery>) {
    world
        .write(move |tx| {
            tx.attempts().insert(&attempt(100), false)?;
            deliveries
                .iter()
                .try_for_each(|delivery| tx.deliveries().insert(delivery))
        })
        .await;
}

fn of_every_state() -> Vec<Delivery> {
    let other = Delivery {
        connection: Some("other".to_owned()),
        ..standing(9, DeliveryState::Queued, 9)
    };
    let unrouted = Delivery {
        connection: None,
        ..standing(10, DeliveryState::Queued, 10)
    };
    vec![
        standing(1, DeliveryState::Queued, 1),
        standing(2, DeliveryState::Retrying, 2),
        standing(3, DeliveryState::Sending, 3),
        standing(4, DeliveryState::InDoubt, 4),
        standing(5, DeliveryState::Held, 50),
        standing(6, DeliveryState::Held, 40),
        standing(7, DeliveryState::NeedsAttention, 45),
        standing(8, DeliveryState::Synced, 8),
        other,
        unrouted,
    ]
}

fn ids(deliveries: &[Delivery]) -> Vec<u128> {
    deliveries
        .iter()
        .map(|delivery| delivery.id.0.as_u128() - id(0).as_u128())
        .collect()
}

const ALL: Page = Page {
    after: None,
    limit: 50,
};

pub(crate) async fn what_stands_before_each_connection_is_counted(world: Arc<World>) {
    queue(&world, of_every_state()).await;
    let backlogs = world.read(|tx| tx.backlogs().backlogs()).await;
    let names: Vec<_> = backlogs.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["crm", "other"]);
    let crm = &backlogs[0].1;
    assert_eq!((crm.waiting, crm.held, crm.refused), (4, 2, 1));
    assert_eq!(crm.oldest_at, Some(at(1)));
    assert_eq!(crm.amounts, [roubles(4 * 4_500)]);
    let other = &backlogs[1].1;
    assert_eq!((other.waiting, other.held, other.refused), (1, 0, 0));
}

pub(crate) async fn what_waits_is_read_page_by_page_the_longest_first(world: Arc<World>) {
    queue(&world, of_every_state()).await;
    for (what, all) in [
        (WaitsFor::System, vec![1, 2, 3, 4]),
        (WaitsFor::Decision, vec![6, 5]),
        (WaitsFor::Mending, vec![7]),
    ] {
        let found = world
            .read(move |tx| tx.backlogs().waiting("crm", what, ALL))
            .await;
        assert_eq!(ids(&found), all, "{what}");
        let counted = world
            .read(move |tx| tx.backlogs().count_waiting("crm", what, 3))
            .await;
        let expected = match all.len() {
            4 => Total::AtLeast(3),
            few => Total::Exactly(few as u64),
        };
        assert_eq!(counted, expected, "{what}");
        let mut paged = Vec::new();
        let mut after = None;
        loop {
            let page = Page { after, limit: 1 };
            let rows = world
                .read(move |tx| tx.backlogs().waiting("crm", what, page))
                .await;
            let Some(last) = rows.last() else { break };
            let since = match what {
                WaitsFor::System => last.created_at,
                WaitsFor::Decision | WaitsFor::Mending => last.updated_at,
            };
            after = Some(Cursor {
                at: since,
                id: last.id.0,
            });
            paged.extend(ids(&rows));
        }
        assert_eq!(paged, all, "{what}");
    }
}

pub(crate) async fn holds_are_found_by_reason_and_connection(world: Arc<World>) {
    let mut double = standing(8, DeliveryState::Synced, 60);
    double.hold = standing(5, DeliveryState::Held, 60).hold;
    let mut all = of_every_state();
    all[7] = double;
    queue(&world, all).await;
    let filters = [
        (None, None, vec![6, 5, 8]),
        (Some(HoldReason::SeveralClients), None, vec![5, 8]),
        (Some(HoldReason::Unclear), Some("crm"), vec![6]),
        (Some(HoldReason::Unclear), Some("other"), vec![]),
    ];
    for (reason, connection, expected) in filters {
        let filter = HoldFilter {
            reason,
            connection: connection.map(str::to_owned),
        };
        let counted = filter.clone();
        let found = world.read(move |tx| tx.backlogs().holds(&filter, ALL)).await;
        assert_eq!(ids(&found), expected);
        let count = world
            .read(move |tx| tx.backlogs().count_holds(&counted, 100))
            .await;
        assert_eq!(count, Total::Exactly(expected.len() as u64));
    }
}

pub(crate) async fn what_waits_too_long_for_a_person_is_counted(world: Arc<World>) {
    queue(&world, of_every_state()).await;
    let stuck = |before: i64| world.read(move |tx| tx.backlogs().stuck("crm", at(before)));
    assert_eq!(stuck(39).await, None);
    let some = Stuck {
        count: 2,
        oldest_at: at(40),
    };
    assert_eq!(stuck(45).await, Some(some));
    let other = world.read(|tx| tx.backlogs().stuck("other", at(100))).await;
    assert_eq!(other, None);
}

pub(crate) async fn a_document_that_is_known_to_exist_is_found(world: Arc<World>) {
    let mut posted = standing(8, DeliveryState::Synced, 60);
    posted.document_ref = Some("ПКО-000042".to_owned());
    let mut all = of_every_state();
    all[7] = posted;
    queue(&world, all).await;
    let found = world.read(|tx| tx.backlogs().posted("crm")).await;
    assert_eq!(found.map(|found| ids(&[found])), Some(vec![8]));
    assert_eq!(world.read(|tx| tx.backlogs().posted("other")).await, None);
}

pub(crate) async fn several_attempts_are_read_at_once(world: Arc<World>) {
    queue(&world, Vec::new()).await;
    let asked = [AttemptId(id(100)), AttemptId(id(555))];
    let found = world.read(move |tx| tx.attempts().several(&asked)).await;
    assert_eq!(found, [attempt(100)]);
}
