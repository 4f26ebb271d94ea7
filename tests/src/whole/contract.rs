//! What the contract says of an operation: every answer in every scenario has to be one of those.

use std::sync::OnceLock;

use reqwest::Method;
use serde_json::Value;

static DOCUMENT: OnceLock<Value> = OnceLock::new();

/// Fails when an operation of the contract gave an answer that its description does not know.
#[track_caller]
pub(super) fn check_documented(method: &Method, path: &str, status: u16) {
    let document = DOCUMENT.get_or_init(|| serde_json::to_value(sverka_http::document()).unwrap());
    let paths = document["paths"].as_object().unwrap();
    let Some((template, item)) = paths.iter().find(|(template, _)| fits(template, path)) else {
        return;
    };
    let Some(operation) = item.get(method.as_str().to_lowercase()) else {
        return;
    };
    let responses = operation["responses"].as_object().unwrap();
    assert!(
        responses.contains_key(&status.to_string()),
        "{method} {template} answered {status}, which the contract does not know: mend backend/http/src/openapi.rs"
    );
}

fn fits(template: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(wanted), Some(given)) if wanted == given || wanted.starts_with('{') => {}
            _ => return false,
        }
    }
}
