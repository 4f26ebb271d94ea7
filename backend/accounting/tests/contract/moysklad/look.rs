//! Looking for documents, and the self-test.

use serde_json::{Value, json};
use sverka_accounting::MoySkladSettings;
use sverka_app::ports::accounting::{CheckKind, CheckOutcome, Class};
use sverka_domain::delivery::{MatchRule, Verdict};

use super::{
    AGENT, CODE, EXPENSE, ORGANIZATION, document, fault, lines, link, now, one, payment_order, port,
    refund_order, rows, settings, sync_id, with,
};
use crate::server::Server;

async fn key() -> Value {
    let server = Server::start(vec![rows(&[])]).await;
    sync_id(port(settings(&server)).as_ref(), &payment_order())
}

/// A document that somebody entered by hand.
fn theirs(id: &str) -> Value {
    let by_hand = with(document(&Value::Null), "externalCode", json!("Q7wBn7oYh"));
    with(with(by_hand, "id", json!(id)), "incomingNumber", Value::Null)
}

#[tokio::test]
async fn it_is_looked_for_by_key_by_the_banks_numbers_and_by_client_sum_and_day() {
    let key = key().await;
    let second = "6c527858-3f95-11e6-8a84-bae500000113";
    let third = "d557dabe-3d3e-11e6-8a84-bae500000000";
    let server = Server::start(vec![
        rows(&[document(&key)]),
        rows(&[
            document(&key),
            with(theirs(second), "incomingNumber", json!("md-1")),
        ]),
        rows(&[document(&key), theirs(second), theirs(third)]),
    ])
    .await;
    let port = port(settings(&server));
    let found = port.look_up(&payment_order(), now()).await.unwrap();
    let seen: Vec<_> = found
        .iter()
        .map(|document| (document.rule, document.is_ours, document.is_same_client))
        .collect();
    assert_eq!(
        seen,
        [
            (MatchRule::OurKey, true, Some(true)),
            (MatchRule::BankNumbers, false, Some(true)),
            (MatchRule::ClientAmountDate, false, Some(true)),
        ]
    );
    let base = format!("{}api/remap/1.2/entity", server.base);
    assert_eq!(
        lines(&server),
        [
            format!("GET entity/paymentin?syncId={}", key.as_str().unwrap()),
            "GET entity/paymentin?incomingNumber=md-1".to_owned(),
            format!(
                "GET entity/paymentin?organization={base}/organization/{ORGANIZATION};sum=450000;\
                 moment>=2023-11-14 01:13:20;moment<=2023-11-16 01:20:00;agent={base}/counterparty/{AGENT}"
            ),
        ]
    );
    assert_eq!(found[2].date, Some("2023-11-15".parse().unwrap()));
}

#[tokio::test]
async fn a_code_that_somebody_copied_is_ours_only_with_the_key_beside_it() {
    let server = Server::start(vec![
        rows(&[]),
        rows(&[with(theirs(super::DOCUMENT), "externalCode", json!(CODE))]),
        rows(&[]),
    ])
    .await;
    let found = port(settings(&server))
        .look_up(&payment_order(), now())
        .await
        .unwrap();
    assert_eq!((found[0].rule, found[0].is_ours), (MatchRule::OurKey, false));
}

#[tokio::test]
async fn strict_looks_at_the_documents_of_anybody() {
    let other = with(theirs(super::DOCUMENT), "agent", link("counterparty", EXPENSE));
    let plays = || {
        vec![
            rows(&[]),
            rows(&[]),
            rows(&[]),
            rows(std::slice::from_ref(&other)),
        ]
    };
    let server = Server::start(plays()).await;
    let strict = MoySkladSettings {
        strict: true,
        ..settings(&server)
    };
    let port = port(strict);
    assert!(port.profile().is_strict);
    let found = port.look_up(&payment_order(), now()).await.unwrap();
    assert_eq!(
        (found[0].rule, found[0].is_same_client),
        (MatchRule::AmountDate, Some(false))
    );
    assert!(!lines(&server)[3].contains("agent="));
}

#[tokio::test]
async fn a_refund_is_looked_for_among_what_went_out() {
    let server = Server::start(vec![rows(&[])]).await;
    let found = port(settings(&server))
        .look_up(&refund_order(100_000), now())
        .await;
    assert_eq!(found.unwrap(), Vec::new());
    assert!(
        lines(&server)
            .iter()
            .all(|line| line.starts_with("GET entity/paymentout?"))
    );
}

#[tokio::test]
async fn rows_that_do_not_pass_the_filter_are_no_answer() {
    let server = Server::start(vec![rows(&[theirs(super::DOCUMENT)])]).await;
    let sent = port(settings(&server))
        .look_up(&payment_order(), now())
        .await
        .unwrap_err();
    assert!(matches!(sent.verdict, Verdict::NotApplied { .. }));
    assert!(sent.verdict.reason().unwrap().contains("filter"));
}

#[tokio::test]
async fn the_profile_says_what_the_service_can_do() {
    let server = Server::start(vec![rows(&[])]).await;
    let profile = port(settings(&server)).profile();
    assert_eq!((profile.class, profile.looks_up), (Class::KeyEnforced, true));
    assert!(profile.matches_clients && !profile.is_strict);
    let one_for_all = MoySkladSettings {
        counterparty: Some(AGENT.to_owned()),
        ..settings(&server)
    };
    assert!(!port(one_for_all).profile().matches_clients);
}

#[tokio::test]
async fn a_test_makes_sure_of_everything_that_documents_link_to() {
    let key = key().await;
    let server = Server::start(vec![
        one(&json!({"id": AGENT})),
        one(&json!({"id": ORGANIZATION})),
        one(&json!({"id": EXPENSE})),
        rows(&[]),
        rows(&[document(&key)]),
    ])
    .await;
    let checks = port(settings(&server))
        .self_test(Some(payment_order()), now())
        .await;
    let outcomes: Vec<_> = checks.iter().map(|check| (check.kind, check.outcome)).collect();
    assert_eq!(
        outcomes,
        [
            (CheckKind::Reach, CheckOutcome::Passed),
            (CheckKind::LogIn, CheckOutcome::Passed),
            (CheckKind::Metadata, CheckOutcome::Passed),
            (CheckKind::FilterFindsNothing, CheckOutcome::Passed),
            (CheckKind::FilterFindsOne, CheckOutcome::Passed),
            (CheckKind::KeyIsEnforced, CheckOutcome::Skipped),
        ]
    );
    assert!(lines(&server).iter().all(|line| line.starts_with("GET ")));

    let server = Server::start(vec![
        one(&json!({"id": AGENT})),
        fault("404 Not Found", 1021, "Объект не найден"),
        rows(&[document(&key)]),
    ])
    .await;
    let checks = port(settings(&server)).self_test(None, now()).await;
    assert_eq!(
        checks[2].detail.as_deref(),
        Some("organization: Объект не найден (1021)")
    );
    assert_eq!(
        checks[3].outcome,
        CheckOutcome::Failed,
        "the filter is not applied"
    );

    let server = Server::start(vec![fault("401 Unauthorized", 1056, "нет")]).await;
    let checks = port(settings(&server)).self_test(None, now()).await;
    assert_eq!(
        (checks[0].outcome, checks[1].outcome),
        (CheckOutcome::Passed, CheckOutcome::Failed)
    );
    let probe = port(settings(&server)).probe(now()).await.unwrap();
    assert!(matches!(probe.verdict, Verdict::ConnectionRefused { .. }));
}
