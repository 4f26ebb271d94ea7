//! Creating documents.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use sverka_accounting::MoySkladSettings;
use sverka_domain::delivery::{HoldReason, Verdict};
use sverka_domain::money::Money;

use super::{
    AGENT, CODE, DOCUMENT, EXPENSE, ORGANIZATION, TOKEN, calls, document, fault, lines, one, outgoing,
    payment_order, port, refund_order, rows, settings, sync_id, with,
};
use crate::server::{Play, Server, ok};

#[tokio::test]
async fn a_payment_is_created_in_kopecks_under_a_key_and_on_the_accounts_clock() {
    let server = Server::start(vec![ok("{}")]).await;
    let probe = port(settings(&server));
    let key = sync_id(probe.as_ref(), &payment_order());
    let server = Server::start(vec![one(&document(&key))]).await;
    let port = port(settings(&server));
    let sent = port.send(&outgoing(port.as_ref(), &payment_order(), false)).await;
    assert_eq!(
        sent.verdict,
        Verdict::Applied {
            document_ref: Some("00017".to_owned())
        }
    );
    assert_eq!(sent.document_key.as_deref(), Some(DOCUMENT));
    let (line, body) = &calls(&server)[0];
    assert_eq!(line, "POST entity/paymentin");
    assert_eq!(body["sum"], 450_000);
    assert_eq!(body["moment"], "2023-11-15 01:13:20", "Moscow");
    assert_eq!((&body["syncId"], &body["externalCode"]), (&key, &json!(CODE)));
    assert_eq!(body["incomingNumber"], "md-1");
    assert_eq!(body["applicable"], true);
    let base = format!("{}api/remap/1.2/entity", server.base);
    assert_eq!(
        body["organization"]["meta"],
        json!({"href": format!("{base}/organization/{ORGANIZATION}"), "type": "organization", "mediaType": "application/json"})
    );
    assert_eq!(
        body["agent"]["meta"]["href"],
        format!("{base}/counterparty/{AGENT}")
    );
    assert_eq!(
        body.get("expenseItem"),
        None,
        "unknown to a payment that comes in"
    );
    let head = server.requests()[0].to_lowercase();
    assert!(head.contains(&format!("authorization: bearer {TOKEN}\r\n")));
    assert!(
        head.contains("accept-encoding: gzip\r\n"),
        "else the service answers 415"
    );
}

#[tokio::test]
async fn the_key_is_the_deliverys_own_and_does_not_change() {
    let server = Server::start(vec![ok("{}")]).await;
    let port = port(settings(&server));
    let mut order = payment_order();
    let key = sync_id(port.as_ref(), &order);
    order.attempt.order_number = "B-2".to_owned();
    assert_eq!(sync_id(port.as_ref(), &order), key);
    order.delivery.id = sverka_domain::ids::DeliveryId(uuid::Uuid::from_u128(9));
    assert_ne!(sync_id(port.as_ref(), &order), key);
}

#[tokio::test]
async fn a_packed_answer_is_read() {
    let server = Server::start(vec![ok("{}")]).await;
    let key = sync_id(port(settings(&server)).as_ref(), &payment_order());
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(document(&key).to_string().as_bytes()).unwrap();
    let packed = encoder.finish().unwrap();
    let headers = "content-encoding: gzip\r\n";
    for (bytes, verdict) in [
        (packed.clone(), "applied"),
        (packed[..packed.len() - 10].to_vec(), "unknown"),
    ] {
        let server = Server::start(vec![Play::Bytes("200 OK", headers, bytes)]).await;
        let port = port(settings(&server));
        let sent = port.send(&outgoing(port.as_ref(), &payment_order(), false)).await;
        assert_eq!(sent.verdict.name(), verdict, "{sent:?}");
    }
}

#[tokio::test]
async fn a_repeat_reads_first_and_sends_the_same_bytes_if_nothing_is_there() {
    let server = Server::start(vec![ok("{}")]).await;
    let key = sync_id(port(settings(&server)).as_ref(), &payment_order());
    let server = Server::start(vec![rows(&[document(&key)])]).await;
    let there = port(settings(&server));
    let sent = there
        .send(&outgoing(there.as_ref(), &payment_order(), true))
        .await;
    assert!(matches!(sent.verdict, Verdict::AlreadyThere { .. }), "{sent:?}");
    assert_eq!(
        lines(&server),
        [format!("GET entity/paymentin?syncId={}", key.as_str().unwrap())]
    );

    let server = Server::start(vec![rows(&[]), one(&document(&key))]).await;
    let gone = port(settings(&server));
    let sent = gone.send(&outgoing(gone.as_ref(), &payment_order(), true)).await;
    assert!(matches!(sent.verdict, Verdict::Applied { .. }), "{sent:?}");
    assert_eq!(lines(&server)[1], "POST entity/paymentin");
}

