//! Minor units and their decimal text.

/// `123456` as `1234.56`, PayOnline's form.
pub(crate) fn decimal(minor: i64) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    format!(
        "{sign}{}.{:02}",
        minor.unsigned_abs() / 100,
        minor.unsigned_abs() % 100
    )
}

/// `1234.56` (or `1234.5`, `1234`) in minor units.
pub(crate) fn minor(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(part)
}

/// `1 234,56 ₽`, for people.
pub(crate) fn for_people(minor: i64) -> String {
    let whole = (minor / 100).to_string();
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push('\u{a0}');
        }
        grouped.push(digit);
    }
    format!("{grouped},{:02}\u{a0}₽", minor.unsigned_abs() % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_go_there_and_back() {
        assert_eq!(
            (
                decimal(123_456).as_str(),
                decimal(5).as_str(),
                decimal(-150).as_str()
            ),
            ("1234.56", "0.05", "-1.50")
        );
        assert_eq!(
            (minor("1234.56"), minor("12.5"), minor("12")),
            (Some(123_456), Some(1_250), Some(1_200))
        );
        assert_eq!(
            (minor("1.234"), minor("-1"), minor(".5"), minor("1e3"), minor("")),
            (None, None, None, None, None)
        );
        assert_eq!(for_people(123_456_789), "1\u{a0}234\u{a0}567,89\u{a0}₽");
    }
}
