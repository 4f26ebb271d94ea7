//! What others rely on: the committed contract is what the code says, and the webhook that leaves Sverka is what its
//! description says.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod receiver;
mod webhook;

use std::path::Path;

fn committed(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../openapi")
        .join(name);
    std::fs::read_to_string(&path).expect("a committed file; `make contract` writes it")
}

#[test]
fn the_committed_contract_is_the_generated_one() {
    let generated = serde_json::to_value(sverka_http::document()).expect("a document");
    let committed: serde_json::Value = serde_json::from_str(&committed("openapi.json")).expect("JSON");
    assert!(
        committed == generated,
        "openapi/openapi.json has drifted: run `make contract` and commit the result"
    );
}

#[test]
fn the_committed_table_of_errors_is_the_generated_one() {
    assert!(
        committed("errors.md") == sverka_http::error_table(),
        "openapi/errors.md has drifted: run `make contract` and commit the result"
    );
}

#[test]
fn every_error_code_of_the_contract_is_explained() {
    let document = serde_json::to_value(sverka_http::document()).expect("a document");
    let codes = document["components"]["schemas"]["ErrorCode"]["enum"]
        .as_array()
        .expect("an enum")
        .clone();
    assert!(codes.len() > 20);
    let table = committed("errors.md");
    for code in codes {
        let code = code.as_str().expect("a text");
        assert!(table.contains(&format!("| `{code}` |")), "{code}");
    }
}