#[tokio::test]
async fn what_is_there_under_our_key_must_be_what_we_would_have_made() {
    let server = Server::start(vec![ok("{}")]).await;
    let key = sync_id(port(settings(&server)).as_ref(), &payment_order());
    let differs = Some(HoldReason::DocumentDiffers);
    let another = super::link("counterparty", EXPENSE);
    for (answer, hold, name) in [
        (with(document(&key), "sum", json!(450_001)), differs, "held"),
        (with(document(&key), "agent", another), differs, "held"),
        (
            with(document(&key), "deleted", json!("2023-11-15 10:00:00")),
            Some(HoldReason::DocumentDeleted),
            "held",
        ),
        (with(document(&key), "applicable", json!(false)), None, "unposted"),
        (with(document(&key), "syncId", json!(DOCUMENT)), None, "unknown"),
        (with(document(&key), "syncId", Value::Null), None, "unknown"),
    ] {
        let server = Server::start(vec![one(&answer)]).await;
        let port = port(settings(&server));
        let sent = port.send(&outgoing(port.as_ref(), &payment_order(), false)).await;
        assert_eq!(sent.verdict.name(), name, "{sent:?}");
        if let Verdict::Held {
            hold: held,
            documents,
            ..
        } = sent.verdict
        {
            assert_eq!(Some(held), hold);
            assert_eq!(documents[0].number.as_deref(), Some("00017"));
            assert!(documents[0].url.as_ref().unwrap().contains(DOCUMENT));
        }
    }
}

#[tokio::test]
async fn a_document_that_is_not_posted_is_only_posted() {
    let server = Server::start(vec![ok("{}")]).await;
    let key = sync_id(port(settings(&server)).as_ref(), &payment_order());
    let draft = with(document(&key), "applicable", json!(false));
    let server = Server::start(vec![one(&draft), one(&document(&key))]).await;
    let posting = port(settings(&server));
    let sent = posting
        .finish(&outgoing(posting.as_ref(), &payment_order(), true), DOCUMENT)
        .await;
    assert!(matches!(sent.verdict, Verdict::Applied { .. }), "{sent:?}");
    let (line, body) = &calls(&server)[1];
    assert_eq!(line, &format!("PUT entity/paymentin/{DOCUMENT}"));
    assert_eq!(body, &json!({"applicable": true}));

    let server = Server::start(vec![one(&draft), fault("400 Bad Request", 3000, "Период закрыт")]).await;
    let refused = port(settings(&server));
    let sent = refused
        .finish(&outgoing(refused.as_ref(), &payment_order(), true), DOCUMENT)
        .await;
    assert_eq!(
        sent.verdict,
        Verdict::Unposted {
            document_ref: Some("00017".to_owned()),
            reason: "Период закрыт (3000)".to_owned()
        }
    );

    let server = Server::start(vec![one(&with(draft, "sum", json!(1)))]).await;
    let differs = port(settings(&server));
    let sent = differs
        .finish(&outgoing(differs.as_ref(), &payment_order(), true), DOCUMENT)
        .await;
    assert!(matches!(sent.verdict, Verdict::Held { .. }), "{sent:?}");
    assert_eq!(server.requests().len(), 1, "another sum is not posted");
}

#[tokio::test]
async fn a_refund_goes_out_under_an_expense_item_and_names_its_payment() {
    let server = Server::start(vec![ok("{}")]).await;
    let key = sync_id(port(settings(&server)).as_ref(), &refund_order(100_000));
    let refund = with(document(&key), "sum", json!(100_000));
    let server = Server::start(vec![one(&refund)]).await;
    let port_ = port(settings(&server));
    let sent = port_
        .send(&outgoing(port_.as_ref(), &refund_order(100_000), false))
        .await;
    assert!(matches!(sent.verdict, Verdict::Applied { .. }), "{sent:?}");
    let (line, body) = &calls(&server)[0];
    assert_eq!(line, "POST entity/paymentout");
    assert_eq!(body["sum"], 100_000);
    assert!(
        body["expenseItem"]["meta"]["href"]
            .as_str()
            .unwrap()
            .ends_with(EXPENSE)
    );
    assert!(body["description"].as_str().unwrap().contains(DOCUMENT));
    assert_eq!(body.get("incomingNumber"), None);

    let without = MoySkladSettings {
        expense_item: None,
        ..settings(&server)
    };
    let port_ = port(without);
    let sent = port_
        .send(&outgoing(port_.as_ref(), &refund_order(100_000), false))
        .await;
    assert!(sent.verdict.reason().unwrap().contains("expense_item"));
}

#[tokio::test]
async fn what_cannot_be_right_is_not_sent() {
    let server = Server::start(vec![ok("{}")]).await;
    let port = port(settings(&server));
    let mut foreign = payment_order();
    foreign.delivery.amount = Money::new(100, "USD".parse().unwrap());
    let mut nobody = payment_order();
    nobody.client_key = None;
    for order in [foreign, nobody] {
        let sent = port.send(&outgoing(port.as_ref(), &order, false)).await;
        assert!(matches!(sent.verdict, Verdict::Refused { .. }), "{sent:?}");
    }
    let mut strange = outgoing(port.as_ref(), &payment_order(), false);
    strange.body = b"{}".to_vec();
    assert!(matches!(
        port.send(&strange).await.verdict,
        Verdict::Refused { .. }
    ));
    assert!(server.requests().is_empty());
}
