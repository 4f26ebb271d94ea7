//! The self-test, line by line.

use serde_json::{Map, json};
use sverka_app::ports::accounting::{Check, CheckKind, CheckOutcome};
use sverka_domain::delivery::DeliveryKind;

use super::*;

const VERSION: &str = r#"{"id":1,"result":"8.2"}"#;
const NO_CLIENT: &str = r#"{"id":1,"error":["insert or update on table \"account_payment\" violates foreign key constraint \"account_payment_party_fkey\"\nDETAIL:  Key (party)=(0) is not present in table \"party_party\".",""]}"#;

/// Every field that could be asked for.
fn fields() -> Play {
    let names = [
        "reference",
        "company",
        "journal",
        "kind",
        "party",
        "amount",
        "date",
        "line",
        "state",
        "clearing_move",
        "number",
        "description",
        "origin",
        "debit",
        "credit",
        "account",
        "maturity_date",
        "reconciliation",
        "type",
        "value",
        "value_compact",
        "name",
        "code",
    ];
    let all: Map<String, Value> = names.iter().map(|name| ((*name).to_owned(), json!({}))).collect();
    result(&Value::Object(all))
}

fn journal(company: i64, currency: &str) -> Play {
    result(&json!([{
        "id": 1, "name": "Acquiring", "company": company, "currency.": {"id": 1, "code": currency},
        "process_method": "manual", "clearing_account": 37,
    }]))
}

fn metadata() -> Vec<Play> {
    vec![
        fields(),
        fields(),
        fields(),
        fields(),
        fields(),
        journal(1, "RUB"),
    ]
}

async fn tested(is_unique: bool, has_posted: bool, plays: Vec<Play>) -> Vec<Check> {
    let server = Server::start(plays).await;
    let mut told = settings(&server.base);
    told.unique_reference = is_unique;
    let posted = has_posted.then(|| order(DeliveryKind::Payment));
    let at = "2026-11-24T10:00:00Z".parse().unwrap();
    port(told).self_test(posted, at).await
}

fn outcomes(checks: &[Check]) -> Vec<(CheckKind, CheckOutcome)> {
    checks.iter().map(|check| (check.kind, check.outcome)).collect()
}

#[tokio::test]
async fn all_is_well() {
    let taken = format!(
        r#"{{"id":1,"error":["duplicate key value\nDETAIL:  Key (company, reference)=(1, {KEY}) already exists.",""]}}"#
    );
    let there = result(&json!([row("succeeded", Some("posted"))]));
    let plays = [
        vec![ok(VERSION), ok(LOGGED_IN)],
        metadata(),
        vec![ok(NOTHING), there, ok(&taken), ok(NO_CLIENT)],
    ]
    .concat();
    let checks = tested(true, true, plays).await;
    let all = [
        CheckKind::Reach,
        CheckKind::LogIn,
        CheckKind::Metadata,
        CheckKind::FilterFindsNothing,
        CheckKind::FilterFindsOne,
        CheckKind::KeyIsEnforced,
    ];
    assert_eq!(
        outcomes(&checks),
        all.map(|kind| (kind, CheckOutcome::Passed)),
        "{checks:?}"
    );
    assert_eq!(checks[0].detail.as_deref(), Some("Tryton 8.2"));
}

#[tokio::test]
async fn an_index_that_is_said_to_be_there_and_is_not_is_noticed() {
    let there = result(&json!([row("succeeded", Some("posted"))]));
    let plays = [
        vec![ok(VERSION), ok(LOGGED_IN)],
        metadata(),
        vec![ok(NOTHING), there, ok(NO_CLIENT), ok(NO_CLIENT)],
    ]
    .concat();
    let checks = tested(true, true, plays).await;
    assert_eq!(checks[5].outcome, CheckOutcome::Failed);
    assert!(checks[5].detail.as_deref().unwrap().contains("no unique index"));
}

#[tokio::test]
async fn a_wrong_password_leaves_the_rest_untried() {
    let checks = tested(
        false,
        true,
        vec![ok(VERSION), Play::Answer("401 Unauthorized", String::new())],
    )
    .await;
    let failed = checks
        .iter()
        .filter(|check| check.outcome == CheckOutcome::Failed)
        .count();
    let skipped = checks
        .iter()
        .filter(|check| check.outcome == CheckOutcome::Skipped)
        .count();
    assert_eq!((failed, skipped), (1, 4), "{checks:?}");
}

#[tokio::test]
async fn what_does_not_fit_is_named() {
    for (fields_of_payments, journal, named) in [
        (
            result(&json!({"company": {}})),
            journal(1, "RUB"),
            "account.payment has no",
        ),
        (fields(), journal(2, "RUB"), "another company's"),
        (fields(), journal(1, "EUR"), "is in EUR"),
    ] {
        let plays = [
            vec![ok(VERSION), ok(LOGGED_IN), fields_of_payments.clone()],
            vec![fields(), fields(), fields(), fields(), journal, ok(NOTHING)],
        ]
        .concat();
        let checks = tested(false, false, plays).await;
        assert_eq!(checks[2].outcome, CheckOutcome::Failed);
        assert!(checks[2].detail.as_deref().unwrap().contains(named), "{checks:?}");
    }
}
