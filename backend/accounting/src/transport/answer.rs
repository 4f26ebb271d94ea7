//! An answer as it came, and the words that can be found in it.

use reqwest::header::HeaderMap;
use serde_json::Value;
use sverka_app::ports::accounting::Sent;
use sverka_domain::delivery::Verdict;

use crate::settings::Secret;

/// The most that the journal keeps of an answer, in bytes.
const KEPT: usize = 2048;
/// The most that the operator is shown of the receiver's words, in characters.
const SHOWN: usize = 300;

/// An answer that came whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) retry_after: Option<String>,
    pub(crate) content_type: String,
    pub(crate) body: String,
    /// There was more than anyone reads.
    pub(crate) is_cut: bool,
    /// All its headers.
    pub(crate) headers: HeaderMap,
}

impl Answer {
    /// The body as a JSON object.
    pub(crate) fn object(&self) -> Option<Value> {
        serde_json::from_str(&self.body).ok().filter(Value::is_object)
    }

    /// A page for people instead of an answer for a program.
    pub(crate) fn is_page(&self) -> bool {
        let says_so = ["text/html", "application/xhtml"]
            .iter()
            .any(|kind| self.content_type.starts_with(kind));
        let body = self.body.trim_start();
        !body.is_empty() && (says_so || body.starts_with('<'))
    }

    /// JSON by its heading, and not by its body.
    pub(crate) fn is_broken_json(&self) -> bool {
        let says_so = self.content_type.contains("json") || self.body.trim_start().starts_with('{');
        says_so && !self.body.trim().is_empty() && serde_json::from_str::<Value>(&self.body).is_err()
    }

    /// The receiver's own words on why not: of problem+json, of common JSON, or plain text.
    pub(crate) fn words(&self) -> Option<String> {
        let words =
            match self.object() {
                Some(object) => ["detail", "message", "error", "title"]
                    .iter()
                    .find_map(|name| match &object[*name] {
                        Value::String(text) => Some(text.clone()),
                        nested => nested.get("message")?.as_str().map(str::to_owned),
                    }),
                None if self.is_page() => None,
                None => Some(self.body.clone()),
            };
        words
            .map(|words| printable(&words, SHOWN))
            .filter(|words| !words.is_empty())
    }

    /// What the journal keeps.
    pub(crate) fn kept(&self) -> Option<String> {
        let clean = self.body.replace('\0', "\u{fffd}");
        let clean = clean.trim();
        if clean.is_empty() {
            return None;
        }
        let end = clean.floor_char_boundary(KEPT);
        let more = if end < clean.len() || self.is_cut {
            "…"
        } else {
            ""
        };
        Some(format!("{}{more}", &clean[..end]))
    }

    /// As what a try came to.
    pub(crate) fn sent(&self, verdict: Verdict, document_key: Option<String>, mask: &Mask) -> Sent {
        Sent {
            verdict,
            document_key,
            http_status: Some(self.status),
            answer: self.kept().map(|kept| mask.hide(&kept)),
        }
    }
}

/// The secrets of a connection, to be kept out of what its system's answers are quoted in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mask(Vec<Secret>);

/// Shorter ones would take half of any text with them.
const SHORTEST: usize = 6;

impl Mask {
    pub(crate) fn new(secrets: impl IntoIterator<Item = Secret>) -> Self {
        Self(secrets.into_iter().collect())
    }

    /// The text without the secrets.
    pub(crate) fn hide(&self, text: &str) -> String {
        let long = |secret: &&Secret| secret.expose().len() >= SHORTEST;
        let secrets = self.0.iter().filter(long);
        secrets.fold(text.to_owned(), |text, secret| text.replace(secret.expose(), "…"))
    }
}

/// On one line, without control characters, of at most so many characters.
pub(crate) fn printable(text: &str, most: usize) -> String {
    let words: Vec<&str> = text
        .split(|letter: char| letter.is_whitespace() || letter.is_control())
        .collect();
    let line = words
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let short: String = line.chars().take(most).collect();
    if short.len() < line.len() {
        short + "…"
    } else {
        short
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_that_is_echoed_is_not_kept() {
        let mask = Mask::new([Secret::new("hunter2"), Secret::new("1С")]);
        let answer = Answer {
            status: 500,
            body: "no rights for 1С:hunter2".to_owned(),
            ..Answer::default()
        };
        let reason = String::new();
        let sent = answer.sent(Verdict::Unknown { reason }, None, &mask);
        assert_eq!(sent.answer.as_deref(), Some("no rights for 1С:…"));
    }

    #[test]
    fn the_journal_keeps_two_kilobytes_without_what_a_database_refuses() {
        let of = |body: &str| Answer {
            status: 200,
            body: body.to_owned(),
            ..Answer::default()
        };
        let kept = of(&"я\0".repeat(3000)).kept().unwrap();
        assert!(kept.len() <= 2048 + "…".len() && kept.ends_with('…') && !kept.contains('\0'));
        assert_eq!(of("  ").kept(), None);
    }
}
