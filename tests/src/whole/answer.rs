//! Answers, and what is read from them.

use reqwest::header::HeaderMap;
use serde_json::Value;

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub bytes: Vec<u8>,
    path: String,
}

impl Answer {
    pub(super) async fn read(path: String, answer: reqwest::Response) -> Self {
        Self {
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            bytes: answer.bytes().await.unwrap().to_vec(),
            path,
        }
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// A header's value; an empty text when it is missing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body of an answer that must be a success.
    #[track_caller]
    pub fn ok(&self) -> Value {
        assert!(
            (200..300).contains(&self.status),
            "{} answered {}: {}",
            self.path,
            self.status,
            self.text()
        );
        serde_json::from_slice(&self.bytes).unwrap()
    }

    /// The body of an answer that must be this problem. Checks what holds for every problem.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> Value {
        let text = self.text();
        assert_eq!(self.status, status, "{} answered: {text}", self.path);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.header("cache-control"), "no-store");
        let problem: Value = serde_json::from_slice(&self.bytes).unwrap();
        assert_eq!(problem["code"], code, "{text}");
        assert_eq!(problem["status"], status, "{text}");
        assert_eq!(problem["type"], format!("/docs/errors#{code}"), "{text}");
        assert_eq!(problem["instance"], self.path, "{text}");
        assert_eq!(problem["request_id"], self.header("x-request-id"), "{text}");
        for field in ["title", "detail", "request_id"] {
            let words = problem[field].as_str().unwrap_or_default();
            assert!(!words.is_empty(), "{field} is empty: {text}");
        }
        if status == 401 {
            assert_eq!(self.header("www-authenticate"), "Bearer");
        }
        problem
    }

    /// The names of the fields that a problem complains of.
    #[must_use]
    #[track_caller]
    pub fn faults(&self) -> Vec<String> {
        let problem: Value = serde_json::from_slice(&self.bytes).unwrap();
        let errors = problem["errors"].as_array().cloned().unwrap_or_default();
        let name = |fault: &Value| fault["field"].as_str().unwrap().to_owned();
        errors.iter().map(name).collect()
    }
}

/// An attempt as the API shows it.
#[derive(Debug, Clone)]
pub struct Seen(pub Value);

impl Seen {
    /// Bank status and CRM status: `paid, synced`.
    #[must_use]
    pub fn standing(&self) -> String {
        format!("{}, {}", self.text("bank_status"), self.text("crm_status"))
    }

    /// The diagnosis' code.
    #[must_use]
    pub fn diagnosis(&self) -> String {
        self.0["diagnosis"]["code"].as_str().unwrap().to_owned()
    }

    /// The diagnosis' detail.
    #[must_use]
    pub fn detail(&self) -> String {
        let detail = self.0["diagnosis"]["detail"].as_str();
        detail.unwrap_or_default().to_owned()
    }

    /// The version.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.0["version"].as_i64().unwrap()
    }

    /// A field that is a text.
    #[must_use]
    pub fn text(&self, field: &str) -> &str {
        self.0[field].as_str().unwrap_or_default()
    }

    /// A field that is true or false.
    #[must_use]
    pub fn is(&self, field: &str) -> bool {
        self.0[field].as_bool().unwrap()
    }

    /// Why an action is not allowed; `None` when it is.
    #[must_use]
    pub fn obstacle(&self, action: &str) -> Option<String> {
        let actions = self.0["actions"].as_array().unwrap();
        let found = actions.iter().find(|found| found["action"] == action).unwrap();
        assert_eq!(found["allowed"].as_bool().unwrap(), found["reason"].is_null());
        found["reason"].as_str().map(str::to_owned)
    }
}
