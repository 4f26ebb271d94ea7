//! The payment's client in 1C.

use jiff::Timestamp;
use serde_json::{Value, json};
use sverka_app::ports::accounting::{ClientMatch, Order};
use sverka_domain::delivery::Verdict;

use crate::onec::{Base, CLIENT, created, fault, listed, order, shown};
use crate::server::Play;

const OTHER: &str = "77777777-2222-3333-4444-555555555555";

fn card(key: &str, name: &str) -> Value {
    json!({"Ref_Key": key, "DeletionMark": false, "Description": name, "Телефон": "+79161234567"})
}

fn unknown() -> Order {
    Order {
        client_key: None,
        ..order()
    }
}

async fn find(base: &Base) -> ClientMatch {
    let found = base.port.find_client(&unknown(), Timestamp::UNIX_EPOCH).await;
    found.unwrap()
}

fn decoded(line: &str) -> String {
    let (_, query) = line.split_once('?').unwrap_or_default();
    let pairs = url::form_urlencoded::parse(query.as_bytes());
    pairs
        .into_iter()
        .find(|(name, _)| name == "$filter")
        .map(|(_, filter)| filter.into_owned())
        .unwrap_or_default()
}

#[tokio::test]
async fn a_client_is_found_by_external_id_and_else_by_phone_in_every_spelling() {
    let base = Base::new(vec![listed(&[card(CLIENT, "Иванов")])]).await;
    let ClientMatch::One(one) = find(&base).await else {
        panic!("one")
    };
    assert_eq!((one.key.as_str(), one.name.as_str()), (CLIENT, "Иванов"));
    assert_eq!(one.phone.as_deref(), Some("+79161234567"));
    assert_eq!(decoded(&base.lines()[0]), "КодCRM eq 'c-9'");

    let base = Base::new(vec![listed(&[]), listed(&[card(CLIENT, "Иванов")])]).await;
    assert!(matches!(find(&base).await, ClientMatch::One(_)));
    let by_phone = decoded(&base.lines()[1]);
    for spelling in [
        "Телефон eq '+79161234567' or ",
        " or Телефон eq '8 (916) 123-45-67'",
    ] {
        assert!(by_phone.contains(spelling), "{by_phone}");
    }
    assert!(base.lines()[1].contains("%27%2B79161234567%27"));
}

#[tokio::test]
async fn several_clients_are_a_person_s_choice_and_deleted_ones_are_none() {
    let base = Base::new(vec![listed(&[card(CLIENT, "Иванов"), card(OTHER, "Иванова")])]).await;
    assert!(matches!(find(&base).await, ClientMatch::Several(both) if both.len() == 2));
    let mut deleted = card(OTHER, "Иванова");
    deleted["DeletionMark"] = json!(true);
    let base = Base::new(vec![listed(&[card(CLIENT, "Иванов"), deleted])]).await;
    assert!(matches!(find(&base).await, ClientMatch::One(_)));
    let base = Base::new(vec![listed(&[])]).await;
    assert_eq!(find(&base).await, ClientMatch::Nobody);
    assert_eq!(base.lines().len(), 2, "no e-mail is known, none is searched for");
}

#[tokio::test]
async fn a_phone_in_a_table_part_leads_to_its_owner() {
    let plays = vec![
        listed(&[]),
        listed(&[json!({"Ref_Key": CLIENT}), json!({"Ref_Key": CLIENT})]),
        shown(&card(CLIENT, "Иванов")),
    ];
    let base = Base::with(plays, |table| {
        table["clients"]["contacts_entity"] = json!("Catalog_Контрагенты_КонтактнаяИнформация");
    })
    .await;
    assert!(matches!(find(&base).await, ClientMatch::One(one) if one.key == CLIENT));
    assert_eq!(base.lines().len(), 3);
}

#[tokio::test]
async fn a_client_is_made_only_where_configured_to_and_under_one_key() {
    let make = |table: &mut Value| {
        table["create_clients"] = json!(true);
        table["clients"]["constants"] = json!({"ВидКонтрагента": "ФизическоеЛицо"});
    };
    let base = Base::with(
        vec![listed(&[]), listed(&[]), created(&card(CLIENT, "Иванов"))],
        make,
    )
    .await;
    assert!(matches!(find(&base).await, ClientMatch::One(one) if one.key == CLIENT));
    let body = base.body(2);
    assert_eq!(body["Description"], json!("Иванов \"Иван\""));
    assert_eq!(body["КодCRM"], json!("c-9"));
    assert_eq!(body["ВидКонтрагента"], json!("ФизическоеЛицо"));
    let key = body["Ref_Key"].as_str().unwrap().to_owned();

    let exists = fault("400 Bad Request", 15, "есть");
    let plays = vec![listed(&[]), listed(&[]), exists, shown(&card(&key, "Иванов"))];
    let base = Base::with(plays, make).await;
    assert!(matches!(find(&base).await, ClientMatch::One(one) if one.key == key));

    let base = Base::with(vec![listed(&[]), listed(&[]), Play::Close], make).await;
    let found = base.port.find_client(&unknown(), Timestamp::UNIX_EPOCH).await;
    let sent = found.unwrap_err();
    assert!(matches!(sent.verdict, Verdict::Unknown { .. }), "{sent:?}");
}

#[tokio::test]
async fn a_search_that_is_not_answered_is_nobody_s_absence() {
    for play in [
        Play::Close,
        Play::Answer("200 OK", "<html>".to_owned()),
        fault("500 Internal Server Error", -1, "сбой"),
    ] {
        let base = Base::new(vec![play]).await;
        let found = base.port.find_client(&unknown(), Timestamp::UNIX_EPOCH).await;
        assert!(matches!(found.unwrap_err().verdict, Verdict::NotApplied { .. }));
    }
}
