//! A 1C base in trouble: slow, silent, cut off, killed.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::time::Duration;

use common::onec::{KEY, Onec, PAYMENT, code, kept_in, payment};
use reqwest::Method;
use serde_json::json;
use sverka_simulator::api::{OnecByHand, OnecCall, OnecClient, OnecFaults, OnecMode as Mode, OnecSettings};

const PATIENCE: Duration = Duration::from_millis(300);

#[tokio::test]
async fn each_mode_is_seen_as_what_it_is_and_ends_after_so_many_times() {
    // mode, status if there is an answer that can be read, whether a document was made
    let modes = [
        (Mode::Down, None, false),
        (Mode::Hang, None, false),
        (Mode::HtmlLogin, Some(200), false),
        (Mode::Unauthorized, Some(401), false),
        (Mode::NoLicence, Some(500), false),
        (Mode::Refuse, Some(500), false),
        (Mode::Locked, Some(500), false),
        (Mode::Busy503, Some(503), false),
        (Mode::BadGateway502, Some(502), false),
        (Mode::Error500, Some(500), false),
        (Mode::Error500After, Some(500), true),
        (Mode::BadGateway502After, Some(502), true),
        (Mode::DropAfter, None, true),
        (Mode::HangAfter, None, true),
        (Mode::HtmlAfter, Some(200), true),
    ];
    let onec = Onec::new().await;
    for (number, (mode, status, made)) in modes.into_iter().enumerate() {
        let key = format!("0d4a79cb-9843-4147-bcd9-80ac3ca2b9{number:02}");
        let faults = OnecFaults::once(mode, OnecCall::Create);
        onec.control.set_onec_faults("main", &faults).await.unwrap();
        assert_eq!(onec.get(PAYMENT).await.0, 200, "only creating is met by {mode:?}");
        let answer = onec
            .ask(Method::POST, PAYMENT)
            .timeout(PATIENCE)
            .json(&payment(&key))
            .send()
            .await;
        assert_eq!(
            answer.ok().map(|answer| answer.status().as_u16()),
            status,
            "{mode:?}"
        );
        let (status, again) = onec.create(payment(&key)).await;
        if made {
            assert_eq!(code(&again), "15", "{mode:?}");
        } else {
            assert_eq!(status, 201, "{mode:?}");
        }
    }
}

#[tokio::test]
async fn a_cut_answer_has_a_status_and_half_a_body() {
    let onec = Onec::new().await;
    let faults = OnecFaults::once(Mode::CutAfter, OnecCall::Create);
    onec.control.set_onec_faults("main", &faults).await.unwrap();
    let answer = onec
        .ask(Method::POST, PAYMENT)
        .json(&payment(KEY))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.text().await.is_err());
    assert_eq!(onec.control.onec_documents("main").await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_slow_base_finishes_what_nobody_waits_for_any_more() {
    let onec = Onec::with(OnecSettings {
        write_delay_ms: 600,
        ..OnecSettings::default()
    })
    .await;
    let gone = onec
        .ask(Method::POST, PAYMENT)
        .timeout(PATIENCE)
        .json(&payment(KEY))
        .send()
        .await;
    assert!(gone.is_err());
    // The look-up right after a time-out lies.
    assert_eq!(onec.get(&format!("{PAYMENT}(guid'{KEY}')")).await.0, 404);
    for _ in 0..100 {
        if onec.get(&format!("{PAYMENT}(guid'{KEY}')")).await.0 == 200 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the document never came");
}

#[tokio::test]
async fn requests_at_the_same_moment_make_one_document() {
    let onec = Onec::with(OnecSettings {
        write_delay_ms: 50,
        ..OnecSettings::default()
    })
    .await;
    let (one, other) = tokio::join!(onec.create(payment(KEY)), onec.create(payment(KEY)));
    let mut statuses = [one.0, other.0];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 400]);
}

#[tokio::test]
async fn what_was_answered_is_there_after_a_restart_and_a_reset_forgets_it() {
    let directory = tempfile::tempdir().unwrap();
    let first = Onec::start(kept_in(directory.path())).await;
    let settings = OnecSettings {
        closed_until: Some("2026-01-31".to_owned()),
        ..OnecSettings::default()
    };
    first.control.set_onec("main", &settings).await.unwrap();
    first
        .control
        .set_onec("other", &OnecSettings::default())
        .await
        .unwrap();
    assert_eq!(first.create(payment(KEY)).await.0, 201);
    let documents = first.control.onec_documents("main").await.unwrap();
    // No word of goodbye: the file is all there is.
    std::mem::forget(first);

    let second = Onec::start(kept_in(directory.path())).await;
    assert_eq!(second.control.onec_documents("main").await.unwrap(), documents);
    let summary = second.control.onec("main").await.unwrap();
    assert_eq!(summary.settings.closed_until, settings.closed_until);
    assert!(second.control.onec("other").await.is_ok());
    let (status, again) = second.create(payment(KEY)).await;
    assert_eq!((status, code(&again)), (400, "15"));
    let (_, next) = second.create(json!({"Date": "2026-11-24T10:00:00"})).await;
    assert_eq!(next["Number"], json!("ФК00-000002"));

    second.control.reset().await.unwrap();
    assert!(second.control.onec_documents("main").await.unwrap().is_empty());
    assert!(second.control.onec("other").await.is_err());
    second.running.stop().await;
    let third = Onec::start(kept_in(directory.path())).await;
    assert!(third.control.onec_documents("main").await.unwrap().is_empty());
}

#[tokio::test]
async fn people_work_in_the_base_too() {
    let onec = Onec::new().await;
    let client = OnecClient {
        name: "Громова Ольга".to_owned(),
        phone: Some("+79035550000".to_owned()),
        ..OnecClient::default()
    };
    let client = onec.control.add_onec_client("main", &client).await.unwrap();
    let wish = OnecByHand {
        client_key: client.ref_key.clone(),
        amount: 350_000,
        date: Some("2026-11-24T09:15:00".to_owned()),
        author: Some("Петрова (касса)".to_owned()),
        ..OnecByHand::default()
    };
    let made = onec.control.add_onec_document("main", &wish).await.unwrap();
    assert_eq!(
        (
            made.posted,
            made.amount,
            made.client_name.as_deref(),
            made.author.as_deref()
        ),
        (true, 350_000, Some("Громова Ольга"), Some("Петрова (касса)"))
    );
    let filter = format!(
        "Контрагент_Key eq guid'{}' and СуммаДокумента eq 3500",
        client.ref_key.unwrap()
    );
    assert_eq!(onec.find(&filter).await, std::slice::from_ref(&made.ref_key));
    let act = async |verb: &str, attributes: serde_json::Value| {
        let attributes = attributes.as_object().unwrap().clone();
        let at = (made.ref_key.as_str(), verb);
        onec.control
            .act_on_onec_document("main", at, &attributes)
            .await
            .unwrap()
    };
    assert!(!act("unpost", json!({})).await.unwrap().posted);
    assert!(act("mark", json!({})).await.unwrap().deletion_mark);
    assert!(!act("unmark", json!({})).await.unwrap().deletion_mark);
    assert_eq!(
        act("change", json!({"СуммаДокумента": 12.34}))
            .await
            .unwrap()
            .amount,
        1_234
    );
    assert_eq!(act("delete", json!({})).await, None);
    let calls = onec.control.onec_calls("main").await.unwrap();
    assert_eq!(
        (calls.len(), calls[0].method.as_str(), calls[0].status),
        (1, "GET", Some(200))
    );
}
