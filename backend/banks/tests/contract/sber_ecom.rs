//! Sber's new gateway: JSON both ways, and callbacks that are only a reason to ask.

use std::sync::Arc;

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sverka_app::ports::bank::{Answered, BankError, BankPort, Genuineness, NewOrder, RawCallback, Says};
use sverka_banks::{BankSettings, SberEcomSettings, Secret, build};
use sverka_domain::attempt::BankFact;
use sverka_domain::money::{Currency, Money};
use sverka_domain::status::BankStatus;

use crate::rbs_answers::question;
use crate::rbs_register::new_order;
use crate::server::{Play, Server, ok};

pub(crate) fn ecom(base_url: &str) -> SberEcomSettings {
    SberEcomSettings {
        base_url: base_url.to_owned(),
        user_name: "club-api".to_owned(),
        password: Secret::new("pass"),
        callback_secret: None,
        currency: None,
        ca_certificates: None,
        timeout_seconds: Some(1),
        questions_per_second: None,
    }
}

fn port(base_url: &str, secret: Option<&str>) -> Arc<dyn BankPort> {
    let mut settings = ecom(base_url);
    settings.callback_secret = secret.map(Secret::new);
    build(BankSettings::SberEcom(settings)).unwrap()
}

fn bodies(server: &Server) -> Vec<Value> {
    let body = |request: &String| serde_json::from_str(request.split_once("\r\n\r\n").unwrap().1).unwrap();
    server.requests().iter().map(body).collect()
}

async fn ask(plays: Vec<Play>, id: Option<&str>) -> (Result<Answered, BankError>, Vec<Value>) {
    let server = Server::start(plays).await;
    let answered = port(&server.base, None).ask(&question(id)).await;
    let requests = server.requests();
    assert!(
        requests
            .iter()
            .all(|one| one.starts_with("POST /getOrderStatusExtended.do HTTP/1.1"))
    );
    (answered, bodies(&server))
}

fn order(status: i64, action: i64, deposited: i64, refunded: i64) -> Value {
    json!({
        "errorCode": "0", "errorMessage": "Обработка запроса прошла без системных ошибок", "orderNumber": "A-1",
        "orderStatus": status, "actionCode": action, "amount": 1000, "currency": "643", "authRefNum": "303112098637",
        "depositedDate": 1_700_000_003_000_i64, "attributes": [{"name": "mdOrder", "value": "md-1"}],
        "paymentAmountInfo": {"approvedAmount": 1000, "depositedAmount": deposited, "refundedAmount": refunded}
    })
}

fn unknown(code: i64, words: &str) -> Play {
    ok(&json!({"errorCode": code.to_string(), "errorMessage": words}).to_string())
}

#[tokio::test]
async fn every_order_status_has_its_meaning() {
    let money = |sum: i64| Some(Money::new(sum, Currency::RUB));
    for (body, status, amount, refunded) in [
        (order(0, -100, 0, 0), BankStatus::Created, None, None),
        (order(0, 116, 0, 0), BankStatus::Pending, None, None),
        (order(1, 0, 0, 0), BankStatus::Authorized, money(1000), None),
        (order(2, 0, 1000, 0), BankStatus::Paid, money(1000), None),
        (order(3, 400, 0, 0), BankStatus::Reversed, money(1000), None),
        (
            order(4, 0, 0, 1000),
            BankStatus::Refunded,
            money(1000),
            Some(1000),
        ),
        (
            order(4, 0, 700, 300),
            BankStatus::PartiallyRefunded,
            money(1000),
            Some(300),
        ),
        (
            order(4, 0, 1000, 300),
            BankStatus::PartiallyRefunded,
            money(1000),
            Some(300),
        ),
        (order(5, -100, 0, 0), BankStatus::Pending, None, None),
        (order(6, 116, 0, 0), BankStatus::Declined, None, None),
        (order(6, -2007, 0, 0), BankStatus::Expired, None, None),
        (order(6, 1019, 0, 0), BankStatus::Pending, None, None),
        (order(6, -99, 0, 0), BankStatus::Pending, None, None),
    ] {
        let (answered, _) = ask(vec![ok(&body.to_string())], None).await;
        let answered = answered.unwrap();
        let paid_at = answered.fact.as_ref().unwrap().paid_at;
        let expected = BankFact {
            status,
            amount,
            refunded,
            paid_at,
        };
        assert_eq!(answered.fact, Some(expected), "{body}");
        assert_eq!(answered.rrn.as_deref(), Some("303112098637"));
    }
}

