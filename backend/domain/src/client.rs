//! The person who pays.

use serde::{Deserialize, Serialize};

/// The client of an attempt, as the app knows them. Personal data: never written to a log.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// Full name, usually surname first.
    pub name: String,
    /// In E.164 (`+79161234567`) where the number could be read, else as it came.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// The app's or the CRM's own id of the client.
    pub external_id: Option<String>,
}

// Shows that there is a client, never who.
impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Client(…)")
    }
}

/// Brings a phone number to E.164 where that is certain: Russian numbers in any spelling, and
/// anything that starts with `+`. Otherwise the text stays as it came.
#[must_use]
pub fn normalise_phone(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match (digits.len(), digits.as_bytes().first()) {
        (11, Some(b'8' | b'7')) if !text.trim_start().starts_with("+8") => format!("+7{}", &digits[1..]),
        (10, Some(b'9')) => format!("+7{digits}"),
        (7..=15, _) if text.trim_start().starts_with('+') => format!("+{digits}"),
        _ => text.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::normalise_phone;

    #[test]
    fn a_russian_number_in_any_spelling_is_one_number() {
        for text in [
            "+7 916 123-45-67",
            "8 (916) 123 45 67",
            "79161234567",
            "9161234567",
            "8-916-1234567",
        ] {
            assert_eq!(normalise_phone(text), "+79161234567", "{text}");
        }
    }

    #[test]
    fn what_is_not_certain_stays_as_it_came() {
        assert_eq!(normalise_phone("+49 30 123456"), "+4930123456");
        assert_eq!(normalise_phone("доб. 12"), "доб. 12");
    }
}
