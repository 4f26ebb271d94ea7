//! Looking for a payment that may be there already.

use serde_json::json;
use sverka_domain::delivery::{DeliveryKind, MatchRule, Verdict};

use super::*;

/// An entry that somebody made by hand.
fn line(description: &str, origin: Option<&str>) -> Value {
    json!({
        "id": 13, "credit": {"__class__": "Decimal", "decimal": "4990.00"},
        "debit": {"__class__": "Decimal", "decimal": "0"}, "description": null,
        "date": {"__class__": "date", "year": 2023, "month": 11, "day": 15},
        "party": 2, "party.": {"id": 2, "rec_name": "Иванов Иван Иванович"},
        "create_uid": 9, "create_uid.": {"id": 9, "rec_name": "Бухгалтер"},
        "move": 7, "move.": {"id": 7, "number": "2026-3", "state": "posted", "description": description, "origin": origin},
    })
}

async fn found(payments: Value, lines: Value) -> (Vec<sverka_domain::delivery::FoundDocument>, Server) {
    let server = Server::start(vec![ok(LOGGED_IN), result(&payments), result(&lines)]).await;
    let at = "2023-11-16T10:00:00Z".parse().unwrap();
    let found = port(settings(&server.base))
        .look_up(&order(DeliveryKind::Payment), at)
        .await;
    (found.unwrap(), server)
}

#[tokio::test]
async fn our_own_is_found_by_its_reference_in_whatever_state() {
    let (found, server) = found(json!([row("failed", None)]), json!([])).await;
    let [ours] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(
        (ours.rule, ours.key.as_str()),
        (MatchRule::OurKey, "account.payment,2")
    );
    assert!(ours.is_ours && ours.is_deleted && !ours.is_posted);
    let domain = &calls(&server)[1].1[0];
    assert_eq!(domain[0], json!(["company", "=", 1]));
    assert_eq!(domain[1][1], json!([["reference", "=", KEY]]));
    let url = format!("{}#acc/model/account.payment/2", server.base);
    assert_eq!(ours.url.as_deref(), Some(url.as_str()));
}

#[tokio::test]
async fn what_people_entered_is_found_by_the_bank_s_number_or_by_what_it_looks_like() {
    let lines = json!([
        line("оплата MD-000777", None),
        line("абонемент", Some("account.statement,1"))
    ]);
    let (first, server) = found(json!([]), json!([lines[0]])).await;
    assert_eq!(
        (first[0].rule, first[0].key.as_str()),
        (MatchRule::BankNumbers, "account.move,7")
    );
    assert!(!first[0].is_ours && first[0].is_posted && first[0].is_same_client == Some(true));
    assert_eq!(first[0].author.as_deref(), Some("Бухгалтер"));
    let (second, _) = found(json!([]), json!([lines[1]])).await;
    assert_eq!(second[0].rule, MatchRule::ClientAmountDate);
    let domain = calls(&server)[2].1[0].to_string();
    for part in [
        r#"["create_uid","!=",4]"#,
        r#"["credit",">",0]"#,
        r#"["party","=",2]"#,
        r#"["move.description","ilike","%md-000777%"]"#,
        r#"["date",">=",{"__class__":"date","day":14,"month":11,"year":2023}]"#,
        r#"["date","<=",{"__class__":"date","day":16,"month":11,"year":2023}]"#,
    ] {
        assert!(domain.contains(part), "{part} in {domain}");
    }
}

#[tokio::test]
async fn a_payment_and_its_ledger_entry_are_one_document() {
    let entry = line("Sverka", Some("account.payment,2"));
    let (found, _) = found(json!([row("succeeded", Some("posted"))]), json!([entry])).await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].rule, MatchRule::OurKey);
}

#[tokio::test]
async fn an_invoice_is_no_payment() {
    let (found, _) = found(json!([]), json!([line("", Some("account.invoice,1"))])).await;
    assert_eq!(found, []);
}

#[tokio::test]
async fn a_refund_is_looked_for_among_what_went_to_clients() {
    let server = Server::start(vec![ok(LOGGED_IN), ok(NOTHING), ok(NOTHING)]).await;
    let at = "2023-11-16T10:00:00Z".parse().unwrap();
    let found = port(settings(&server.base))
        .look_up(&order(DeliveryKind::Refund), at)
        .await;
    assert_eq!(found.unwrap(), []);
    let calls = calls(&server);
    assert!(calls[1].1[0].to_string().contains(r#"["kind","=","payable"]"#));
    assert!(calls[2].1[0].to_string().contains(r#"["debit",">",0]"#));
}

#[tokio::test]
async fn a_search_that_was_not_answered_found_nothing_out() {
    for plays in [
        vec![ok(LOGGED_IN), Play::Close],
        vec![ok(LOGGED_IN), ok(r#"{"id":1,"error":["'external_id'",""]}"#)],
        vec![ok(LOGGED_IN), ok(r#"{"id":1,"result":[{"id":1}]}"#)],
    ] {
        let server = Server::start(plays).await;
        let at = "2023-11-16T10:00:00Z".parse().unwrap();
        let failed = port(settings(&server.base))
            .look_up(&order(DeliveryKind::Payment), at)
            .await;
        let failed = failed.unwrap_err();
        assert!(matches!(failed.verdict, Verdict::NotApplied { .. }), "{failed:?}");
    }
}
