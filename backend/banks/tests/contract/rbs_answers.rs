//! RBS answers to questions, as recorded or documented, and what each comes to.

use jiff::Timestamp;
use serde_json::{Value, json};
use sverka_app::ports::bank::{Answered, BankError, Question};
use sverka_banks::{BankSettings, Secret, build};
use sverka_domain::attempt::BankFact;
use sverka_domain::money::{Currency, Money};
use sverka_domain::status::BankStatus;

use crate::rbs_callbacks::rbs;
use crate::server::{Server, ok};

pub(crate) fn question(bank_order_id: Option<&str>) -> Question {
    Question {
        order_number: "A-1".to_owned(),
        bank_order_id: bank_order_id.map(str::to_owned),
        amount: Money::new(1000, Currency::RUB),
        created_at: Timestamp::from_second(1_700_000_000).unwrap(),
        now: Timestamp::from_second(1_700_000_600).unwrap(),
    }
}

async fn ask(body: &Value) -> Result<Answered, BankError> {
    let server = Server::start(vec![ok(&body.to_string())]).await;
    let port = build(BankSettings::Sber(rbs(&server.base))).unwrap();
    port.ask(&question(Some("md-1"))).await
}

async fn told(body: &Value) -> BankFact {
    ask(body).await.unwrap().fact.unwrap()
}

/// A whole answer of a recent version, in this status and with these sums.
fn order(status: i64, action: i64, deposited: i64, refunded: i64) -> Value {
    json!({
        "errorCode": "0", "errorMessage": "Успешно", "orderNumber": "A-1", "orderStatus": status,
        "actionCode": action, "actionCodeDescription": "описание", "amount": 1000, "currency": "643",
        "date": 1_700_000_001_000_i64, "authDateTime": 1_700_000_002_000_i64, "depositedDate": 1_700_000_003_000_i64,
        "ip": "203.0.113.7", "chargeback": false, "merchantOrderParams": [],
        "attributes": [{"name": "mdOrder", "value": "md-1"}],
        "cardAuthInfo": {"maskedPan": "411111**1111", "expiration": "203412"},
        "paymentAmountInfo": {
            "paymentState": "DEPOSITED", "approvedAmount": 1000, "depositedAmount": deposited, "refundedAmount": refunded
        }
    })
}

fn fact(status: BankStatus, amount: Option<i64>, refunded: Option<i64>) -> BankFact {
    let taken = matches!(
        status,
        BankStatus::Paid | BankStatus::Refunded | BankStatus::PartiallyRefunded
    );
    BankFact {
        status,
        amount: amount.map(|amount| Money::new(amount, Currency::RUB)),
        refunded,
        paid_at: taken.then(|| Timestamp::from_millisecond(1_700_000_003_000).unwrap()),
    }
}

#[tokio::test]
async fn every_order_status_has_its_meaning() {
    for (body, expected) in [
        (order(0, -100, 0, 0), fact(BankStatus::Created, None, None)),
        (order(0, 116, 0, 0), fact(BankStatus::Pending, None, None)),
        (order(1, 0, 0, 0), fact(BankStatus::Authorized, Some(1000), None)),
        (order(2, 0, 1000, 0), fact(BankStatus::Paid, Some(1000), None)),
        (order(3, 0, 0, 0), fact(BankStatus::Reversed, Some(1000), None)),
        (
            order(4, 0, 0, 1000),
            fact(BankStatus::Refunded, Some(1000), Some(1000)),
        ),
        (order(5, -100, 0, 0), fact(BankStatus::Pending, None, None)),
        (order(6, 116, 0, 0), fact(BankStatus::Declined, None, None)),
        (order(6, -2013, 0, 0), fact(BankStatus::Declined, None, None)),
        (order(6, -2007, 0, 0), fact(BankStatus::Expired, None, None)),
        (order(6, 1018, 0, 0), fact(BankStatus::Pending, None, None)),
        (order(6, 1019, 0, 0), fact(BankStatus::Pending, None, None)),
        (order(7, 0, 0, 0), fact(BankStatus::Pending, None, None)),
        (order(8, 0, 400, 0), fact(BankStatus::Pending, None, None)),
        (order(8, 0, 1000, 0), fact(BankStatus::Paid, Some(1000), None)),
        (order(99, 0, 1000, 0), fact(BankStatus::Pending, None, None)),
    ] {
        assert_eq!(told(&body).await, expected, "{body}");
    }
}

#[tokio::test]
async fn a_partial_refund_is_seen_in_both_conventions_and_under_both_statuses() {
    let part = fact(BankStatus::PartiallyRefunded, Some(1000), Some(300));
    for body in [
        order(4, 0, 700, 300),
        order(4, 0, 1000, 300),
        order(2, 0, 700, 300),
        order(2, 0, 1000, 300),
    ] {
        assert_eq!(told(&body).await, part, "{body}");
    }
    let whole = fact(BankStatus::Refunded, Some(1000), Some(1000));
    assert_eq!(told(&order(4, 0, 1000, 1000)).await, whole);
}

