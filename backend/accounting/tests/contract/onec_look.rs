//! What is searched for in 1C before a document is made, byte for byte, and what is made of the answers.

use jiff::Timestamp;
use serde_json::{Value, json};
use sverka_domain::delivery::{FoundDocument, MatchRule, Verdict};
use sverka_domain::money::{Currency, Money};

use crate::onec::{
    Base, CLIENT, DOCUMENT, absent, document, fault, listed, order, posted, refund, shown, with,
};
use crate::server::{Play, ok};

const OTHER: &str = "77777777-2222-3333-4444-555555555555";

fn now() -> Timestamp {
    "2023-11-15T09:00:00Z".parse().unwrap()
}

async fn look(base: &Base) -> Vec<FoundDocument> {
    base.port.look_up(&order(), now()).await.unwrap()
}

/// A line's filter, decoded.
fn filter(line: &str) -> String {
    let (_, query) = line.split_once('?').unwrap();
    assert!(!query.contains('+'), "1C takes no + for a space: {query}");
    let pairs = url::form_urlencoded::parse(query.as_bytes());
    let found = pairs.into_iter().find(|(name, _)| name == "$filter");
    found.map(|(_, filter)| filter.into_owned()).unwrap_or_default()
}

#[tokio::test]
async fn the_key_the_bank_s_numbers_and_the_client_with_sum_and_day_are_searched_in_turn() {
    let base = Base::new(vec![absent(), listed(&[])]).await;
    assert_eq!(look(&base).await, []);
    let lines = base.lines();
    assert!(lines[0].starts_with(&format!("GET {DOCUMENT}(guid'{}')?", base.key(&order()))));
    let filters: Vec<String> = lines[1..].iter().map(|line| filter(line)).collect();
    assert_eq!(
        filters,
        [
            "СсылочныйНомер eq '123456789012'".to_owned(),
            "НомерЧекаЭТ eq 'md-1'".to_owned(),
            format!(
                "Контрагент_Key eq guid'{CLIENT}' and СуммаДокумента eq 4500.00 and Date ge datetime'2023-11-14T00:00:00' \
                 and Date le datetime'2023-11-15T23:59:59'"
            ),
        ]
    );
    assert!(
        lines[1].ends_with(
            "$filter=%D0%A1%D1%81%D1%8B%D0%BB%D0%BE%D1%87%D0%BD%D1%8B%D0%B9%D0%9D%D0%BE%D0%BC%D0%B5%D1%80%20eq%20\
             %27123456789012%27"
        ),
        "{}",
        lines[1]
    );
    assert!(lines[1].contains("?$format=json&$top=20&$select=Ref_Key,Number,Posted,DeletionMark,Date,"));
}

#[tokio::test]
async fn a_strict_connection_searches_whatever_client() {
    let base = Base::with(vec![absent(), listed(&[])], |table| table["strict"] = json!(true)).await;
    look(&base).await;
    let lines = base.lines();
    assert_eq!(lines.len(), 5);
    assert!(filter(&lines[4]).starts_with("СуммаДокумента eq 4500.00 and Date ge "));
    assert!(base.port.profile().is_strict);
}

#[tokio::test]
async fn quotes_are_doubled_and_a_composite_client_is_cast() {
    let base = Base::with(vec![absent(), listed(&[])], |table| {
        table["payment"]["client"] = json!({"attribute": "Контрагент", "type": "Catalog_Контрагенты"});
    })
    .await;
    let mut order = order();
    order.attempt.bank_order_id = Some("O'Н+1".to_owned());
    base.port.look_up(&order, now()).await.unwrap();
    let lines = base.lines();
    assert!(lines[2].ends_with("eq%20%27O%27%27%D0%9D%2B1%27"), "{}", lines[2]);
    assert!(
        filter(&lines[3]).starts_with(&format!(
            "Контрагент eq cast(guid'{CLIENT}', 'Catalog_Контрагенты') and "
        )),
        "{}",
        lines[3]
    );
}

