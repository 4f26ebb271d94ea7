//! Values of attributes: the form in which they are kept, which is that of JSON, and numbers as whole millionths.

use jiff::civil::DateTime;
use serde_json::{Number, Value as Json};
use uuid::Uuid;

use super::schema::Kind;

/// The key of nothing.
pub(crate) const NOTHING: &str = "00000000-0000-0000-0000-000000000000";
/// The date of nothing.
pub(crate) const NEVER: &str = "0001-01-01T00:00:00";

/// The namespace of `StandardODATA.`, before the name of an entity in `…_Type`.
pub(crate) const TYPE_PREFIX: &str = "StandardODATA.";

/// Millionths in one.
const SCALE: i128 = 1_000_000;

/// What an attribute holds until it is told.
pub(crate) fn empty(kind: Kind) -> Json {
    match kind {
        Kind::Text | Kind::OneOf(_) => Json::from(""),
        Kind::TypeOf(_) => Json::from("StandardODATA.Undefined"),
        Kind::Sum => Json::from(0),
        Kind::Whole => Json::from("0"),
        Kind::Flag => Json::from(false),
        Kind::Moment => Json::from(NEVER),
        Kind::Refers(_) | Kind::Own => Json::from(NOTHING),
    }
}

/// Whether it holds nothing.
pub(crate) fn is_empty(kind: Kind, value: &Json) -> bool {
    *value == empty(kind) || (matches!(kind, Kind::OneOf(_)) && *value == NOTHING) || value.is_null()
}

/// A sent value in the form in which it is kept; none when the attribute cannot hold it.
pub(crate) fn kept(kind: Kind, sent: &Json) -> Option<Json> {
    if sent.is_null() {
        return Some(empty(kind));
    }
    match kind {
        Kind::Text => sent.as_str().map(Json::from),
        Kind::TypeOf(_) => {
            let name = sent.as_str()?;
            let bare = name.strip_prefix(TYPE_PREFIX).unwrap_or(name);
            Some(Json::from(format!("{TYPE_PREFIX}{bare}")))
        }
        Kind::OneOf(_) if sent == "" => Some(Json::from("")),
        Kind::Flag => sent.as_bool().map(Json::from),
        Kind::Sum => Some(sum(number(sent)?)),
        Kind::Whole => {
            let number = number(sent)?;
            (number % SCALE == 0).then(|| Json::from((number / SCALE).to_string()))
        }
        Kind::Moment => moment(sent.as_str()?).map(Json::from),
        Kind::Refers(_) | Kind::Own | Kind::OneOf(_) => guid(sent.as_str()?).map(Json::from),
    }
}

/// A key in lower case with hyphens.
pub(crate) fn guid(text: &str) -> Option<String> {
    (text.len() == 36)
        .then(|| Uuid::try_parse(text).ok())
        .flatten()
        .map(|key| key.to_string())
}

/// A moment to the second; a zone is refused, the base has none.
pub(crate) fn moment(text: &str) -> Option<String> {
    let moment: DateTime = text.parse().ok()?;
    Some(moment.strftime("%Y-%m-%dT%H:%M:%S").to_string())
}

/// A number, or a text of one, in millionths.
pub(crate) fn number(value: &Json) -> Option<i128> {
    match value {
        Json::Number(number) => decimal(&number.to_string()),
        Json::String(text) => decimal(text),
        _ => None,
    }
}

/// `-1234.5678` in millionths; what is finer is cut off.
pub(crate) fn decimal(text: &str) -> Option<i128> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(whole) || !plain(part) || whole.len() > 15 {
        return None;
    }
    let part: String = part.chars().chain("000000".chars()).take(6).collect();
    let magnitude = whole.parse::<i128>().ok()? * SCALE + part.parse::<i128>().ok()?;
    Some(if negative { -magnitude } else { magnitude })
}

/// Kopecks, half a kopeck up.
pub(crate) fn kopecks(millionths: i128) -> i64 {
    let per_kopeck = SCALE / 100;
    let sign = millionths.signum();
    let rounded = (millionths.abs() + per_kopeck / 2) / per_kopeck;
    i64::try_from(sign * rounded).unwrap_or(i64::MAX)
}

/// A sum as 1C writes it: `4990`, `4990.5`.
fn sum(millionths: i128) -> Json {
    sum_of(kopecks(millionths))
}

/// Kopecks as 1C writes a sum.
pub(crate) fn sum_of(kopecks: i64) -> Json {
    if kopecks % 100 == 0 {
        return Json::from(kopecks / 100);
    }
    let text = crate::money::decimal(kopecks);
    let number = text.parse::<f64>().ok().and_then(Number::from_f64);
    number.map_or(Json::Null, Json::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_kopecks_whatever_the_sender_writes() {
        let sums = [
            "4990",
            "4990.0",
            "4990.004",
            "4990.5",
            "0.30000000000000004",
            "-1.005",
            "\"12.34\"",
        ];
        let kept: Vec<String> = sums
            .iter()
            .map(|text| {
                kept(Kind::Sum, &serde_json::from_str(text).unwrap())
                    .unwrap()
                    .to_string()
            })
            .collect();
        assert_eq!(kept, ["4990", "4990", "4990", "4990.5", "0.3", "-1.01", "12.34"]);
    }

    #[test]
    fn values_of_another_type_are_not_kept() {
        for (kind, text) in [
            (Kind::Sum, "\"much\""),
            (Kind::Sum, "true"),
            (Kind::Flag, "\"true\""),
            (Kind::Moment, "\"2026-11-24\\u0000\""),
            (Kind::Moment, "\"2026-11-24T10:00:00Z\""),
            (Kind::Own, "\"abc\""),
            (Kind::Text, "1"),
            (Kind::Whole, "1.5"),
        ] {
            assert_eq!(kept(kind, &serde_json::from_str(text).unwrap()), None, "{text}");
        }
    }
}
