//! No more requests at a time, and no more a second, than the other system likes.

use std::time::Duration;

use tokio::sync::{Mutex, Semaphore, SemaphorePermit};
use tokio::time::Instant;

/// The lanes of a connection.
#[derive(Debug)]
pub(crate) struct Pacer {
    /// Between the beginnings of two requests.
    gap: Duration,
    lanes: Semaphore,
    at_once: u32,
    /// When the next request may begin.
    next: Mutex<Option<Instant>>,
}

impl Pacer {
    /// At most so many requests a second (`None`: as fast as they are answered), so many of them at a time.
    pub(crate) fn new(requests_per_second: Option<u32>, at_once: u32) -> Self {
        let at_once = at_once.max(1);
        Self {
            gap: requests_per_second.map_or(Duration::ZERO, |most| Duration::from_secs(1) / most.max(1)),
            lanes: Semaphore::new(usize::try_from(at_once).unwrap_or(1)),
            at_once,
            next: Mutex::new(None),
        }
    }

    /// How long two requests are kept apart.
    pub(crate) fn gap(&self) -> Duration {
        self.gap
    }

    /// The longest that a request may wait for its turn behind those that begin at the same moment.
    pub(crate) fn longest_wait(&self) -> Duration {
        self.gap * self.at_once
    }

    /// The turn of one request, when it comes; its lane is free when that is dropped.
    pub(crate) async fn turn(&self) -> Turn<'_> {
        // Nobody closes it.
        let lane = self.lanes.acquire().await.ok();
        let mut next = self.next.lock().await;
        // A timer rounds up to its next millisecond: waiting for a moment that has come would be a pause, too.
        if let Some(at) = next.filter(|at| *at > Instant::now()) {
            tokio::time::sleep_until(at).await;
        }
        *next = Some(Instant::now() + self.gap);
        Turn { _lane: lane }
    }
}

/// A request's turn.
#[derive(Debug)]
pub(crate) struct Turn<'a> {
    _lane: Option<SemaphorePermit<'a>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn requests_begin_no_faster_than_the_pace() {
        let pacer = Pacer::new(Some(4), 1);
        let begun = Instant::now();
        for number in 0..5_u32 {
            let turn = pacer.turn().await;
            assert_eq!(begun.elapsed(), Duration::from_millis(250) * number);
            drop(turn);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_request_keeps_the_next_one_waiting_and_takes_its_pause_with_it() {
        let pacer = Pacer::new(Some(4), 1);
        let turn = pacer.turn().await;
        let begun = Instant::now();
        let slow = async {
            tokio::time::sleep(Duration::from_secs(3)).await;
            drop(turn);
        };
        let next = async {
            let _turn = pacer.turn().await;
            assert_eq!(begun.elapsed(), Duration::from_secs(3));
        };
        tokio::join!(slow, next);
    }

    /// The clock stands still but for timers, and between two of their ticks, so that any would be seen.
    #[tokio::test(start_paused = true)]
    async fn requests_without_a_pace_wait_for_no_timer() {
        let pacer = Pacer::new(None, 1);
        tokio::time::advance(Duration::from_micros(300)).await;
        let begun = Instant::now();
        for _ in 0..5 {
            drop(pacer.turn().await);
        }
        assert_eq!(begun.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn several_lanes_share_one_pace() {
        let pacer = Pacer::new(Some(4), 2);
        let begun = Instant::now();
        let slow = async |nth: u32| {
            let _turn = pacer.turn().await;
            let waited = begun.elapsed();
            tokio::time::sleep(Duration::from_secs(1)).await;
            (nth, waited)
        };
        let told = tokio::join!(slow(0), slow(1), slow(2));
        let millis = Duration::from_millis;
        // The third one finds both lanes taken until the first is done.
        assert_eq!(told, ((0, millis(0)), (1, millis(250)), (2, millis(1_000))));
    }
}
