//! The counterparty of a payment's client.

use serde_json::{Value, json};
use sverka_accounting::MoySkladSettings;
use sverka_app::ports::accounting::ClientMatch;

use super::{AGENT, EXPENSE, calls, lines, now, one, payment_order, port, rows, settings};
use crate::server::Server;

fn counterparty(id: &str, code: &str, phone: &str) -> Value {
    json!({"id": id, "name": "Иванов Иван", "phone": phone, "externalCode": code, "archived": false})
}

#[tokio::test]
async fn an_external_code_comes_before_the_phone() {
    let server = Server::start(vec![rows(&[counterparty(AGENT, "c-9", "")])]).await;
    let found = port(settings(&server))
        .find_client(&payment_order(), now())
        .await
        .unwrap();
    assert!(matches!(found, ClientMatch::One(client) if client.key == AGENT));
    assert_eq!(lines(&server), ["GET entity/counterparty?externalCode=c-9"]);
}

#[tokio::test]
async fn a_phone_is_looked_for_in_the_spellings_of_people() {
    let spelt = counterparty(AGENT, "x", "8 (916) 123-45-67");
    let mut archived = counterparty(EXPENSE, "y", "+79161234567");
    archived["archived"] = json!(true);
    let server = Server::start(vec![rows(&[]), rows(&[spelt.clone(), archived.clone()])]).await;
    let found = port(settings(&server))
        .find_client(&payment_order(), now())
        .await
        .unwrap();
    assert!(matches!(found, ClientMatch::One(client) if client.key == AGENT));
    let line = &lines(&server)[1];
    for spelling in [
        "phone=+79161234567",
        "phone=89161234567",
        "phone=8 (916) 123-45-67",
    ] {
        assert!(line.contains(spelling), "{line}");
    }
    archived["archived"] = json!(false);
    let server = Server::start(vec![rows(&[]), rows(&[spelt, archived])]).await;
    let found = port(settings(&server))
        .find_client(&payment_order(), now())
        .await
        .unwrap();
    assert!(matches!(found, ClientMatch::Several(clients) if clients.len() == 2));
}

#[tokio::test]
async fn another_phone_is_no_match() {
    let other = counterparty(AGENT, "x", "+79990000000");
    let server = Server::start(vec![rows(&[]), rows(&[other])]).await;
    let sent = port(settings(&server))
        .find_client(&payment_order(), now())
        .await
        .unwrap_err();
    assert!(sent.verdict.reason().unwrap().contains("filter"));
}

#[tokio::test]
async fn a_counterparty_is_made_only_where_that_is_configured_and_once() {
    let plays = || {
        vec![
            rows(&[]),
            rows(&[]),
            one(&counterparty(AGENT, "c-9", "+79161234567")),
        ]
    };
    let server = Server::start(plays()).await;
    let found = port(settings(&server))
        .find_client(&payment_order(), now())
        .await
        .unwrap();
    assert_eq!(found, ClientMatch::Nobody);
    let mut keys = Vec::new();
    for _ in 0..2 {
        let server = Server::start(plays()).await;
        let making = MoySkladSettings {
            create_clients: true,
            ..settings(&server)
        };
        let found = port(making).find_client(&payment_order(), now()).await.unwrap();
        assert!(matches!(found, ClientMatch::One(client) if client.key == AGENT));
        let (line, body) = calls(&server).pop().unwrap();
        assert_eq!(line, "POST entity/counterparty");
        assert_eq!(body["companyType"], "individual");
        keys.push(body["syncId"].clone());
    }
    assert_eq!(keys[0], keys[1], "a repeat makes no second");
}
