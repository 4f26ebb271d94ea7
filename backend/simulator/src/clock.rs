//! The simulator's only clock. It stands for the clock of a bank, which nobody can move, so it is not injected.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

/// Now, in epoch milliseconds, as the banks print their dates.
#[expect(clippy::disallowed_methods, reason = "the simulator's one clock")]
pub(crate) fn now_ms() -> i64 {
    Timestamp::now().as_millisecond()
}

/// Waits so many milliseconds.
pub(crate) async fn sleep_ms(ms: u64) {
    tokio::time::sleep(Duration::from_millis(ms)).await;
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
