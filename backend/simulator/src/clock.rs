//! The simulator's only clock: the machine's, or one that stands still until the control API moves it.
//!
//! Every request and every background task runs within the clock of its simulator ([`Clock::run`]), so that whoever asks
//! for the time need not be handed it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use tokio::sync::oneshot;

tokio::task_local! {
    static CLOCK: Clock;
}

/// The clock of one simulator.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clock {
    hands: Arc<Mutex<Hands>>,
}

#[derive(Debug, Default)]
struct Hands {
    /// `None`: the machine's time.
    now: Option<i64>,
    last_number: u64,
    /// Who sleeps until when, while the clock stands still.
    sleepers: BTreeMap<(i64, u64), Bed>,
}

#[derive(Debug)]
struct Bed {
    alarm: oneshot::Sender<()>,
    is_errand: bool,
}

/// Somebody who sleeps until the clock is moved on.
pub(crate) struct Sleeper {
    clock: Clock,
    place: (i64, u64),
    alarm: oneshot::Receiver<()>,
}

/// Wakes a sleeper up before its time.
pub(crate) struct Alarm {
    clock: Clock,
    place: (i64, u64),
}

impl Clock {
    /// Runs `task` by this clock.
    pub(crate) async fn run<T>(&self, task: impl Future<Output = T>) -> T {
        CLOCK.scope(self.clone(), task).await
    }

    /// Now, in epoch milliseconds.
    pub(crate) fn now_ms(&self) -> i64 {
        let set = self.hands().now;
        set.unwrap_or_else(machine_ms)
    }

    /// Whether it stands still until it is moved.
    pub(crate) fn is_set(&self) -> bool {
        self.hands().now.is_some()
    }

    /// Sets the time, or goes by the machine's again. Who sleeps until then is awake when this returns.
    pub(crate) fn set(&self, now: Option<i64>) {
        let mut hands = self.hands();
        hands.now = now;
        let later = match now {
            Some(now) => hands.sleepers.split_off(&(now.saturating_add(1), 0)),
            None => BTreeMap::new(),
        };
        for (_, bed) in std::mem::replace(&mut hands.sleepers, later) {
            // Who is gone sleeps no more.
            let _ = bed.alarm.send(());
        }
    }

    /// How many errands sleep, and until when the first of them does.
    pub(crate) fn sleeping_errands(&self) -> (usize, Option<i64>) {
        let hands = self.hands();
        let mut errands = hands.sleepers.iter().filter(|(_, bed)| bed.is_errand);
        let first = errands.next().map(|((until, _), _)| *until);
        (usize::from(first.is_some()) + errands.count(), first)
    }

    fn hands(&self) -> MutexGuard<'_, Hands> {
        self.hands.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lie_down(&self, ms: u64, is_errand: bool) -> Option<Sleeper> {
        let mut hands = self.hands();
        let until = hands.now?.saturating_add(i64::try_from(ms).unwrap_or(i64::MAX));
        hands.last_number += 1;
        let place = (until, hands.last_number);
        let (alarm, ring) = oneshot::channel();
        hands.sleepers.insert(place, Bed { alarm, is_errand });
        drop(hands);
        Some(Sleeper {
            clock: self.clone(),
            place,
            alarm: ring,
        })
    }

    fn wake(&self, place: (i64, u64)) {
        let bed = self.hands().sleepers.remove(&place);
        if let Some(bed) = bed {
            let _ = bed.alarm.send(());
        }
    }
}

impl Sleeper {
    /// Sleeps.
    pub(crate) async fn sleep(mut self) {
        // An alarm that is gone without ringing wakes up as well.
        let _ = (&mut self.alarm).await;
    }

    /// For somebody who may wake it up.
    pub(crate) fn alarm(&self) -> Alarm {
        Alarm {
            clock: self.clock.clone(),
            place: self.place,
        }
    }
}

impl Drop for Sleeper {
    fn drop(&mut self) {
        self.clock.hands().sleepers.remove(&self.place);
    }
}

impl Alarm {
    /// The sleeper is awake when this returns.
    pub(crate) fn ring(self) {
        self.clock.wake(self.place);
    }
}

/// Now, in epoch milliseconds, as the banks print their dates.
pub(crate) fn now_ms() -> i64 {
    CLOCK.try_with(Clock::now_ms).unwrap_or_else(|_| machine_ms())
}

#[expect(clippy::disallowed_methods, reason = "the simulator's one source of time")]
fn machine_ms() -> i64 {
    Timestamp::now().as_millisecond()
}

/// Waits so many milliseconds.
pub(crate) async fn sleep_ms(ms: u64) {
    sleep(ms, false).await;
}

/// The same on an errand that the control API counts as pending.
pub(crate) async fn sleep_on_errand_ms(ms: u64) {
    sleep(ms, true).await;
}