#[tokio::test]
async fn the_examples_of_the_description_are_read() {
    let samples: Vec<Value> =
        serde_json::from_str(include_str!("../fixtures/sber_ecom_status.json")).unwrap();
    assert_eq!(samples.len(), 2);
    for sample in samples {
        let (answered, _) = ask(vec![ok(&sample["body"].to_string())], None).await;
        let fact = answered.unwrap().fact.unwrap();
        let paid = Money::new(sample["paid"].as_i64().unwrap(), Currency::RUB);
        assert_eq!(
            (fact.status, fact.amount),
            (BankStatus::Paid, Some(paid)),
            "{}",
            sample["source"]
        );
        assert_eq!(fact.paid_at.unwrap().as_millisecond(), 1_710_406_899_202);
    }
}

#[tokio::test]
async fn exactly_one_of_the_two_numbers_is_asked_for() {
    let not_there = unknown(5, "Заказ не найден");
    let (answered, sent) = ask(
        vec![not_there, ok(&order(2, 0, 1000, 0).to_string())],
        Some("md-0"),
    )
    .await;
    assert_eq!(answered.unwrap().bank_order_id.as_deref(), Some("md-1"));
    let credentials = json!({"userName": "club-api", "password": "pass", "language": "ru"});
    let with = |name: &str, value: &str| {
        let mut body = credentials.clone();
        body[name] = json!(value);
        body
    };
    assert_eq!(sent, [with("orderId", "md-0"), with("orderNumber", "A-1")]);
}

/// Code 5 is also a wrong password: only the words tell the two apart, and unknown words are never "not there".
#[tokio::test]
async fn an_order_that_is_not_there_is_an_answer_and_a_refusal_is_not() {
    for play in [
        unknown(5, "Заказ не найден"),
        unknown(9, "Заказ не найден"),
        unknown(6, "нет"),
    ] {
        let answered = ask(vec![play], None).await.0.unwrap();
        assert_eq!(answered.fact, None);
        assert!(answered.code.is_some());
    }
    for (code, words) in [
        (5, "Доступ запрещен"),
        (5, "Неверная сумма"),
        (4, "Заказ не найден"),
        (9, "Order not found"),
    ] {
        let (answered, _) = ask(vec![unknown(code, words)], None).await;
        assert_eq!(answered, Err(BankError::Refused(words.to_owned())));
    }
    let (answered, _) = ask(vec![unknown(7, "Системная ошибка")], None).await;
    assert_eq!(
        answered,
        Err(BankError::Unavailable("Системная ошибка".to_owned()))
    );
    let busy = Play::Answer("429 Too Many Requests", String::new());
    assert_eq!(
        ask(vec![busy], None).await.0,
        Err(BankError::Busy { retry_after: None })
    );
    let mut foreign = order(2, 0, 1000, 0);
    foreign["orderNumber"] = json!("B-2");
    let (answered, _) = ask(vec![ok(&foreign.to_string())], None).await;
    assert!(matches!(answered, Err(BankError::Unavailable(_))));
}

#[tokio::test]
async fn an_order_is_registered_in_json() {
    let server = Server::start(vec![ok(
        r#"{"orderId":"md-1","formUrl":"https://bank.example/pay"}"#,
    )])
    .await;
    let order = NewOrder {
        email: Some("ivan@example.ru".to_owned()),
        valid_until: Some(jiff::Timestamp::from_second(1200).unwrap()),
        ..new_order()
    };
    let registered = port(&server.base, None).register(&order).await.unwrap();
    assert_eq!(registered.bank_order_id.as_deref(), Some("md-1"));
    assert!(server.requests()[0].starts_with("POST /register.do HTTP/1.1"));
    assert_eq!(
        bodies(&server),
        [json!({
            "userName": "club-api", "password": "pass", "language": "ru", "orderNumber": "A-1", "amount": 450_000,
            "returnUrl": "https://club.example/back?a=1", "description": "Абонемент & вода",
            "sessionTimeoutSecs": 1200, "jsonParams": {"email": "ivan@example.ru"}
        })]
    );
}

