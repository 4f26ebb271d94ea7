//! The accounting receiver over HTTP.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use common::Stand;
use hmac::{Hmac, KeyInit, Mac};
use sverka_simulator::api::{AccountingFaults, AccountingMode as Mode, AlarmKind};

const BODY: &str = r#"{"type":"payment.succeeded","timestamp":"2026-11-24T10:00:00Z","data":{"attempt_id":"a-1","delivery_id":"d-1"}}"#;

#[allow(
    clippy::disallowed_methods,
    reason = "the signature carries the moment of sending"
)]
async fn post(stand: &Stand, id: &str, body: &str, key: &[u8]) -> reqwest::Result<reqwest::Response> {
    let stamp = jiff::Timestamp::now().as_second();
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key).unwrap();
    mac.update(format!("{id}.{stamp}.{body}").as_bytes());
    stand
        .http
        .post(stand.url("/accounting/crm/payments"))
        .header("webhook-id", id)
        .header("webhook-timestamp", stamp.to_string())
        .header(
            "webhook-signature",
            format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())),
        )
        .timeout(Duration::from_millis(700))
        .body(body.to_owned())
        .send()
        .await
}

async fn deliver(stand: &Stand, id: &str, body: &str) -> reqwest::Result<reqwest::Response> {
    post(stand, id, body, b"demo-secret-for-sverka-simulator").await
}

#[tokio::test]
async fn a_repeat_has_the_same_document() {
    let stand = Stand::new().await;
    let mut answers = Vec::new();
    for _ in 0..2 {
        let answer = deliver(&stand, "msg_1", BODY).await.unwrap();
        assert_eq!(answer.status(), 200);
        answers.push(answer.json::<serde_json::Value>().await.unwrap());
    }
    assert_eq!(
        (&answers[0]["document_ref"], &answers[0]["status"]),
        (&"ПКО-000001".into(), &"created".into())
    );
    assert_eq!(
        (&answers[1]["document_ref"], &answers[1]["status"]),
        (&"ПКО-000001".into(), &"already_posted".into())
    );
    let receipts = stand.control.accounting_payments("crm").await.unwrap();
    assert_eq!(
        (
            receipts.len(),
            receipts[0].count_received,
            receipts[0].applied_times
        ),
        (1, 2, 1)
    );
    assert_eq!(receipts[0].body["data"]["attempt_id"], "a-1");
}

#[tokio::test]
async fn an_unsigned_request_is_turned_away_and_counted() {
    let stand = Stand::new().await;
    assert_eq!(
        post(&stand, "msg_1", BODY, b"another key")
            .await
            .unwrap()
            .status(),
        401
    );
    let bare = stand
        .http
        .post(stand.url("/accounting/crm/payments"))
        .body(BODY)
        .send()
        .await
        .unwrap();
    assert_eq!(bare.status(), 401);
    let summary = stand.control.accounting("crm").await.unwrap();
    assert_eq!((summary.unauthorized, summary.documents), (2, 0));
}

#[tokio::test]
async fn other_bytes_and_double_payments_raise_alarms() {
    let stand = Stand::new().await;
    deliver(&stand, "msg_1", BODY).await.unwrap();
    let changed = deliver(&stand, "msg_1", "{}").await.unwrap();
    assert_eq!(changed.status(), 409);
    assert!(
        changed
            .json::<serde_json::Value>()
            .await
            .unwrap()
            .get("document_ref")
            .is_none()
    );
    deliver(&stand, "msg_2", BODY).await.unwrap();
    let kinds: Vec<AlarmKind> = stand
        .control
        .accounting("crm")
        .await
        .unwrap()
        .alarms
        .into_iter()
        .map(|alarm| alarm.kind)
        .collect();
    assert_eq!(kinds, [AlarmKind::BodyChanged, AlarmKind::DoublePayment]);
}

#[tokio::test]
async fn each_mode_is_seen_as_what_it_is_and_ends_after_so_many_times() {
    // mode, status if there is an answer, whether a document was made
    let modes = [
        (Mode::Error500, Some(500), false),
        (Mode::Reject422, Some(422), false),
        (Mode::Busy503, Some(503), false),
        (Mode::Gone410, Some(410), false),
        (Mode::Html200, Some(200), false),
        (Mode::Down, None, false),
        (Mode::Hang, None, false),
        (Mode::Error500AfterApply, Some(500), true),
        (Mode::HangAfterApply, None, true),
        (Mode::DropAfterApply, None, true),
    ];
    let stand = Stand::new().await;
    let mut documents = 0;
    for (mode, status, applied) in modes {
        let id = format!("msg_{mode:?}");
        let body = BODY.replace("a-1", &id);
        stand
            .control
            .set_accounting_faults("crm", &AccountingFaults::times(mode, 1))
            .await
            .unwrap();
        let answer = deliver(&stand, &id, &body).await;
        assert_eq!(
            answer.as_ref().ok().map(|answer| answer.status().as_u16()),
            status,
            "{mode:?}"
        );
        if mode == Mode::Busy503 {
            assert_eq!(answer.unwrap().headers()["retry-after"], "1");
        }
        documents += u64::from(applied);
        assert_eq!(
            stand.control.accounting("crm").await.unwrap().documents,
            documents,
            "{mode:?}"
        );
        let again: serde_json::Value = deliver(&stand, &id, &body).await.unwrap().json().await.unwrap();
        assert_eq!(
            again["status"],
            if applied { "already_posted" } else { "created" },
            "{mode:?}"
        );
        documents += u64::from(!applied);
    }
    assert!(stand.control.accounting("crm").await.unwrap().alarms.is_empty());
}

#[tokio::test]
async fn a_cut_answer_has_a_status_and_half_a_body() {
    let stand = Stand::new().await;
    stand
        .control
        .set_accounting_faults("crm", &AccountingFaults::mode(Mode::CutAfterApply))
        .await
        .unwrap();
    let answer = deliver(&stand, "msg_1", BODY).await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.text().await.is_err());
    assert_eq!(
        stand.control.accounting_payments("crm").await.unwrap()[0].applied_times,
        1
    );
}

#[tokio::test]
async fn a_late_answer_comes_in_the_end() {
    let stand = Stand::new().await;
    let late = AccountingFaults {
        hang_ms: Some(100),
        ..AccountingFaults::mode(Mode::HangAfterApply)
    };
    stand.control.set_accounting_faults("crm", &late).await.unwrap();
    assert_eq!(deliver(&stand, "msg_1", BODY).await.unwrap().status(), 200);
}

#[tokio::test]
async fn requests_at_the_same_moment_make_one_document() {
    let stand = Stand::new().await;
    let (one, other, third) = tokio::join!(
        deliver(&stand, "m", BODY),
        deliver(&stand, "m", BODY),
        deliver(&stand, "m", BODY)
    );
    assert!(one.is_ok() && other.is_ok() && third.is_ok());
    let receipt = stand.control.accounting_payments("crm").await.unwrap().remove(0);
    assert_eq!((receipt.count_received, receipt.applied_times), (3, 1));
}
