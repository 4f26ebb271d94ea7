//! `Retry-After`: how long another system asks to be left alone.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

/// Nobody waits longer than this on a receiver's word, in seconds.
const LONGEST_WAIT: u32 = 3600;
/// A date in a header; a wrong day of the week is no reason to come back too soon.
const DATES: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);

/// `Retry-After`, in seconds or as a date, in seconds from `at`.
pub(crate) fn wait(text: &str, at: Timestamp) -> Option<u32> {
    let text = text.trim();
    let seconds = match text.parse::<u64>() {
        Ok(seconds) => seconds,
        Err(_) => {
            let until = DATES.parse_timestamp(text).ok()?;
            u64::try_from(until.duration_since(at).as_secs()).unwrap_or(0)
        }
    };
    Some(u32::try_from(seconds).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date_and_never_more_than_an_hour() {
        let at: Timestamp = "1994-11-06T08:49:00Z".parse().unwrap();
        for (text, seconds) in [
            ("120", Some(120)),
            ("0", Some(0)),
            ("86400", Some(3600)),
            ("99999999999999", Some(3600)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(37)),
            ("Sun, 06 Nov 1994 08:00:00 GMT", Some(0)),
            ("Sun, 06 Nov 1995 08:00:00 GMT", Some(3600)),
            ("soon", None),
            ("-5", None),
        ] {
            assert_eq!(wait(text, at), seconds, "{text}");
        }
    }
}
