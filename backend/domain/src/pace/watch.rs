//! What is no accident any more, and when it is over.
#![expect(clippy::float_arithmetic, reason = "probabilities, never money")]

use jiff::{SignedDuration, Timestamp};

use super::chance::{at_least, at_most};
use super::usual::Usual;
use crate::incident::{Evidence, Finding, IncidentKind};

/// A notification that did not come within this time after the payment is missing. Longer than the banks' own
/// repeats go on: RBS tries three times within 90 seconds.
pub const GRACE: SignedDuration = SignedDuration::from_mins(3);

/// So many of the newest payments are looked at.
pub const NEWEST: usize = 160;

/// The probability at which so many losses in a row are no accident. There is one look a payment, so that an account
/// with a million payments a year has less than one false alarm in ten.
const RUN: f64 = 1e-7;
/// However improbable, fewer losses are a hiccup.
const SHORTEST_RUN: usize = 3;
/// The same for no notification in so long.
const SILENCE: f64 = 1e-6;
/// The same for attempts that would all have ended without a payment.
const UNPAID: f64 = 1e-4;
const FEWEST_DOUBTS: u64 = 5;
/// The same for a share of losses, which is looked at through several windows.
const SHARE: f64 = 1e-8;
const WINDOWS: [usize; 5] = [10, 20, 40, 80, NEWEST];
const FEWEST_LOST: u32 = 4;
/// While none comes, a stray one still may.
const SILENT_SHARE: f64 = 0.8;
/// The probability at which an incident is over.
const OVER: f64 = 0.002;

/// A payment that the bank confirms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payment {
    /// When the client paid.
    pub paid_at: Timestamp,
    /// Whether its notification came.
    pub is_heard: bool,
}

/// Attempts of which neither a notification nor the bank's answer said anything.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Doubts {
    /// How many.
    pub count: u64,
    /// When the first was recorded.
    pub since: Option<Timestamp>,
}

/// What is seen of an account.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// The newest payments, the newest first.
    pub payments: &'a [Payment],
    /// The last genuine notification.
    pub last_heard_at: Option<Timestamp>,
    /// Attempts recorded since then and more than [`GRACE`] ago.
    pub doubts: Doubts,
    /// Now.
    pub now: Timestamp,
}

/// What is wrong with an account, if anything.
#[must_use]
pub fn judge(usual: &Usual, seen: &Seen<'_>) -> Option<Finding> {
    let settled = settled(seen.payments, seen.now);
    by_payments(usual, &settled, seen.now)
        .or_else(|| both_ways(usual, seen))
        .or_else(|| by_share(usual, &settled))
}

/// Whether the notifications of an incident with that share of losses came back. `payments` are those since it began,
/// the newest first.
#[must_use]
pub fn has_returned(share: f64, payments: &[Payment], now: Timestamp) -> bool {
    let mut lost = 0;
    let settled = settled(payments, now);
    (1..).zip(&settled).any(|(seen, payment)| {
        lost += u32::from(!payment.is_heard);
        at_most(lost, seen, share) <= OVER
    })
}

/// Without those whose notification may still come.
fn settled(payments: &[Payment], now: Timestamp) -> Vec<Payment> {
    let settled = payments
        .iter()
        .filter(|payment| payment.is_heard || payment.paid_at + GRACE <= now);
    settled.take(NEWEST).copied().collect()
}

fn by_payments(usual: &Usual, payments: &[Payment], now: Timestamp) -> Option<Finding> {
    let run = payments.iter().take_while(|payment| !payment.is_heard).count();
    let probability = usual.loss().powi(i32::try_from(run).unwrap_or(i32::MAX));
    if run < SHORTEST_RUN || probability > RUN {
        return None;
    }
    let since = payments.get(run - 1)?.paid_at;
    Some(silent(usual, since, now, probability))
}

fn both_ways(usual: &Usual, seen: &Seen<'_>) -> Option<Finding> {
    let (heard, since) = (seen.last_heard_at?, seen.doubts.since?);
    let probability = usual.silence(heard, seen.now - GRACE).exp();
    let count = i32::try_from(seen.doubts.count).unwrap_or(i32::MAX);
    let unpaid = (1.0 - usual.paying()).powi(count);
    if seen.doubts.count < FEWEST_DOUBTS || probability > SILENCE || unpaid > UNPAID {
        return None;
    }
    Some(silent(usual, since, seen.now, probability))
}

fn silent(usual: &Usual, since: Timestamp, now: Timestamp, probability: f64) -> Finding {
    Finding {
        kind: IncidentKind::Silent,
        since,
        evidence: Evidence {
            expected: usual.expected(since, now),
            observed: 0,
            probability,
        },
        share: SILENT_SHARE,
    }
}

fn by_share(usual: &Usual, payments: &[Payment]) -> Option<Finding> {
    WINDOWS.iter().find_map(|window| {
        let newest = payments.get(..*window)?;
        let trials = u32::try_from(*window).ok()?;
        let lost = u32::try_from(newest.iter().filter(|payment| !payment.is_heard).count()).ok()?;
        let share = f64::from(lost) / f64::from(trials);
        if lost < FEWEST_LOST || share < (2.0 * usual.loss()).max(usual.loss() + 0.1) {
            return None;
        }
        let probability = at_least(lost, trials, usual.loss());
        if probability > SHARE {
            return None;
        }
        let first = newest.iter().rfind(|payment| !payment.is_heard)?;
        Some(Finding {
            kind: IncidentKind::Losing,
            since: first.paid_at,
            evidence: Evidence {
                expected: f64::from(trials) * usual.loss(),
                observed: u64::from(lost),
                probability,
            },
            share,
        })
    })
}

#[cfg(test)]
#[path = "watch_tests.rs"]
mod tests;
