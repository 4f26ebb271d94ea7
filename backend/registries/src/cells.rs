//! What cells say: sums, dates, texts.

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use sverka_domain::money::{Currency, Money};
use sverka_domain::registry::Decimal;

/// Longer identifiers are none.
const LONGEST: usize = 200;

/// A text, if there is any.
pub(crate) fn maybe(cell: &str) -> Option<String> {
    let cell = cell.trim();
    (!cell.is_empty()).then(|| cell.to_owned())
}

/// A number or code that names something.
pub(crate) fn name(cell: &str) -> Result<Option<String>, String> {
    if cell.contains('\u{fffd}') {
        return Err(format!("«{cell}» is not in the encoding of the file"));
    }
    if cell.chars().count() > LONGEST {
        return Err("a number or code is longer than 200 characters".to_owned());
    }
    // Spreadsheets keep long numbers as text by a leading apostrophe.
    Ok(maybe(cell.trim_start_matches('\'')))
}

/// A sum in minor units, with its sign.
pub(crate) fn sum(cell: &str, decimal: Decimal, currency: Currency) -> Result<i64, String> {
    let wrong = || format!("«{cell}» is not a sum");
    let bare: String = cell
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '\u{a0}' | '\u{202f}' | '₽'))
        .collect();
    let (negative, bare) = match bare.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, bare.strip_prefix('+').unwrap_or(&bare)),
    };
    let amount = match decimal {
        Decimal::Minor => digits(bare).ok_or_else(wrong)?,
        Decimal::Comma => point(bare, ',', '.', currency).ok_or_else(wrong)?,
        Decimal::Point => point(bare, '.', ',', currency).ok_or_else(wrong)?,
    };
    Ok(if negative { -amount } else { amount })
}

fn digits(text: &str) -> Option<i64> {
    let plain = !text.is_empty() && text.len() <= 15 && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// A decimal number. The other mark parts thousands where three digits follow it; else it is a decimal mark too,
/// because banks mix both in one file.
fn point(text: &str, mark: char, other: char, currency: Currency) -> Option<i64> {
    let thousands = |part: &str| part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    let plain = if text.contains(mark) {
        text.replace(other, "").replace(mark, ".")
    } else if text.split(other).skip(1).all(thousands) {
        text.replace(other, "")
    } else {
        text.replace(other, ".")
    };
    Money::from_decimal(&plain, currency)
        .ok()
        .map(|money| money.amount)
}

/// A time, by a format of `strftime`; a spreadsheet's own dates are read whatever the format. Without a time of day it
/// is the beginning of the day.
pub(crate) fn time(text: &str, format: &str, zone: &TimeZone) -> Result<Timestamp, String> {
    const SPREADSHEET: &str = "%Y-%m-%d %H:%M:%S";
    let wrong = || format!("«{text}» is not a date like {format}");
    let parsed = strtime::parse(format, text)
        .or_else(|_| strtime::parse(SPREADSHEET, text))
        .map_err(|_| wrong())?;
    if let Ok(at) = parsed.to_timestamp() {
        return Ok(at);
    }
    let date = parsed.to_date().map_err(|_| wrong())?;
    let time = parsed.to_time().unwrap_or(Time::midnight());
    zone.to_timestamp(date.to_datetime(time)).map_err(|_| wrong())
}

/// A currency by its letters or its number; an empty cell is the rouble.
pub(crate) fn currency(cell: &str) -> Result<Currency, String> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Ok(Currency::RUB);
    }
    let upper = cell.to_uppercase();
    match upper.as_str() {
        "RUR" | "РУБ" | "РУБ." | "₽" => Ok(Currency::RUB),
        letters => Currency::from_numeric(letters)
            .or_else(|| letters.parse().ok())
            .ok_or_else(|| format!("«{cell}» is not a currency")),
    }
}

/// A text to compare headings and words by: lower case, ё as е, single spaces.
pub(crate) fn folded(text: &str) -> String {
    let lower = text.to_lowercase().replace('ё', "е");
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_read_however_they_are_written() {
        use Decimal::{Comma, Minor, Point};
        for (text, decimal, amount) in [
            ("4500,00", Comma, 450_000),
            ("4 500,5", Comma, 450_050),
            ("4\u{a0}500,00 ₽", Comma, 450_000),
            ("1.234,56", Comma, 123_456),
            ("4500.50", Comma, 450_050),
            ("1.234", Comma, 123_400),
            ("-90,00", Comma, -9_000),
            ("4500", Comma, 450_000),
            ("1,234.56", Point, 123_456),
            ("0,02", Point, 2),
            ("10.00", Point, 1_000),
            ("1,234", Point, 123_400),
            ("450000", Minor, 450_000),
        ] {
            assert_eq!(sum(text, decimal, Currency::RUB), Ok(amount), "{text}");
        }
        for (text, decimal) in [
            ("", Comma),
            ("abc", Point),
            ("1,2,3", Comma),
            ("4500.5", Minor),
            ("1.2345", Point),
        ] {
            assert!(sum(text, decimal, Currency::RUB).is_err(), "{text}");
        }
    }

    #[test]
    fn times_are_of_their_zone_and_days_begin_at_midnight() {
        let moscow = TimeZone::get("Europe/Moscow").unwrap();
        for (text, format, at) in [
            ("24.11.2026 11:15:02", "%d.%m.%Y %H:%M:%S", "2026-11-24T08:15:02Z"),
            ("24.11.2026", "%d.%m.%Y", "2026-11-23T21:00:00Z"),
            ("2026-11-24 11:15:02", "%d.%m.%Y", "2026-11-24T08:15:02Z"),
            (
                "2026-11-24T11:15:02+05:00",
                "%Y-%m-%dT%H:%M:%S%:z",
                "2026-11-24T06:15:02Z",
            ),
        ] {
            assert_eq!(time(text, format, &moscow).unwrap().to_string(), at, "{text}");
        }
        assert!(time("31.02.2026", "%d.%m.%Y", &moscow).is_err());
        assert!(time("tomorrow", "%d.%m.%Y", &moscow).is_err());
    }

    #[test]
    fn currencies_are_letters_numbers_or_words() {
        for text in ["RUB", "rub", "643", "RUR", "руб.", ""] {
            assert_eq!(currency(text), Ok(Currency::RUB), "{text}");
        }
        assert_eq!(currency("840").unwrap().to_string(), "USD");
        assert!(currency("roubles").is_err());
    }
}
