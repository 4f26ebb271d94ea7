//! What sentences for people share.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The Russian form for a number: 1 оплата, 2 оплаты, 5 оплат.
pub(crate) fn plural(count: u64, [one, few, many]: [&'static str; 3]) -> &'static str {
    match (count % 10, count % 100) {
        (_, 11..=14) => many,
        (1, _) => one,
        (2..=4, _) => few,
        _ => many,
    }
}

/// The time of the day; with the day where that is another one than that of `now`.
pub(crate) fn clock(zone: &TimeZone, at: Timestamp, now: Timestamp) -> String {
    let (at, today) = (zone.to_datetime(at), zone.to_datetime(now));
    let format = if at.date() == today.date() {
        "%H:%M"
    } else {
        "%d.%m %H:%M"
    };
    at.strftime(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_their_russian_form() {
        let forms = [0, 1, 2, 5, 11, 14, 21, 22, 111].map(|n| plural(n, ["оплата", "оплаты", "оплат"]));
        assert_eq!(
            forms,
            [
                "оплат",
                "оплата",
                "оплаты",
                "оплат",
                "оплат",
                "оплат",
                "оплата",
                "оплаты",
                "оплат"
            ]
        );
    }
}
