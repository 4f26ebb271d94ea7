//! How a connection is doing, by what came of the last thing that went through it.

use jiff::{SignedDuration, Timestamp};
use sverka_domain::delivery::{Verdict, connection_pause};

use crate::ports::accounting::Sent;
use crate::ports::store::ConnectionState;

/// After so many unknown answers in a row the connection is paused, not only the deliveries. One that timed out may
/// have been slow; a few in a row, and it is the system.
const DOUBTS_BEFORE_PAUSE: u32 = 5;
/// Pages that are no answer of this system mean a wrong address or a login page: that mends itself for no delivery.
const UNREADABLE_BEFORE_PAUSE: u32 = 3;
/// A connection that refuses us is left alone for so long, longer each time, so that nobody gets locked out.
const REFUSED_PAUSE: SignedDuration = SignedDuration::from_mins(15);
/// No longer than so many times.
const REFUSED_PAUSES: u32 = 16;
/// That a connection answered is written down again after so long, if that is all there is to write.
const GOOD_AGAIN_AFTER: SignedDuration = SignedDuration::from_secs(1);
/// The longest wait that another system may ask for.
const LONGEST_WAIT: u32 = 3600;

/// Whether nothing may go through a connection now: it is paused, by an outage or by a person.
pub(super) fn is_away(connection: &ConnectionState, now: Timestamp) -> bool {
    connection.held.is_some() || connection.paused_until.is_some_and(|until| until > now)
}

/// Whether a read was answered.
pub(super) fn is_answer(verdict: &Verdict) -> bool {
    match verdict {
        Verdict::Applied { .. }
        | Verdict::AlreadyThere { .. }
        | Verdict::Refused { .. }
        | Verdict::Unposted { .. }
        | Verdict::LikelyRefused { .. }
        | Verdict::Busy { .. }
        | Verdict::Held { .. } => true,
        Verdict::NotApplied { .. } | Verdict::Unknown { .. } | Verdict::ConnectionRefused { .. } => false,
    }
}

/// Its system answers again: it may be tried with one delivery.
pub(super) fn revive(connection: &mut ConnectionState) {
    connection.paused_until = None;
    connection.stopped = None;
}

/// What a try says of the connection. The waits of connections with different keys do not end at once.
pub(super) fn judge(connection: &mut ConnectionState, sent: &Sent, now: Timestamp, key: u128) {
    match &sent.verdict {
        // It answered: whatever it said of this payment, the connection is well.
        Verdict::Applied { .. }
        | Verdict::AlreadyThere { .. }
        | Verdict::Refused { .. }
        | Verdict::Unposted { .. }
        | Verdict::LikelyRefused { .. }
        | Verdict::Busy { .. }
        | Verdict::Held { .. } => answered(connection, now),
        Verdict::NotApplied { reason, retry_after } => {
            fail(connection, reason, now);
            let asked = retry_after
                .map(|seconds| now + SignedDuration::from_secs(i64::from(seconds.min(LONGEST_WAIT))));
            connection.paused_until =
                Some(asked.unwrap_or_else(|| connection_pause(connection.failures, now, key)));
        }
        Verdict::Unknown { reason } => {
            fail(connection, reason, now);
            // Of an answer that was cut short nothing is kept: it is no page, but one that was lost on its way.
            let is_page = sent.answer.is_some()
                && sent
                    .http_status
                    .is_some_and(|status| (200..300).contains(&status));
            let enough = if is_page {
                UNREADABLE_BEFORE_PAUSE
            } else {
                DOUBTS_BEFORE_PAUSE
            };
            if connection.failures >= enough {
                connection.paused_until = Some(connection_pause(connection.failures, now, key));
            }
        }
        Verdict::ConnectionRefused { reason } => {
            fail(connection, reason, now);
            connection.stopped = Some(reason.clone());
            let times = i32::try_from(connection.failures.min(REFUSED_PAUSES)).unwrap_or(1);
            connection.paused_until = Some(now + REFUSED_PAUSE * times);
        }
    }
}

/// What a search or a probe says of the connection: nothing hangs on it, so that no answer is an outage at once.
pub(super) fn judge_reading(connection: &mut ConnectionState, sent: &Sent, now: Timestamp, key: u128) {
    match &sent.verdict {
        Verdict::Unknown { reason } => {
            fail(connection, reason, now);
            connection.paused_until = Some(connection_pause(connection.failures, now, key));
        }
        Verdict::Applied { .. }
        | Verdict::AlreadyThere { .. }
        | Verdict::Refused { .. }
        | Verdict::Unposted { .. }
        | Verdict::LikelyRefused { .. }
        | Verdict::Busy { .. }
        | Verdict::Held { .. }
        | Verdict::NotApplied { .. }
        | Verdict::ConnectionRefused { .. } => judge(connection, sent, now, key),
    }
}

/// Whether a connection stands as it stood, but for the time of its last answer, which is written down once in a while.
pub(super) fn is_as_it_was(seen: &ConnectionState, after: &ConnectionState) -> bool {
    let is_lately = match (seen.last_good_at, after.last_good_at) {
        (Some(seen), Some(after)) => after.duration_since(seen) < GOOD_AGAIN_AFTER,
        (seen, after) => seen == after,
    };
    let but_for_that = ConnectionState {
        last_good_at: seen.last_good_at,
        ..after.clone()
    };
    is_lately && but_for_that == *seen
}

/// It is well.
pub(super) fn answered(connection: &mut ConnectionState, now: Timestamp) {
    *connection = ConnectionState {
        name: std::mem::take(&mut connection.name),
        held: connection.held.take(),
        test: connection.test.take(),
        last_good_at: Some(now),
        ..ConnectionState::default()
    };
}

fn fail(connection: &mut ConnectionState, reason: &str, now: Timestamp) {
    connection.failures = connection.failures.saturating_add(1);
    connection.failing_since.get_or_insert(now);
    connection.last_error = Some(reason.to_owned());
}
