//! Who may call a 1C base, in what form it answers, and the sessions that it counts.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use common::onec::{CLIENTS, KEY, Onec, PAYMENT, code, payment, told};
use reqwest::Method;
use sverka_simulator::api::{OnecRights, OnecSettings};

#[tokio::test]
async fn a_stranger_and_a_user_without_rights_are_turned_away() {
    let onec = Onec::new().await;
    let stranger = onec
        .http
        .get(onec.url(PAYMENT))
        .basic_auth("sverka", Some("wrong"))
        .send()
        .await
        .unwrap();
    assert_eq!(stranger.status(), 401);
    assert!(stranger.headers().contains_key("www-authenticate"));
    let reader = OnecSettings {
        rights: OnecRights::Read,
        hidden: vec![CLIENTS.to_owned()],
        ..OnecSettings::default()
    };
    onec.control.set_onec("main", &reader).await.unwrap();
    assert_eq!(onec.get(PAYMENT).await.0, 200);
    let (status, body) = onec.create(payment(KEY)).await;
    assert_eq!((status, code(&body)), (401, "20"));
    let (status, body) = onec.get(CLIENTS).await;
    assert_eq!((status, code(&body)), (404, "8"));
    let (_, metadata) = onec.get("$metadata").await;
    let sets = metadata.as_str().unwrap();
    assert!(sets.contains(&format!("Name=\"{PAYMENT}\"")) && !sets.contains(&format!("Name=\"{CLIENTS}\"")));
}

#[tokio::test]
async fn sessions_are_counted_unless_one_is_kept() {
    let onec = Onec::new().await;
    onec.get(PAYMENT).await;
    onec.get(PAYMENT).await;
    assert_eq!(onec.control.onec("main").await.unwrap().sessions, 2);
    let started = onec
        .ask(Method::GET, PAYMENT)
        .header("IBSession", "start")
        .send()
        .await
        .unwrap();
    let cookie = started.headers()["set-cookie"]
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    for _ in 0..3 {
        onec.ask(Method::GET, PAYMENT)
            .header("Cookie", &cookie)
            .send()
            .await
            .unwrap();
    }
    assert_eq!(onec.control.onec("main").await.unwrap().sessions, 3);
}

#[tokio::test]
async fn whoever_does_not_ask_for_json_gets_atom() {
    let onec = Onec::new().await;
    onec.create(payment(KEY)).await;
    let answer = onec
        .http
        .get(onec.url(PAYMENT))
        .basic_auth("sverka", Some("demo-password"))
        .send()
        .await
        .unwrap();
    assert!(
        answer.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("application/atom+xml")
    );
    let xml = answer.text().await.unwrap();
    assert!(
        xml.contains("<d:СуммаДокумента m:type=\"Edm.Double\">4990.5</d:СуммаДокумента>"),
        "{xml}"
    );
    let sent = onec
        .ask(Method::POST, PAYMENT)
        .header("Content-Type", "application/atom+xml")
        .body("<entry/>");
    let (status, body) = told(sent.send().await.unwrap()).await;
    assert_eq!((status, code(&body)), (415, "3"));
}