#[tokio::test]
async fn a_document_is_told_once_under_its_strongest_rule() {
    let by_number = with(OTHER, "Posted", true);
    let base = Base::scripted(
        |key| {
            vec![
                shown(&posted(key)),
                listed(&[by_number.clone(), posted(key)]),
                listed(&[]),
                listed(&[by_number, document("88888888-2222-3333-4444-555555555555")]),
            ]
        },
        |_| (),
    )
    .await;
    let found = look(&base).await;
    let told: Vec<(&str, MatchRule, bool, bool)> = found
        .iter()
        .map(|one| (one.key.as_str(), one.rule, one.is_posted, one.is_ours))
        .collect();
    let key = base.key(&order());
    assert_eq!(
        told,
        [
            (key.as_str(), MatchRule::OurKey, true, true),
            (OTHER, MatchRule::BankNumbers, true, false),
            (
                "88888888-2222-3333-4444-555555555555",
                MatchRule::ClientAmountDate,
                false,
                false
            ),
        ]
    );
    assert_eq!(found[1].amount, Some(Money::new(450_000, Currency::RUB)));
    assert_eq!(found[1].date, Some(jiff::civil::date(2023, 11, 15)));
    assert_eq!(found[1].is_same_client, Some(true));
    assert_eq!(found[1].number.as_deref(), Some("0000-000017"));
}

#[tokio::test]
async fn our_own_documents_of_other_payments_are_known_by_their_comment() {
    let ours = with(
        OTHER,
        "Комментарий",
        "Создано автоматически (Сверка): оплата A-2, вручную не вводить",
    );
    let base = Base::new(vec![absent(), listed(&[]), listed(&[]), listed(&[ours])]).await;
    let found = look(&base).await;
    assert!(found.len() == 1 && found[0].is_ours, "{found:?}");
}

#[tokio::test]
async fn a_refund_of_the_same_entity_is_no_payment() {
    let refunded = with(OTHER, "ВидОперации", "ВозвратПокупателю");
    let base = Base::new(vec![absent(), listed(std::slice::from_ref(&refunded))]).await;
    assert_eq!(look(&base).await, []);

    let base = Base::new(vec![absent(), listed(&[refunded, document(CLIENT)])]).await;
    let found = base.port.look_up(&refund(), now()).await.unwrap();
    let keys: Vec<&str> = found.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(keys, [OTHER]);
}

#[tokio::test]
async fn a_search_that_is_not_answered_is_no_empty_one() {
    let refused = |play: Play| async {
        let base = Base::new(vec![absent(), play]).await;
        *base.port.look_up(&order(), now()).await.unwrap_err()
    };
    for play in [
        Play::Hang,
        Play::Close,
        ok("<html>Вход</html>"),
        ok("{}"),
        ok(r#"{"value": 1}"#),
        Play::Answer("502 Bad Gateway", String::new()),
        fault("500 Internal Server Error", -1, "сбой"),
    ] {
        let sent = refused(play).await;
        assert!(matches!(sent.verdict, Verdict::NotApplied { .. }), "{sent:?}");
    }
    let sent = refused(fault("400 Bad Request", 14, "плохой запрос")).await;
    assert!(matches!(sent.verdict, Verdict::Refused { .. }), "{sent:?}");
    for play in [
        Play::Answer("401 Unauthorized", String::new()),
        fault("401 Unauthorized", 20, "нет прав"),
    ] {
        let sent = refused(play).await;
        assert!(
            matches!(sent.verdict, Verdict::ConnectionRefused { .. }),
            "{sent:?}"
        );
    }
}

#[tokio::test]
async fn the_probe_is_the_cheapest_read() {
    let base = Base::new(vec![listed(&[json!({"Ref_Key": OTHER})])]).await;
    let sent = base.port.probe(now()).await.unwrap();
    assert!(matches!(sent.verdict, Verdict::Applied { .. }), "{sent:?}");
    assert_eq!(
        base.lines(),
        [format!("GET {DOCUMENT}?$format=json&$top=1&$select=Ref_Key")]
    );
    let closed = Base::new(vec![Play::Answer("401 Unauthorized", Value::Null.to_string())]).await;
    let sent = closed.port.probe(now()).await.unwrap();
    assert!(
        matches!(sent.verdict, Verdict::ConnectionRefused { .. }),
        "{sent:?}"
    );
}
