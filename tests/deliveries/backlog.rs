//! After an outage: what waits goes oldest first, nobody is blocked by a refused one, and memory stays flat.

use sverka_app::ports::accounting::Class;
use sverka_domain::delivery::{DeliveryState, Verdict};
use sverka_domain::ids::{AttemptId, DeliveryId};
use tokio::time::Instant;

use crate::stage::Stage;
use crate::system::Play;
use crate::words::{said, unreachable};

/// How the backlog of an outage is worked off.
struct Outcome {
    sent_in_order: bool,
    refused: usize,
    /// Peak memory of the process, in KiB, before and after.
    peak: (u64, u64),
    seconds: f64,
    probes: usize,
}

/// An hour without the system at 25 000 payments a day, and then so many more that wait.
async fn outage(class: Class, in_the_hour: usize, in_all: usize) -> Outcome {
    let stage = Stage::new(class).await;
    let mut ids: Vec<AttemptId> = Vec::with_capacity(in_all);
    let between = 3_600_000 / i64::try_from(in_the_hour).unwrap();
    stage.system.searches_fail([unreachable()]);
    let mut probes = 0;
    for _ in 0..in_the_hour {
        stage.advance(jiff::SignedDuration::from_millis(between));
        ids.push(stage.paid().await);
        stage.system.probes([unreachable()]);
        stage.turn().await;
        probes += stage.system.asked().len();
    }
    // Nobody but the connection kept a timer: none of those behind the first one was touched.
    for id in &ids[1..] {
        assert_eq!(stage.payment(*id).await.version, 1);
    }
    while ids.len() < in_all {
        ids.push(stage.paid().await);
    }
    let refused = Verdict::Refused {
        reason: "the client is not known".to_owned(),
    };
    stage.system.forget_probes();
    stage.system.plays([Play::Say(said(refused, None))]);
    let before = peak_memory();
    let started = Instant::now();
    stage.settle_all().await;
    let seconds = started.elapsed().as_secs_f64();
    let peak = (before, peak_memory());
    let made_for = stage.system.made_for();
    let mut expected: Vec<DeliveryId> = Vec::with_capacity(in_all);
    let mut refused = 0;
    for id in &ids {
        let payment = stage.payment(*id).await;
        match payment.state {
            DeliveryState::Synced => expected.push(payment.id),
            DeliveryState::NeedsAttention => refused += 1,
            other => panic!("{other:?}"),
        }
    }
    let expected: Vec<String> = expected.iter().map(ToString::to_string).collect();
    Outcome {
        sent_in_order: made_for == expected,
        refused,
        peak,
        seconds,
        probes,
    }
}

#[tokio::test]
async fn after_an_outage_the_oldest_go_first_and_a_refused_one_blocks_nobody() {
    for class in [Class::KeyEnforced, Class::LookUpOnly] {
        let outcome = outage(class, 60, 200).await;
        assert!(outcome.sent_in_order);
        assert_eq!(outcome.refused, 1);
        // 5 s, 15 s, 1 min, 1 min, 5 min, and then every 15: not one a payment.
        assert!(outcome.probes < 12, "{} probes", outcome.probes);
    }
}

/// The full size, with figures.
#[expect(clippy::print_stdout, reason = "a measurement shows its figures")]
async fn fifty_thousand(class: Class) {
    let outcome = outage(class, 1_042, 50_000).await;
    println!(
        "{class:?}: {:.0} s for 50 000, peak memory {} KiB before and {} KiB after, in order: {}, refused: {}, \
         questions in the hour: {}",
        outcome.seconds,
        outcome.peak.0,
        outcome.peak.1,
        outcome.sent_in_order,
        outcome.refused,
        outcome.probes
    );
    assert!(outcome.sent_in_order);
    assert_eq!(outcome.refused, 1);
    // What the scripted system keeps of 50 000 documents is most of that.
    assert!(outcome.peak.1 < outcome.peak.0 + 80 * 1024);
}

#[tokio::test]
#[ignore = "takes minutes"]
async fn after_an_hour_at_25_000_a_day_50_000_wait_where_the_key_is_enforced() {
    fifty_thousand(Class::KeyEnforced).await;
}

#[tokio::test]
#[ignore = "takes minutes"]
async fn after_an_hour_at_25_000_a_day_50_000_wait_where_only_a_look_up_helps() {
    fifty_thousand(Class::LookUpOnly).await;
}

/// The most memory that the process ever had, in KiB.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