#[tokio::test]
async fn a_part_taken_of_what_was_held_shows_as_another_sum() {
    assert_eq!(
        told(&order(2, 0, 400, 0)).await,
        fact(BankStatus::Paid, Some(400), None)
    );
}

#[tokio::test]
async fn refunds_of_older_versions_are_read_from_their_list() {
    let mut body = order(4, 0, 0, 0);
    body.as_object_mut().unwrap().remove("paymentAmountInfo");
    body["refunds"] =
        json!([{"amount": 200, "actionCode": 0}, {"amount": "100"}, {"amount": 900, "actionCode": 116}]);
    assert_eq!(
        told(&body).await,
        fact(BankStatus::PartiallyRefunded, Some(1000), Some(300))
    );
}

/// Neither "all" nor "a part" may be guessed: the fact fits no attempt, so that a person looks.
#[tokio::test]
async fn a_refund_whose_sum_is_not_told_needs_a_person() {
    let mut body = order(4, 0, 0, 0);
    body.as_object_mut().unwrap().remove("paymentAmountInfo");
    let answered = ask(&body).await.unwrap();
    assert_eq!(answered.fact.unwrap().amount.unwrap().currency.as_str(), "XXX");
    assert!(answered.message.unwrap().contains("sum is not told"));
}

#[tokio::test]
async fn numbers_may_be_strings_and_nearly_everything_may_be_missing() {
    let body = json!({"errorCode": 0, "orderStatus": "2", "amount": "1000", "currency": 810, "date": "1700000003000"});
    assert_eq!(told(&body).await, fact(BankStatus::Paid, Some(1000), None));
    let bare = json!({"orderStatus": 2});
    let expected = BankFact {
        paid_at: None,
        ..fact(BankStatus::Paid, None, None)
    };
    assert_eq!(told(&bare).await, expected);
}

#[tokio::test]
async fn a_foreign_currency_is_told_as_it_is() {
    let mut body = order(2, 0, 1000, 0);
    for (code, letters) in [("840", "USD"), ("999", "XXX"), ("EUR", "EUR")] {
        body["currency"] = json!(code);
        assert_eq!(told(&body).await.amount.unwrap().currency.as_str(), letters);
    }
}

#[tokio::test]
async fn the_call_s_own_code_says_whether_there_is_an_answer() {
    let failed = |code: Value| json!({"errorCode": code, "errorMessage": "слова банка"});
    for code in [json!(5), json!("5"), json!("3"), json!("4"), json!(8)] {
        assert_eq!(
            ask(&failed(code)).await,
            Err(BankError::Refused("слова банка".to_owned()))
        );
    }
    assert_eq!(
        ask(&failed(json!("7"))).await,
        Err(BankError::Unavailable("слова банка".to_owned()))
    );
    let answered = ask(&failed(json!("6"))).await.unwrap();
    assert_eq!((answered.fact, answered.code.as_deref()), (None, Some("6")));
}

#[tokio::test]
async fn an_answer_that_is_none_is_not_taken_for_one() {
    let mut foreign = order(2, 0, 1000, 0);
    foreign["orderNumber"] = json!("B-2");
    let mut unreadable = order(2, 0, 1000, 0);
    unreadable["paymentAmountInfo"]["depositedAmount"] = json!("10.00");
    for body in [
        foreign,
        unreadable,
        json!({"errorCode": "0"}),
        json!({"errorCode": "x"}),
        json!([]),
        json!("OK"),
    ] {
        assert!(
            matches!(ask(&body).await, Err(BankError::Unavailable(_))),
            "{body}"
        );
    }
}

#[tokio::test]
async fn the_question_goes_by_the_bank_s_id_and_then_by_ours() {
    let unknown = json!({"errorCode": "6", "errorMessage": "нет"}).to_string();
    let server = Server::start(vec![ok(&unknown), ok(&order(2, 0, 1000, 0).to_string())]).await;
    let port = build(BankSettings::Sber(rbs(&server.base))).unwrap();
    let answered = port.ask(&question(Some("stale id"))).await.unwrap();
    assert_eq!(answered.fact.unwrap().status, BankStatus::Paid);
    assert_eq!(answered.bank_order_id.as_deref(), Some("md-1"));
    let requests = server.requests();
    assert!(requests[0].starts_with("POST /getOrderStatusExtended.do HTTP/1.1"));
    assert!(requests[0].ends_with("userName=club-api&password=pass+word%261&orderId=stale+id"));
    assert!(requests[1].ends_with("password=pass+word%261&orderNumber=A-1"));
    assert_eq!(requests.len(), 2);
}

#[tokio::test]
async fn with_a_token_only_the_token_is_sent() {
    let server = Server::start(vec![ok(r#"{"errorCode":"6"}"#)]).await;
    let mut settings = rbs(&server.base);
    (settings.user_name, settings.password, settings.token) = (None, None, Some(Secret::new("tok")));
    let port = build(BankSettings::Sber(settings)).unwrap();
    assert_eq!(port.ask(&question(Some("md-1"))).await.unwrap().fact, None);
    assert_eq!(server.requests().len(), 1);
    assert!(server.requests()[0].ends_with("\r\n\r\ntoken=tok&orderId=md-1"));
}
