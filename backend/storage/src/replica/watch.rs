//! What is known of the replica: where the primary was when, and whether the replica is worth asking.

use std::collections::VecDeque;
use std::time::Duration;

use sverka_app::ports::store::ReplicaState;
use tokio::time::Instant;

/// The primary's position is kept so often, however many ask.
const APART: Duration = Duration::from_millis(100);

/// Why the replica did not serve, though it answered, or could have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It has not replayed what the primary had some time ago.
    Behind,
    /// It has not replayed a change of whoever asks.
    OwnChange,
    /// All connections to it are in use.
    Busy,
}

/// What is known.
pub(super) struct Watch {
    near: Duration,
    pause: Duration,
    /// When the primary was where, the oldest first, none older than `near`.
    samples: VecDeque<(Instant, i64)>,
    aside_until: Option<Instant>,
    state: Option<ReplicaState>,
}

impl Watch {
    /// Nothing is known.
    pub(super) fn new(near: Duration, pause: Duration) -> Self {
        Self {
            near,
            pause,
            samples: VecDeque::new(),
            aside_until: None,
            state: None,
        }
    }

    /// Whether it is left alone for now.
    pub(super) fn is_aside(&self, now: Instant) -> bool {
        self.aside_until.is_some_and(|until| now < until)
    }

    /// Leaves it alone for a while.
    pub(super) fn put_aside(&mut self, now: Instant) {
        self.aside_until = Some(now + self.pause);
    }

    /// The primary is at `position`, or was when that was asked, at `now` or later. Returns the position that the
    /// replica must have: the oldest one that is known and not too old.
    pub(super) fn sampled(&mut self, now: Instant, position: i64) -> i64 {
        while let Some((at, _)) = self.samples.front()
            && now.saturating_duration_since(*at) > self.near
        {
            self.samples.pop_front();
        }
        let is_due = self
            .samples
            .back()
            .is_none_or(|(at, _)| now.saturating_duration_since(*at) >= APART);
        if is_due {
            self.samples.push_back((now, position));
        }
        self.samples.front().map_or(position, |(_, oldest)| *oldest)
    }

    /// What a read that was not served says of the replica; `None`: nothing. One that is a moment behind the only position
    /// that is known is not behind yet.
    pub(super) fn weigh(&self, now: Instant, verdict: Verdict) -> Option<ReplicaState> {
        let oldest = self.samples.front().map(|(at, _)| *at);
        let known = oldest.map_or(Duration::ZERO, |at| now.saturating_duration_since(at));
        (verdict == Verdict::Behind && known >= self.near / 2).then_some(ReplicaState::Behind)
    }

    /// Keeps the state. Returns whether it is another one.
    pub(super) fn turns_to(&mut self, state: ReplicaState) -> bool {
        if state == ReplicaState::Serving {
            self.aside_until = None;
        }
        self.state.replace(state) != Some(state)
    }

    /// The state. One that only answered so far counts as behind.
    pub(super) fn state(&self) -> ReplicaState {
        self.state.unwrap_or(ReplicaState::Behind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEAR: Duration = Duration::from_secs(10);

    fn watch() -> Watch {
        Watch::new(NEAR, Duration::from_secs(5))
    }

    #[test]
    fn the_replica_must_have_the_oldest_position_that_is_not_too_old() {
        let (mut watch, start) = (watch(), Instant::now());
        assert_eq!(watch.sampled(start, 100), 100, "nothing older is known");
        assert_eq!(watch.sampled(start + Duration::from_secs(4), 200), 100);
        assert_eq!(watch.sampled(start + Duration::from_secs(10), 300), 100);
        assert_eq!(watch.sampled(start + Duration::from_secs(11), 400), 200);
        let much_later = start + Duration::from_secs(60);
        assert_eq!(
            watch.sampled(much_later, 500),
            500,
            "all that was known is too old"
        );
    }

    #[test]
    fn however_many_ask_little_is_kept() {
        let (mut watch, start) = (watch(), Instant::now());
        for n in 0..60_000_u32 {
            watch.sampled(start + Duration::from_millis(1) * n, i64::from(n));
        }
        assert!(watch.samples.len() <= 102, "{}", watch.samples.len());
    }

    #[test]
    fn it_is_behind_only_when_it_lacks_what_is_old() {
        let (mut watch, start) = (watch(), Instant::now());
        watch.sampled(start, 100);
        assert_eq!(watch.weigh(start, Verdict::Behind), None);
        let later = start + Duration::from_secs(6);
        assert_eq!(watch.weigh(later, Verdict::Behind), Some(ReplicaState::Behind));
        assert_eq!(watch.weigh(later, Verdict::OwnChange), None);
        assert_eq!(watch.weigh(later, Verdict::Busy), None);
    }

    #[test]
    fn it_is_left_alone_for_a_while_and_told_once() {
        let (mut watch, start) = (watch(), Instant::now());
        assert!(watch.turns_to(ReplicaState::Away));
        watch.put_aside(start);
        assert!(watch.is_aside(start + Duration::from_secs(4)));
        assert!(!watch.is_aside(start + Duration::from_secs(5)));
        assert!(!watch.turns_to(ReplicaState::Away));
        assert!(watch.turns_to(ReplicaState::Serving));
    }
}
