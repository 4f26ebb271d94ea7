//! Every operation of the contract, tried as nobody, with a bad token, and as each role.
//!
//! The operations come from the generated document, so a new one is tried without being listed; it fails here until
//! somebody has said which right it demands.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use reqwest::Method;
use serde_json::{Value, json};
use sverka_domain::role::{Right, Role};
use sverka_tests::whole::{Client, Given, TestApp, attempt};

sverka_tests::on_both_engines! {
    every_operation_refuses_nobody_and_bad_tokens,
    every_operation_lets_in_exactly_the_roles_that_have_its_right,
    what_is_open_is_open_to_everybody_and_stands_anything,
}

/// What each operation demands. The list of those that demand nothing may only shrink.
fn demands(operation: &str) -> Option<Right> {
    match operation {
        "login" | "refresh" | "logout" | "bank_callback_get" | "bank_callback_post" | "healthz"
        | "readyz" | "metrics" | "openapi" => None,
        "list_incidents" | "get_incident" | "list_incident_attempts" => Some(Right::View),
        "query_bank_for_incident" | "resend_for_incident" => Some(Right::Mend),
        "me" | "get_reference" | "list_bank_accounts" | "search_attempts" | "export_attempts"
        | "get_attempt" | "list_events" => Some(Right::View),
        "check_callbacks" | "list_notifications" | "get_notification" => Some(Right::View),
        "test_callbacks" | "resend_notifications" | "process_notification" => Some(Right::Mend),
        "preview_registry"
        | "list_registries"
        | "get_registry"
        | "list_registry_lines"
        | "list_registry_mappings"
        | "get_registry_mapping" => Some(Right::View),
        "load_registry"
        | "pull_registry"
        | "mend_registry_line"
        | "put_registry_mapping"
        | "delete_registry_mapping" => Some(Right::Mend),
        "list_bulk_runs" | "get_bulk_run" | "list_bulk_rows" => Some(Right::View),
        "decide" | "bulk_resync" | "bulk_query_bank" | "start_bulk_run" | "stop_bulk_run" => {
            Some(Right::Mend)
        }
        "list_connections" | "get_connection" | "list_connection_deliveries" | "list_holds" => {
            Some(Right::View)
        }
        "test_connection" => Some(Right::Mend),
        "pause_connection" | "resume_connection" => Some(Right::Steer),
        "record_attempt" | "patch_attempt" | "open_checkout" => Some(Right::Record),
        "override_status" | "resync" | "mark_posted_by_hand" | "query_bank" => Some(Right::Mend),
        other => panic!("{other} is new: say here which right it demands"),
    }
}

/// What each role may do, written down once more: a mistake in the domain's own list must not agree with itself.
fn may(role: Role, right: Right) -> bool {
    match role {
        Role::Viewer => right == Right::View,
        Role::Operator => matches!(right, Right::View | Right::Mend),
        Role::Supervisor => matches!(right, Right::View | Right::Mend | Right::Steer),
        Role::Admin => true,
        Role::Integrator => matches!(right, Right::View | Right::Record),
    }
}

struct Operation {
    id: String,
    method: Method,
    path: String,
}

fn operations(attempt: &Given) -> Vec<Operation> {
    let document = serde_json::to_value(sverka_http::document()).unwrap();
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let Some(id) = operation["operationId"].as_str() else {
                continue;
            };
            assert_eq!(
                operation["security"] == json!([{"bearer": []}]),
                demands(id).is_some(),
                "the contract and this list disagree on {id}"
            );
            let path = path
                .replace("{id}", &attempt.id)
                .replace("{bank}", "sber")
                .replace("{bank_account}", "main")
                .replace("{name}", "crm");
            found.push(Operation {
                id: id.to_owned(),
                method: method.to_uppercase().parse().unwrap(),
                path,
            });
        }
    }
    assert!(found.len() >= 20);
    found
}

async fn status(client: Client<'_>, operation: &Operation, token: Option<&str>) -> u16 {
    let mut request = client.request(operation.method.clone(), &operation.path);
    if let Some(token) = token {
        request = request.header("authorization", token);
    }
    // A body that no operation takes: who may not call is refused before it is looked at.
    if matches!(operation.method, Method::POST | Method::PATCH) {
        request = request.json(&Value::Array(Vec::new()));
    }
    request.send().await.status
}

async fn every_operation_refuses_nobody_and_bad_tokens(app: &TestApp) {
    let given = app.given(attempt()).await;
    for operation in operations(&given) {
        if demands(&operation.id).is_none() {
            continue;
        }
        assert_eq!(
            status(app.nobody(), &operation, None).await,
            401,
            "{} as nobody",
            operation.id
        );
        for bad in [
            "Bearer abc",
            "Bearer sk_abc",
            "Basic dXNlcjpwYXNz",
            "Bearer ",
            "Bearer eyJhbGciOiJub25lIn0.e30.",
        ] {
            let refused = status(app.nobody(), &operation, Some(bad)).await;
            assert_eq!(refused, 401, "{} with {bad:?}", operation.id);
        }
    }
}

async fn every_operation_lets_in_exactly_the_roles_that_have_its_right(app: &TestApp) {
    let given = app.given(attempt()).await;
    for operation in operations(&given) {
        let Some(right) = demands(&operation.id) else {
            continue;
        };
        for role in [
            Role::Viewer,
            Role::Operator,
            Role::Supervisor,
            Role::Admin,
            Role::Integrator,
        ] {
            let answered = status(app.somebody(role), &operation, None).await;
            let expected = if may(role, right) { "let in" } else { "refused" };
            let happened = if answered == 403 { "refused" } else { "let in" };
            assert_eq!(happened, expected, "{} as {role}: {answered}", operation.id);
            assert!(
                answered < 500 && answered != 401,
                "{} as {role}: {answered}",
                operation.id
            );
        }
    }
}

async fn what_is_open_is_open_to_everybody_and_stands_anything(app: &TestApp) {
    let given = app.given(attempt()).await;
    for operation in operations(&given) {
        if demands(&operation.id).is_some() {
            continue;
        }
        let expected = match operation.id.as_str() {
            // There is no cookie with it.
            "refresh" => 401,
            "logout" => 204,
            // Not JSON of a sign-in.
            "login" => 422,
            // Not signed by the bank.
            "bank_callback_get" | "bank_callback_post" => 403,
            _ => 200,
        };
        for client in [app.nobody(), app.viewer(), app.admin()] {
            let answered = status(client, &operation, None).await;
            assert_eq!(answered, expected, "{}", operation.id);
        }
    }
}
