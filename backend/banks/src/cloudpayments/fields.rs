//! A notification's fields, from a form or from JSON, GET or POST, as set in the cabinet.

use serde_json::Value;
use sverka_app::ports::bank::RawCallback;

use crate::form::Form;

/// The text that the bank signs, and the fields in it.
pub(super) struct Notification<'a> {
    /// What was sent, byte for byte.
    pub(super) text: &'a [u8],
    /// The type that our address names (`?type=pay`), lower case.
    pub(super) kind: Option<String>,
    pub(super) fields: Fields,
}

/// Names and values that are text and not empty.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pairs: Vec<(String, String)>,
    /// A name comes twice: which of its values counts would be a guess.
    repeated: bool,
    /// Decoded values hold the marks of the encoding, so the decoded text can be cut in other ways.
    ambiguous: bool,
}

impl<'a> Notification<'a> {
    /// Reads a notification; nothing when it is neither a form nor a JSON object.
    pub(super) fn read(raw: &'a RawCallback) -> Option<Self> {
        let query = Form::parse(raw.query.as_bytes()).ok()?;
        let kind = query.text("type").map(str::to_ascii_lowercase);
        let is_post = raw.method.eq_ignore_ascii_case("POST");
        let text = if is_post {
            raw.body.as_slice()
        } else {
            raw.query.as_bytes()
        };
        let fields = if is_post && text.trim_ascii_start().starts_with(b"{") {
            Fields::from_json(text)?
        } else {
            Fields::from_form(&Form::parse(text).ok()?)
        };
        Some(Self { text, kind, fields })
    }
}

impl Fields {
    fn from_form(form: &Form) -> Self {
        let marked = |value: &[u8]| value.iter().any(|byte| matches!(byte, b'&' | b'='));
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
        Self {
            // Values in another encoding than UTF-8 are names and cities, which mean nothing to us.
            pairs: form
                .pairs()
                .filter_map(|(name, value)| Some((text(name)?, text(value)?)))
                .collect(),
            repeated: form.repeats_any(),
            ambiguous: form.pairs().any(|(name, value)| marked(name) || marked(value)),
        }
    }

    fn from_json(text: &[u8]) -> Option<Self> {
        let Value::Object(object) = serde_json::from_slice(text).ok()? else {
            return None;
        };
        let scalar = |value: Value| match value {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(flag) => Some(flag.to_string()),
            _ => None,
        };
        Some(Self {
            pairs: object
                .into_iter()
                .filter_map(|(name, value)| Some((name, scalar(value)?)))
                .collect(),
            ..Self::default()
        })
    }

    /// A value that is there and not empty, and that a database takes.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty() && !value.contains('\0'))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub(super) fn repeated(&self) -> bool {
        self.repeated
    }

    pub(super) fn ambiguous(&self) -> bool {
        self.ambiguous
    }
}
