//! Waiting with a bound.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// Asks again and again until the answer is `Some`; panics with `what` after `limit`.
///
/// # Panics
/// When `limit` has passed.
pub async fn until<T, F: Future<Output = Option<T>>>(
    what: &str,
    limit: Duration,
    mut ask: impl FnMut() -> F,
) -> T {
    let found = within(limit, &mut ask).await;
    found.unwrap_or_else(|| panic!("not within {} s: {what}", limit.as_secs()))
}

/// Asks again and again until the answer is `Some`, at most so long.
pub async fn within<T, F: Future<Output = Option<T>>>(
    limit: Duration,
    mut ask: impl FnMut() -> F,
) -> Option<T> {
    let end = Instant::now() + limit;
    loop {
        if let Some(found) = ask().await {
            return Some(found);
        }
        if Instant::now() >= end {
            return None;
        }
        sleep(Duration::from_millis(50)).await;
    }
}