#[tokio::test]
async fn a_number_that_is_taken_is_refused_and_silence_leaves_the_order_open() {
    let server = Server::start(vec![unknown(1, "Заказ с таким номером уже обработан")]).await;
    let refused = port(&server.base, None).register(&new_order()).await.unwrap_err();
    assert!(refused.to_string().contains("order number already used"));
    let server = Server::start(vec![Play::Hang]).await;
    let silent = port(&server.base, None).register(&new_order()).await;
    assert!(matches!(silent, Err(BankError::Unavailable(_))));
    assert_eq!(server.requests().len(), 1);
}

fn post(body: &str) -> RawCallback {
    RawCallback {
        method: "POST".to_owned(),
        query: String::new(),
        body: body.as_bytes().to_vec(),
        headers: Vec::new(),
        from: None,
    }
}

fn says(body: &str) -> Says {
    port("http://127.0.0.1/", None).read(&post(body)).says
}

#[test]
fn a_callback_is_never_more_than_a_reason_to_ask() {
    let told = |operation: &str, status: Value| {
        let body = json!({"mdOrder": "md-1", "orderNumber": "A-1", "operation": operation, "status": status});
        says(&body.to_string())
    };
    for operation in ["approved", "deposited"] {
        assert_eq!(told(operation, json!(1)), Says::Hint { payment: true });
        assert_eq!(told(operation, json!("1")), Says::Hint { payment: true });
        assert_eq!(told(operation, json!(0)), Says::Hint { payment: false });
    }
    for operation in ["reversed", "refunded", "declinedByTimeout"] {
        assert_eq!(told(operation, json!(1)), Says::Hint { payment: false });
    }
    for operation in ["created", "subscriptionCreated", "bindingCreated"] {
        assert_eq!(told(operation, json!(1)), Says::Nothing);
    }
}

#[test]
fn what_is_no_callback_says_nothing() {
    let port = port("http://127.0.0.1/", None);
    for body in ["", "{", "[]", "\"x\"", "a=1", "null"] {
        assert_eq!(port.read(&post(body)).says, Says::Nothing, "{body}");
    }
    let get = RawCallback {
        method: "GET".to_owned(),
        ..post("")
    };
    assert_eq!(
        (port.read(&get).genuineness, port.read(&get).says),
        (Genuineness::Unsigned, Says::Nothing)
    );
    assert_eq!((port.acknowledge(&get).status, port.refuse().status), (200, 403));
}

/// By description 1.0.4, over the rule of the old gateway.
#[test]
fn a_checksum_that_fits_makes_it_the_bank_s_own_and_one_that_does_not_proves_nothing() {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(b"secret").unwrap();
    mac.update("mdOrder;md-1;operation;deposited;orderNumber;A-1;status;1;".as_bytes());
    let checksum = hex::encode_upper(mac.finalize().into_bytes());
    let body = |checksum: &str| {
        json!({
            "mdOrder": "md-1", "orderNumber": "A-1", "operation": "deposited", "status": 1,
            "additionalParams": {"phone": "+7900***4567"}, "checksum": checksum
        })
        .to_string()
    };
    let read = |secret, checksum: &str| {
        let reading = port("http://127.0.0.1/", secret).read(&post(&body(checksum)));
        assert_eq!(reading.says, Says::Hint { payment: true });
        assert_eq!(reading.order_number.as_deref(), Some("A-1"));
        reading.genuineness
    };
    assert_eq!(read(Some("secret"), &checksum), Genuineness::Genuine);
    assert_eq!(
        read(Some("secret"), &checksum.to_lowercase()),
        Genuineness::Genuine
    );
    assert_eq!(read(Some("other"), &checksum), Genuineness::Unsigned);
    assert_eq!(read(None, &checksum), Genuineness::Unsigned);
}

#[test]
fn a_self_test_is_signed_where_there_is_a_secret_and_marks_nothing_paid() {
    for (secret, expected) in [
        (Some("secret"), Genuineness::Genuine),
        (None, Genuineness::Unsigned),
    ] {
        let port = port("http://127.0.0.1/", secret);
        assert_eq!(port.abilities().signs_self_test, secret.is_some());
        assert_eq!(port.abilities().lists, None);
        let reading = port.read(&port.self_test("sverka-test-1", jiff::Timestamp::UNIX_EPOCH));
        assert_eq!(
            (reading.genuineness, reading.says),
            (expected, Says::Hint { payment: false })
        );
        assert_eq!(reading.order_number.as_deref(), Some("sverka-test-1"));
    }
}
