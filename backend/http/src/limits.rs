//! How often somebody may try to sign in.

use std::net::IpAddr;
use std::num::NonZeroU32;

use governor::clock::Clock as _;
use governor::{DefaultKeyedRateLimiter, Quota};

use crate::problem::{ErrorCode, Problem};

/// Tries a minute for one e-mail address, wherever they come from.
const PER_EMAIL: NonZeroU32 = NonZeroU32::new(10).unwrap();
/// Tries a minute from one address.
const PER_ADDRESS: NonZeroU32 = NonZeroU32::new(60).unwrap();
/// Keys that are remembered before the idle ones are dropped.
const MANY: usize = 10_000;

/// Counts tries to sign in.
pub(crate) struct SignInLimits {
    by_email: DefaultKeyedRateLimiter<String>,
    by_address: DefaultKeyedRateLimiter<IpAddr>,
}

impl Default for SignInLimits {
    fn default() -> Self {
        Self {
            by_email: DefaultKeyedRateLimiter::keyed(Quota::per_minute(PER_EMAIL)),
            by_address: DefaultKeyedRateLimiter::keyed(Quota::per_minute(PER_ADDRESS)),
        }
    }
}

impl SignInLimits {
    /// Counts a try; an error when there were too many.
    pub(crate) fn check(&self, email: &str, address: Option<IpAddr>) -> Result<(), Problem> {
        if self.by_email.len() > MANY {
            self.by_email.retain_recent();
            self.by_address.retain_recent();
        }
        let by_address = address.map_or(Ok(()), |address| self.by_address.check_key(&address));
        let checked = by_address.and_then(|()| self.by_email.check_key(&email.trim().to_lowercase()));
        checked.map_err(|until| {
            let wait = until.wait_time_from(governor::clock::DefaultClock::default().now());
            Problem::plain(ErrorCode::RateLimited).with_retry_after(wait.as_secs() + 1)
        })
    }
}
