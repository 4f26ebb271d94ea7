//! An answer as it came, and the words that can be found in it.

use serde_json::Value;

/// The most that the journal keeps of an answer, in bytes.
const KEPT: usize = 2048;
/// The most that the operator is shown of the receiver's words, in characters.
const SHOWN: usize = 300;

/// An answer that came whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) retry_after: Option<String>,
    pub(super) content_type: String,
    pub(super) body: String,
    /// There was more than anyone reads.
    pub(super) is_cut: bool,
}

impl Answer {
    /// The body as a JSON object.
    pub(super) fn object(&self) -> Option<Value> {
        serde_json::from_str(&self.body).ok().filter(Value::is_object)
    }

    /// The number of the document. `Some(None)`: the receiver speaks of a document without naming it.
    pub(super) fn document_ref(&self) -> Option<Option<String>> {
        let object = self.object()?;
        match object.get("document_ref")? {
            Value::String(text) => Some(Some(printable(text, 200)).filter(|text| !text.is_empty())),
            Value::Number(number) => Some(Some(number.to_string())),
            _ => Some(None),
        }
    }

    /// A page for people instead of an answer for a program.
    pub(super) fn is_page(&self) -> bool {
        let says_so = ["text/html", "application/xhtml"]
            .iter()
            .any(|kind| self.content_type.starts_with(kind));
        let body = self.body.trim_start();
        !body.is_empty() && (says_so || body.starts_with('<'))
    }

    /// JSON by its heading, and not by its body.
    pub(super) fn is_broken_json(&self) -> bool {
        let says_so = self.content_type.contains("json") || self.body.trim_start().starts_with('{');
        says_so && !self.body.trim().is_empty() && serde_json::from_str::<Value>(&self.body).is_err()
    }

    /// The receiver's own words on why not: of problem+json, of common JSON, or plain text.
    pub(super) fn words(&self) -> Option<String> {
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
    pub(super) fn kept(&self) -> Option<String> {
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
}

/// On one line, without control characters, of at most so many characters.
fn printable(text: &str, most: usize) -> String {
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
