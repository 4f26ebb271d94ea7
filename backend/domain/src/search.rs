//! The search text of an attempt, and what a typed text may mean.
//!
//! One normalised text an attempt; the typed text is tried as it is, in the other keyboard layout
//! and transliterated. Normalising happens here and nowhere else, so that both engines agree.

mod fold;
mod layout;
mod phone;
mod translit;

pub use fold::fold;

/// Longest text that is searched for, in characters.
pub const MAX_QUERY: usize = 200;

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
    /// The card network's number of the payment.
    pub rrn: Option<&'a str>,
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
        fold(parts.rrn.unwrap_or_default()),
    ];
    let kept: Vec<_> = words.into_iter().filter(|word| !word.is_empty()).collect();
    kept.join(" ")
}

/// One meaning of a typed text: all of the terms must occur in the search text.
pub type Reading = Vec<String>;

/// What a typed text may mean, the literal meaning first. Empty when there is nothing to look for. What is
/// longer than [`MAX_QUERY`] is cut.
#[must_use]
pub fn readings(typed: &str) -> Vec<Reading> {
    let typed: String = typed.chars().take(MAX_QUERY).collect();
    let mut readings: Vec<Reading> = Vec::new();
    if phone::is_phone_like(&typed) {
        for digits in phone::stored_forms(&typed) {
            add(&mut readings, &digits);
        }
        // An order number may be all digits and hyphens; a phone is stored without them.
        let literal = fold(&typed);
        if !literal.contains(' ') && literal.contains(|c: char| !c.is_alphanumeric()) {
            add(&mut readings, &literal);
        }
        return readings;
    }
    if let Some(with_digits) = phone::with_bare_phone(&typed) {
        add_words(&mut readings, &with_digits);
    }
    add_words(&mut readings, &typed);
    readings
}

/// The readings of a text of words: as it is, in the other layout, in the other alphabet.
fn add_words(readings: &mut Vec<Reading>, typed: &str) {
    let folded = fold(typed);
    if folded.is_empty() {
        return;
    }
    add(readings, &folded);
    let switched = fold(&layout::switched(typed));
    // A reading whose letters became marks, and were lost, would find far too much: `Юля` is not `kz`.
    if letters(&switched) >= letters(&folded) {
        add(readings, &switched);
    }
    add(readings, &fold(&translit::to_cyrillic(&folded)));
    add(readings, &fold(&translit::to_latin(&folded)));
}

fn add(readings: &mut Vec<Reading>, text: &str) {
    let terms: Reading = text
        .split(' ')
        .filter(|term| !term.is_empty())
        .map(str::to_owned)
        .collect();
    if !terms.is_empty() && !readings.contains(&terms) {
        readings.push(terms);
    }
}

fn letters(folded: &str) -> usize {
    folded.chars().filter(|c| *c != ' ').count()
}

#[cfg(test)]
#[path = "search/search_tests.rs"]
mod tests;