async fn sleep(ms: u64, is_errand: bool) {
    match lie_down(ms, is_errand) {
        Some(sleeper) => sleeper.sleep().await,
        None => tokio::time::sleep(Duration::from_millis(ms)).await,
    }
}

/// A place to sleep on an errand; `None` by the machine's time.
pub(crate) fn lie_down_on_errand(ms: u64) -> Option<Sleeper> {
    lie_down(ms, true)
}

fn lie_down(ms: u64, is_errand: bool) -> Option<Sleeper> {
    CLOCK
        .try_with(|clock| clock.lie_down(ms, is_errand))
        .ok()
        .flatten()
}

/// PayOnline's date: `yyyy-MM-dd HH:mm:ss`, UTC.
pub(crate) fn utc_text(ms: i64) -> String {
    Timestamp::from_millisecond(ms)
        .unwrap_or_default()
        .strftime("%Y-%m-%d %H:%M:%S")
        .to_string()
}

/// RFC 3339 with milliseconds, UTC, as JSON gateways print it.
pub(crate) fn iso_text(ms: i64) -> String {
    Timestamp::from_millisecond(ms)
        .unwrap_or_default()
        .strftime("%Y-%m-%dT%H:%M:%S.%3fZ")
        .to_string()
}

/// The same to the second and without a zone, as CloudPayments prints its UTC.
pub(crate) fn bare_iso_text(ms: i64) -> String {
    Timestamp::from_millisecond(ms)
        .unwrap_or_default()
        .strftime("%Y-%m-%dT%H:%M:%S")
        .to_string()
}

/// Reads RFC 3339.
pub(crate) fn parse_iso(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_millisecond)
}

/// A time of day in Moscow, for pages that a person reads.
pub(crate) fn moscow_clock(ms: i64) -> String {
    Timestamp::from_millisecond(ms)
        .unwrap_or_default()
        .to_zoned_datetime(moscow())
        .strftime("%d.%m %H:%M:%S")
        .to_string()
}

/// Reads a UTC date in `format`.
pub(crate) fn parse_utc(format: &str, text: &str) -> Option<i64> {
    parse(format, text, TimeZone::UTC)
}

/// Reads a Moscow date in `format`: the RBS gateway counts in Moscow time.
pub(crate) fn parse_moscow(format: &str, text: &str) -> Option<i64> {
    parse(format, text, moscow())
}

/// Reads an ISO date; Moscow's when it names no zone.
pub(crate) fn parse_zoned(text: &str) -> Option<i64> {
    let zoned: Option<Timestamp> = text.parse().ok();
    zoned
        .map(Timestamp::as_millisecond)
        .or_else(|| parse_moscow("%Y-%m-%dT%H:%M:%S", text.get(..19)?))
}

/// Moscow time with seven digits of a second and the zone, as Robokassa prints it.
pub(crate) fn moscow_precise(ms: i64) -> String {
    let at = Timestamp::from_millisecond(ms).unwrap_or_default();
    at.to_zoned_datetime(moscow())
        .strftime("%Y-%m-%dT%H:%M:%S%.7f%:z")
        .to_string()
}

fn parse(format: &str, text: &str, zone: TimeZone) -> Option<i64> {
    let civil = DateTime::strptime(format, text).ok()?;
    Some(civil.to_zoned_datetime(zone).ok()?.timestamp().as_millisecond())
}

fn moscow() -> TimeZone {
    TimeZone::fixed(Offset::constant(3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_clock_that_is_set_stands_still_and_wakes_who_is_due() {
        let clock = Clock::default();
        clock.set(Some(1_000));
        let (a, b) = (clock.clone(), clock.clone());
        let first = tokio::spawn(async move { a.run(sleep_on_errand_ms(10)).await });
        let second = tokio::spawn(async move { b.run(sleep_ms(20)).await });
        while clock.hands().sleepers.len() < 2 {
            tokio::task::yield_now().await;
        }
        assert_eq!(clock.now_ms(), 1_000);
        assert_eq!(clock.sleeping_errands(), (1, Some(1_010)));
        clock.set(Some(1_010));
        assert_eq!(clock.sleeping_errands(), (0, None), "awake at once");
        first.await.unwrap();
        assert!(!second.is_finished());
        clock.set(None);
        second.await.unwrap();
        assert!(!clock.is_set() && clock.now_ms() > 1_010);
    }

    #[tokio::test]
    async fn a_sleeper_is_woken_by_its_alarm_or_leaves() {
        let clock = Clock::default();
        clock.set(Some(0));
        let sleeper = clock.lie_down(5, true).unwrap();
        let leaver = clock.lie_down(5, true).unwrap();
        sleeper.alarm().ring();
        drop(leaver);
        assert_eq!(clock.sleeping_errands(), (0, None));
        sleeper.sleep().await;
        assert!(
            Clock::default().lie_down(5, true).is_none(),
            "the machine's time needs no bed"
        );
    }
}
