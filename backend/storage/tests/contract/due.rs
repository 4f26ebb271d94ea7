//! Whose turn it is to be asked about: neither a client who pays now nor an old backlog waits for the other.

use std::sync::Arc;

use sverka_app::polling::DueQueries;
use sverka_app::ports::store::DueQuery;

use crate::harness::World;
use crate::samples::{account, at, attempt};

const DAY: i64 = 86_400;

/// Attempts by number: when each was made, and when it is due.
async fn given(world: &World, attempts: Vec<(u128, i64, i64)>) {
    world
        .write(move |tx| {
            for (n, created_at, due_at) in attempts {
                let mut row = attempt(n);
                row.created_at = at(created_at);
                row.next_query_at = Some(at(due_at));
                tx.attempts().insert(&row, false)?;
            }
            Ok(())
        })
        .await;
}

async fn claim(world: &World, now: i64, limit: u32, fresh: u32) -> Vec<u128> {
    let wanted = DueQueries { limit, fresh };
    let claimed: Vec<DueQuery> = world
        .write(move |tx| {
            tx.attempts()
                .claim_due_queries(&account(), at(now), at(now + 60), wanted)
        })
        .await;
    claimed
        .iter()
        .map(|due| due.attempt_id.0.as_u128() & 0xFFFF)
        .collect()
}

pub(crate) async fn fresh_attempts_go_first_up_to_their_share_and_the_longest_due_get_the_rest(
    world: Arc<World>,
) {
    // Ten old ones, due in order since yesterday; three that were made in the last minutes; one that is not due yet.
    let mut attempts: Vec<_> = (1..=10)
        .map(|n| (n, 0, DAY + i64::try_from(n).unwrap()))
        .collect();
    let now = 2 * DAY;
    attempts.extend([
        (21, now - 300, now - 30),
        (22, now - 200, now - 20),
        (23, now - 100, now - 10),
    ]);
    attempts.push((24, now, now + 20));
    given(&world, attempts).await;
    assert_eq!(
        claim(&world, now, 4, 2).await,
        [23, 22, 1, 2],
        "the newest due, and the longest due"
    );
    assert_eq!(
        claim(&world, now, 4, 2).await,
        [21, 3, 4, 5],
        "a share that is not used is free"
    );
    assert_eq!(claim(&world, now, 9, 7).await, [6, 7, 8, 9, 10]);
    assert!(claim(&world, now, 9, 7).await.is_empty());
}

pub(crate) async fn among_fresh_ones_only_the_oldest_of_all_still_gets_a_turn(world: Arc<World>) {
    // All were made within the hour: the backlog of an outage.
    let backlog = (1..=40).map(|n| (n, 0, i64::try_from(n).unwrap())).collect();
    given(&world, backlog).await;
    assert_eq!(claim(&world, 100, 4, 3).await, [40, 39, 38, 1]);
    assert_eq!(claim(&world, 100, 4, 3).await, [37, 36, 35, 2]);
    assert_eq!(claim(&world, 100, 1, 1).await, [34], "a probe is of a fresh one");
}

pub(crate) async fn an_attempt_is_fresh_while_its_question_lies_within_its_first_hour(world: Arc<World>) {
    given(&world, vec![(1, 0, 3599), (2, 0, 3600), (3, 0, DAY)]).await;
    assert_eq!(claim(&world, DAY, 9, 9).await, [1, 2, 3]);
    given(&world, vec![(4, 2 * DAY, 2 * DAY + 10), (5, 0, 2 * DAY)]).await;
    assert_eq!(
        claim(&world, 2 * DAY + 10, 1, 1).await,
        [4],
        "before 1, which is longer due"
    );
}
