//! Finding the client, and making one.

use serde_json::json;
use sverka_app::ports::accounting::ClientMatch;
use sverka_domain::delivery::DeliveryKind;

use super::*;

fn contact(kind: &str, value: &str, party: i64, name: &str) -> Value {
    json!({"id": party, "type": kind, "value": value, "party": party, "party.": {"id": party, "rec_name": name}})
}

async fn matched(change: impl FnOnce(&mut TrytonSettings), plays: Vec<Play>) -> (ClientMatch, Server) {
    let server = Server::start(plays).await;
    let mut told = settings(&server.base);
    change(&mut told);
    let at = "2026-11-24T10:00:00Z".parse().unwrap();
    let found = port(told).find_client(&order(DeliveryKind::Payment), at).await;
    (found.unwrap(), server)
}

fn one(found: ClientMatch) -> String {
    match found {
        ClientMatch::One(client) => client.key,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_client_is_known_by_the_phone() {
    let rows = json!([contact("mobile", "+7 916 123-45-67", 2, "Иванов Иван Иванович")]);
    let (found, server) = matched(|_| {}, vec![ok(LOGGED_IN), result(&rows)]).await;
    assert_eq!(one(found), "2");
    let domain = calls(&server)[1].1[0].to_string();
    assert!(
        domain.contains(r#"["value_compact","=","+79161234567"]"#),
        "{domain}"
    );
    assert!(domain.contains(r#"["party.active","=",true]"#), "{domain}");
}

#[tokio::test]
async fn parent_and_child_with_one_phone_are_for_a_person() {
    let rows = json!([
        contact("mobile", "+7 903 765-43-21", 4, "Сидоров Пётр Петрович"),
        contact("mobile", "+7 903 765-43-21", 5, "Сидоров Максим Петрович"),
        contact("phone", "+7 903 765-43-21", 5, "Сидоров Максим Петрович"),
    ]);
    let (found, _) = matched(|_| {}, vec![ok(LOGGED_IN), result(&rows)]).await;
    let ClientMatch::Several(clients) = found else {
        panic!("{found:?}")
    };
    let keys: Vec<&str> = clients.iter().map(|client| client.key.as_str()).collect();
    assert_eq!(keys, ["4", "5"]);
}

#[tokio::test]
async fn the_phone_goes_before_the_e_mail() {
    let rows = json!([
        contact("email", "i@example.invalid", 3, "Петрова"),
        contact("mobile", "+79161234567", 2, "Иванов"),
    ]);
    let (found, _) = matched(|_| {}, vec![ok(LOGGED_IN), result(&rows)]).await;
    assert_eq!(one(found), "2");
    let rows = json!([contact("email", "i@example.invalid", 3, "Петрова")]);
    let (found, _) = matched(|_| {}, vec![ok(LOGGED_IN), result(&rows)]).await;
    assert_eq!(one(found), "3");
}

#[tokio::test]
async fn the_app_s_id_is_the_party_s_code_only_where_that_is_said() {
    let by_code = vec![ok(LOGGED_IN), result(&json!([{"id": 7, "rec_name": "Иванов"}]))];
    let (found, server) = matched(|told| told.external_id_is_party_code = true, by_code).await;
    assert_eq!(one(found), "7");
    assert_eq!(calls(&server)[1].1[0], json!([["code", "=", "c-9"]]));
    let (found, _) = matched(|_| {}, vec![ok(LOGGED_IN), ok(NOTHING)]).await;
    assert_eq!(found, ClientMatch::Nobody);
}

#[tokio::test]
async fn a_client_is_made_only_where_that_is_said_and_never_twice() {
    let made = vec![ok(LOGGED_IN), ok(NOTHING), ok(r#"{"id":1,"result":[6]}"#)];
    let (found, server) = matched(|told| told.create_clients = true, made).await;
    assert_eq!(one(found), "6");
    let party = &calls(&server)[2].1[0][0];
    assert_eq!(party["code"], "sverka +79161234567");
    let taken = user_error("The code on party must be unique.");
    let plays = vec![
        ok(LOGGED_IN),
        ok(NOTHING),
        taken,
        result(&json!([{"id": 6, "rec_name": "Иванов"}])),
    ];
    let (found, _) = matched(|told| told.create_clients = true, plays).await;
    assert_eq!(one(found), "6");
}
