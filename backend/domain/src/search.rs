//! The search text of an attempt, and what a typed text may mean.
//!
//! One normalised text an attempt; the typed text is tried as it is, in the other keyboard layout
//! and transliterated. Normalising happens here and nowhere else, so that both engines agree.

mod layout;
mod translit;

use crate::client::normalise_phone;

/// Longest text that is searched for, in characters.
pub const MAX_QUERY: usize = 200;

/// Lower case, ё→е, anything but letters and digits as one space.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        let c = if c == 'ё' { 'е' } else { c };
        if c.is_alphanumeric() {
            folded.push(c);
        } else if matches!(c, '-' | '_' | '@' | '.' | '+') && !folded.ends_with(' ') {
            // Kept inside order numbers and addresses; trimmed at the ends of words below.
            folded.push(c);
        } else if !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    let words = folded
        .split(' ')
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What goes into the search text of an attempt.
#[derive(Debug, Clone, Copy, Default)]
pub struct Searchable<'a> {
    /// The client's name.
    pub name: &'a str,
    /// The client's phone, normalised.
    pub phone: Option<&'a str>,
    /// The client's e-mail address.
    pub email: Option<&'a str>,
    /// The order number.
    pub order_number: &'a str,
    /// The bank's id of the order.
    pub bank_order_id: Option<&'a str>,
}

/// The search text of an attempt: folded words, the phone as digits.
#[must_use]
pub fn search_text(parts: Searchable<'_>) -> String {
    let phone: String = parts
        .phone
        .unwrap_or_default()
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let words = [
        fold(parts.name),
        phone,
        fold(parts.email.unwrap_or_default()),
        fold(parts.order_number),
        fold(parts.bank_order_id.unwrap_or_default()),
    ];
    let kept: Vec<_> = words.into_iter().filter(|word| !word.is_empty()).collect();
    kept.join(" ")
}

/// One meaning of a typed text: all of the terms must occur in the search text.
pub type Reading = Vec<String>;

/// What a typed text may mean, the literal meaning first. Empty when there is nothing to look for.
#[must_use]
pub fn readings(typed: &str) -> Vec<Reading> {
    if let Some(digits) = phone_digits(typed) {
        return vec![vec![digits]];
    }
    let folded = fold(typed);
    let mut readings: Vec<Reading> = Vec::new();
    let candidates = [
        folded.clone(),
        fold(&layout::switched(typed)),
        translit::to_cyrillic(&folded),
        translit::to_latin(&folded),
    ];
    for candidate in candidates {
        let terms: Reading = candidate
            .split(' ')
            .filter(|term| !term.is_empty())
            .map(str::to_owned)
            .collect();
        if !terms.is_empty() && !readings.contains(&terms) {
            readings.push(terms);
        }
    }
    readings
}

/// The digits of a text that is a phone number or the end of one, without the leading 8, 7 or +7 of
/// a whole Russian number.
fn phone_digits(typed: &str) -> Option<String> {
    let only_phone = typed
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '(' | ')' | ' ' | '\u{a0}'));
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    if !only_phone || digits.is_empty() {
        return None;
    }
    let whole = normalise_phone(typed);
    Some(
        whole
            .strip_prefix("+7")
            .filter(|rest| rest.len() == 10)
            .map_or(digits, str::to_owned),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text() -> String {
        search_text(Searchable {
            name: "Иванова-Пётрова  Мария",
            phone: Some("+79161234567"),
            email: Some("M.Ivanova@Example.ru"),
            order_number: "A-10452",
            bank_order_id: Some("B8D7-AA"),
        })
    }

    fn found(typed: &str) -> bool {
        let text = text();
        readings(typed)
            .iter()
            .any(|terms| terms.iter().all(|term| text.contains(term.as_str())))
    }

    #[test]
    fn the_search_text_is_folded() {
        assert_eq!(
            text(),
            "иванова-петрова мария 79161234567 m.ivanova@example.ru a-10452 b8d7-aa"
        );
    }

    #[test]
    fn a_client_is_found_however_the_name_is_typed() {
        for typed in [
            "Иванова",
            "ИВАНОВА мария",
            "мария пётрова",
            "Bdfyjdf",
            "Ivanova",
            "ivanova mariya",
            "ива",
        ] {
            assert!(found(typed), "{typed}: {:?}", readings(typed));
        }
        assert!(!found("Сидорова"));
    }

    #[test]
    fn a_client_is_found_by_the_phone_in_any_spelling_and_by_its_last_digits() {
        for typed in [
            "+7 916 123-45-67",
            "8 (916) 123-45-67",
            "89161234567",
            "9161234567",
            "4567",
            "45 67",
            "123-45-67",
        ] {
            assert!(found(typed), "{typed}: {:?}", readings(typed));
        }
        assert!(!found("0000"));
    }

    #[test]
    fn an_order_is_found_by_its_numbers() {
        for typed in ["A-10452", "a-10452", "10452", "b8d7-aa", "m.ivanova@example.ru"] {
            assert!(found(typed), "{typed}");
        }
    }

    #[test]
    fn a_text_without_letters_and_digits_means_nothing() {
        assert!(readings(" -- ").is_empty());
        assert!(readings("").is_empty());
    }
}
