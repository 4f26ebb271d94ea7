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
    let international = text.trim_start().starts_with('+');
    match (digits.len(), digits.as_bytes().first()) {
        (11, Some(b'7')) => format!("+{digits}"),
        (11, Some(b'8')) if !international => format!("+7{}", &digits[1..]),
        (10, Some(b'9')) if !international => format!("+7{digits}"),
        (7..=15, _) if international => format!("+{digits}"),
        _ => text.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Client, normalise_phone};

    #[test]
    fn a_russian_number_in_any_spelling_is_one_number() {
        for text in [
            "+7 916 123-45-67",
            "8 (916) 123 45 67",
            "79161234567",
            "9161234567",
            "8-916-1234567",
            "\u{a0}8\u{a0}916\u{a0}123\u{2011}45\u{2011}67",
            "+7(916)123\u{2011}45\u{2011}67",
            "тел. 8 916 123 45 67",
        ] {
            assert_eq!(normalise_phone(text), "+79161234567", "{text}");
        }
    }

    #[test]
    fn what_is_not_certain_stays_as_it_came() {
        assert_eq!(normalise_phone("+49 30 123456"), "+4930123456");
        assert_eq!(normalise_phone("+89161234567"), "+89161234567");
        assert_eq!(normalise_phone("+9161234567"), "+9161234567");
        assert_eq!(normalise_phone(" доб. 12 "), "доб. 12");
        assert_eq!(
            normalise_phone("8 916 123-45-67 доб. 3"),
            "8 916 123-45-67 доб. 3"
        );
        assert_eq!(normalise_phone("123-45-67"), "123-45-67");
        assert_eq!(normalise_phone(""), "");
    }

    #[test]
    fn a_client_is_never_shown_in_a_debug_text() {
        let client = Client {
            name: "Иванова Мария".to_owned(),
            phone: Some("+79161234567".to_owned()),
            email: Some("m@example.ru".to_owned()),
            external_id: Some("77".to_owned()),
        };
        assert_eq!(format!("{client:?}"), "Client(…)");
    }
}
