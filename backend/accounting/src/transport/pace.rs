//! One request at a time, and no more a second than the other system likes.

use std::time::Duration;

use tokio::sync::{Mutex, MutexGuard};
use tokio::time::Instant;

/// The lane of a connection.
#[derive(Debug)]
pub(crate) struct Pacer {
    /// Between the beginnings of two requests.
    gap: Duration,
    /// When the next request may begin.
    next: Mutex<Option<Instant>>,
}

impl Pacer {
    /// At most so many requests a second; `None`: one after the other, as fast as they are answered.
    pub(crate) fn new(requests_per_second: Option<u32>) -> Self {
        Self {
            gap: requests_per_second.map_or(Duration::ZERO, |most| Duration::from_secs(1) / most.max(1)),
            next: Mutex::new(None),
        }
    }

    /// How long the lane keeps two requests apart.
    pub(crate) fn gap(&self) -> Duration {
        self.gap
    }

    /// The turn of one request, when it comes; the next one's comes when it is dropped.
    pub(crate) async fn turn(&self) -> Turn<'_> {
        let mut next = self.next.lock().await;
        if let Some(at) = *next {
            tokio::time::sleep_until(at).await;
        }
        *next = Some(Instant::now() + self.gap);
        Turn { _lane: next }
    }
}

/// A request's turn.
#[derive(Debug)]
pub(crate) struct Turn<'a> {
    _lane: MutexGuard<'a, Option<Instant>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn requests_begin_no_faster_than_the_pace() {
        let pacer = Pacer::new(Some(4));
        let begun = Instant::now();
        for number in 0..5_u32 {
            let turn = pacer.turn().await;
            assert_eq!(begun.elapsed(), Duration::from_millis(250) * number);
            drop(turn);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_request_keeps_the_next_one_waiting_and_takes_its_pause_with_it() {
        let pacer = Pacer::new(Some(4));
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
}
