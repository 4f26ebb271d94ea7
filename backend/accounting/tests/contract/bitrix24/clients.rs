//! The contact of a payment's client, and its only open deal.

use serde_json::json;
use sverka_accounting::{Bitrix24Settings, DealRule};
use sverka_app::ports::accounting::ClientMatch;
use sverka_domain::delivery::Verdict;

use super::{calls, deals, methods, now, orders, outgoing, payment, payment_order, port, result, settings};
use crate::server::{Play, Server};

fn by_client(server: &Server) -> Bitrix24Settings {
    Bitrix24Settings {
        deals: DealRule::Client,
        client_originator: Some("app".to_owned()),
        deal_category: Some(3),
        ..settings(server)
    }
}

fn contacts(ids: &[u64]) -> Play {
    let rows: Vec<_> = ids
        .iter()
        .map(|id| json!({"id": id, "lastName": "Иванов", "name": "Иван", "secondName": null, "originId": "c-9"}))
        .collect();
    result(json!({"items": rows}))
}

#[tokio::test]
async fn an_external_id_comes_before_the_phone() {
    let server = Server::start(vec![contacts(&[17])]).await;
    let found = port(by_client(&server))
        .find_client(&payment_order(), now())
        .await
        .unwrap();
    let ClientMatch::One(client) = found else {
        panic!("{found:?}")
    };
    assert_eq!((client.key.as_str(), client.name.as_str()), ("17", "Иванов Иван"));
    assert_eq!(
        calls(&server)[0].1["filter"],
        json!({"=originatorId": "app", "=originId": "c-9"})
    );
}

#[tokio::test]
async fn a_phone_is_looked_for_as_people_write_it_and_several_are_for_a_person() {
    let server = Server::start(vec![
        contacts(&[]),
        result(json!({"CONTACT": [17, 18]})),
        contacts(&[17, 18]),
    ])
    .await;
    let found = port(by_client(&server))
        .find_client(&payment_order(), now())
        .await
        .unwrap();
    let ClientMatch::Several(clients) = found else {
        panic!("{found:?}")
    };
    assert_eq!(clients.len(), 2);
    assert_eq!(
        calls(&server)[1].1,
        json!({"entity_type": "CONTACT", "type": "PHONE", "values": ["+79161234567", "89161234567"]})
    );
    assert_eq!(calls(&server)[2].1["filter"], json!({"@id": [17, 18]}));
}

#[tokio::test]
async fn a_contact_is_made_only_where_that_is_configured() {
    let plays = || vec![contacts(&[]), result(json!([])), result(json!(501))];
    let server = Server::start(plays()).await;
    let found = port(by_client(&server))
        .find_client(&payment_order(), now())
        .await
        .unwrap();
    assert_eq!(found, ClientMatch::Nobody);
    assert_eq!(methods(&server).len(), 2);

    let server = Server::start(plays()).await;
    let making = Bitrix24Settings {
        create_clients: true,
        ..by_client(&server)
    };
    let found = port(making).find_client(&payment_order(), now()).await.unwrap();
    assert!(matches!(found, ClientMatch::One(client) if client.key == "501"));
    let (method, body) = calls(&server).pop().unwrap();
    assert_eq!(method, "crm.contact.add");
    assert_eq!(body["fields"]["PHONE"][0]["VALUE"], "+79161234567");
    assert_eq!(body["fields"]["ORIGIN_ID"], "c-9");
}

#[tokio::test]
async fn a_making_that_was_not_answered_is_unknown() {
    let server = Server::start(vec![contacts(&[]), result(json!([])), Play::Close]).await;
    let making = Bitrix24Settings {
        create_clients: true,
        ..by_client(&server)
    };
    let sent = port(making)
        .find_client(&payment_order(), now())
        .await
        .unwrap_err();
    assert!(matches!(sent.verdict, Verdict::Unknown { .. }));
}

#[tokio::test]
async fn the_clients_only_open_deal_is_the_payments() {
    let server = Server::start(vec![
        deals(&[10]),
        orders(&[200]),
        result(json!({"payment": payment(144, "4500", "Y")})),
    ])
    .await;
    let port = port(by_client(&server));
    let mut order = payment_order();
    let nobody = port.send(&outgoing(port.as_ref(), &order, false)).await;
    assert!(matches!(nobody.verdict, Verdict::Refused { .. }));
    assert!(server.requests().is_empty(), "without a client nothing is asked");
    order.client_key = Some("17".to_owned());
    let sent = port.send(&outgoing(port.as_ref(), &order, false)).await;
    assert!(matches!(sent.verdict, Verdict::Applied { .. }), "{sent:?}");
    assert_eq!(
        calls(&server)[0].1["filter"],
        json!({"=contactId": "17", "=closed": "N", "=categoryId": 3})
    );
}
