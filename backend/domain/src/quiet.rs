//! Hours in which people are not to be woken.

use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;

/// A part of every day, by the clock on the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    from: Time,
    to: Time,
}

/// A text that names no hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not hours of a day, such as 23:00-08:00")]
pub struct NotHours;

impl FromStr for QuietHours {
    type Err = NotHours;

    fn from_str(text: &str) -> Result<Self, NotHours> {
        let (from, to) = text.split_once('-').ok_or(NotHours)?;
        let (from, to) = (time(from)?, time(to)?);
        if from == to {
            return Err(NotHours);
        }
        Ok(Self { from, to })
    }
}

fn time(text: &str) -> Result<Time, NotHours> {
    Time::strptime("%H:%M", text.trim()).map_err(|_| NotHours)
}

impl QuietHours {
    /// When the quiet that holds at `now` ends; `None`: it is not quiet.
    #[must_use]
    pub fn end(&self, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let local = zone.to_datetime(now);
        let at = local.time();
        let is_quiet = if self.from < self.to {
            (self.from..self.to).contains(&at)
        } else {
            at >= self.from || at < self.to
        };
        if !is_quiet {
            return None;
        }
        let today = local.date();
        let day = if at < self.to {
            today
        } else {
            today.tomorrow().ok()?
        };
        zone.to_timestamp(day.to_datetime(self.to)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(hours: &str, now: &str) -> Option<String> {
        let zone = TimeZone::get("Europe/Moscow").unwrap();
        let hours: QuietHours = hours.parse().unwrap();
        hours.end(now.parse().unwrap(), &zone).map(|end| end.to_string())
    }

    #[test]
    fn quiet_hours_may_pass_midnight() {
        // 02:30 in Moscow.
        assert_eq!(
            end("23:00-08:00", "2026-11-23T23:30:00Z").as_deref(),
            Some("2026-11-24T05:00:00Z")
        );
        // 23:30 in Moscow.
        assert_eq!(
            end("23:00-08:00", "2026-11-24T20:30:00Z").as_deref(),
            Some("2026-11-25T05:00:00Z")
        );
        assert_eq!(end("23:00-08:00", "2026-11-24T05:00:00Z"), None);
        assert_eq!(end("23:00-08:00", "2026-11-24T19:59:59Z"), None);
    }

    #[test]
    fn quiet_hours_may_lie_within_a_day() {
        assert_eq!(
            end("13:00-14:00", "2026-11-24T10:30:00Z").as_deref(),
            Some("2026-11-24T11:00:00Z")
        );
        assert_eq!(end("13:00-14:00", "2026-11-24T11:30:00Z"), None);
    }

    #[test]
    fn what_names_no_hours_is_refused() {
        for text in ["", "23:00", "23-8", "25:00-08:00", "08:00-08:00", "night"] {
            assert_eq!(text.parse::<QuietHours>(), Err(NotHours), "{text}");
        }
    }
}
