//! Starting on a database that is there, and having nothing to do.

use std::time::Duration;

use sverka_tests::process::Stand;
use tokio::time::sleep;

use super::tell;
use crate::figures::{median, memory, processor};
use crate::load::now;

/// Nothing happens for so long.
const IDLE: Duration = Duration::from_secs(20);

pub(super) async fn start(name: &str, stand: &Stand, runs: u64) {
    let mut seconds = Vec::new();
    for _ in 0..runs {
        let began = now();
        let server = stand.serve().await;
        seconds.push(began.elapsed().as_secs_f64());
        server.stop().await;
    }
    tell(
        name,
        "start until ready (to 0.05 s)",
        &format!("{:.2} s", median(seconds)),
    );
}

pub(super) async fn idle(name: &str, stand: &Stand) {
    let server = stand.serve().await;
    sleep(Duration::from_secs(10)).await;
    let before = processor(server.id());
    sleep(IDLE).await;
    let share = (processor(server.id()) - before).as_secs_f64() / IDLE.as_secs_f64() * 100.0;
    let (now, _) = memory(server.id());
    tell(
        name,
        "nothing happens",
        &format!("{share:.2} % of a core, {now} MB"),
    );
}
