//! Parameters as banks take them: from the query, and from a form body.

use std::borrow::Cow;

use actix_web::HttpRequest;

/// Parameters in the order in which they came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads query and body; what stands in the query wins.
    pub(crate) fn read(request: &HttpRequest, body: &[u8]) -> Self {
        let query = url::form_urlencoded::parse(request.query_string().as_bytes());
        let owned = |(name, value): (Cow<'_, str>, Cow<'_, str>)| (name.into_owned(), value.into_owned());
        Self(
            query
                .chain(url::form_urlencoded::parse(body))
                .map(owned)
                .collect(),
        )
    }

    /// Reads the scalars of a JSON object; objects and lists inside are kept as their text.
    pub(crate) fn from_json(body: &[u8]) -> Option<Self> {
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(body).ok()?;
        let text = |value: serde_json::Value| match value {
            serde_json::Value::String(text) => text,
            serde_json::Value::Null => String::new(),
            other => other.to_string(),
        };
        Some(Self(
            object
                .into_iter()
                .map(|(name, value)| (name, text(value)))
                .collect(),
        ))
    }

    /// A parameter that is there and not empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// A ticked box.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// A whole number.
    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        self.get(name)?.parse().ok()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}
