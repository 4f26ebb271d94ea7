//! What all workers share: timer, nudge, back-off after a fault of the store, shutdown.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use sverka_app::App;
use sverka_app::ports::store::StoreError;
use tokio::sync::Notify;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// The longest sleep: another process may have made work that nobody here was nudged for.
const LONGEST_SLEEP: Duration = Duration::from_secs(5);
/// The longest sleep of a worker that knows its time and that nobody wakes up, such as a watch.
const LONGEST_PERIOD: Duration = Duration::from_mins(1);
/// The shortest sleep, so that a mistake in a due time cannot become a busy loop.
const SHORTEST_SLEEP: Duration = Duration::from_millis(20);
/// The sleep after the store failed.
const FAULT_SLEEP: Duration = Duration::from_secs(1);

/// What is left after a turn.
pub(crate) enum Rest {
    /// There may be more to do at once.
    More,
    /// Nothing before this time; `None`: nothing known.
    Until(Option<Timestamp>),
}

/// One worker.
pub(crate) trait Worker: Send + Sync + 'static {
    /// For the log.
    fn name(&self) -> String;

    /// For the time.
    fn app(&self) -> &App;

    /// What wakes it up before its timer.
    fn bell(&self) -> Option<&Notify>;

    /// Does what is due now. Once `stop` is cancelled, it finishes what is under way and begins nothing else.
    fn turn(&self, stop: &CancellationToken) -> impl Future<Output = Result<Rest, StoreError>> + Send;
}

/// Runs a worker until it is told to stop.
pub(crate) async fn drive<W: Worker>(worker: Arc<W>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        // Listening begins before the turn, so that a nudge during the turn is not missed.
        let quiet = Notify::new();
        let bell = worker.bell().unwrap_or(&quiet);
        let nudged = bell.notified();
        tokio::pin!(nudged);
        nudged.as_mut().enable();
        let sleep = match worker.turn(&stop).await {
            Ok(Rest::More) => continue,
            Ok(Rest::Until(due)) => {
                let longest = worker.bell().map_or(LONGEST_PERIOD, |_| LONGEST_SLEEP);
                sleep_until(due, worker.app().now(), longest)
            }
            Err(error) => {
                metrics::counter!("sverka_worker_faults_total", "worker" => worker.name()).increment(1);
                tracing::error!(worker = worker.name(), error = %error, "a worker's turn failed");
                FAULT_SLEEP
            }
        };
        tokio::select! {
            () = stop.cancelled() => return,
            _ = timeout(sleep, nudged) => {}
        }
    }
}

fn sleep_until(due: Option<Timestamp>, now: Timestamp, longest: Duration) -> Duration {
    let Some(due) = due else { return LONGEST_SLEEP };
    let left = Duration::try_from(due.duration_since(now)).unwrap_or(SHORTEST_SLEEP);
    left.clamp(SHORTEST_SLEEP, longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_sleeps_until_something_is_due_but_never_long_and_never_not_at_all() {
        let now = Timestamp::UNIX_EPOCH;
        let at = |millis| Some(now + jiff::SignedDuration::from_millis(millis));
        let sleep = |due| sleep_until(due, now, LONGEST_SLEEP);
        assert_eq!(sleep(at(1500)), Duration::from_millis(1500));
        assert_eq!(sleep(at(-10)), SHORTEST_SLEEP);
        assert_eq!(sleep(at(60_000)), LONGEST_SLEEP);
        assert_eq!(sleep(None), LONGEST_SLEEP);
        assert_eq!(
            sleep_until(at(30_000), now, LONGEST_PERIOD),
            Duration::from_secs(30)
        );
    }
}
