//! CloudPayments' answers, in the shapes of its manual, and what each comes to.

use serde_json::{Value, json};
use sverka_app::ports::bank::{Answered, BankError, Registered};
use sverka_domain::attempt::BankFact;
use sverka_domain::money::{Currency, Money};
use sverka_domain::registry::LineKind;
use sverka_domain::status::BankStatus;

use crate::cloudpayments_callbacks::port;
use crate::rbs_answers::question;
use crate::rbs_register::new_order;
use crate::server::{Play, Server, ok};

const NOT_FOUND: &str = r#"{"Success":false,"Message":"Not found"}"#;

fn payment(change: impl FnOnce(&mut Value)) -> Value {
    let mut answer: Value =
        serde_json::from_str(include_str!("../fixtures/cloudpayments_payment.json")).unwrap();
    change(&mut answer["Model"]);
    answer
}

fn status(word: &str) -> Value {
    payment(|model| model["Status"] = word.into())
}

fn refund(id: u64, amount: f64) -> Value {
    payment(|model| {
        model["TransactionId"] = id.into();
        model["OriginalTransactionId"] = 504.into();
        model["Type"] = 1.into();
        model["Amount"] = amount.into();
        model["CreatedDateIso"] = "2023-11-14T22:20:00".into();
    })
}

fn list(of: &[Value]) -> Value {
    let models: Vec<_> = of.iter().map(|one| one["Model"].clone()).collect();
    json!({"Success": true, "Message": null, "Model": models})
}

async fn ask(known: Option<&str>, answers: &[Value]) -> (Result<Answered, BankError>, Vec<String>) {
    let server = Server::start(answers.iter().map(|one| ok(&one.to_string())).collect()).await;
    let answered = port(&server.base).ask(&question(known)).await;
    (answered, server.requests())
}

async fn told(answers: &[Value]) -> Answered {
    ask(None, answers).await.0.unwrap()
}

fn fact(status: BankStatus, amount: Option<i64>, refunded: Option<i64>) -> Option<BankFact> {
    Some(BankFact {
        status,
        amount: amount.map(|amount| Money::new(amount, Currency::RUB)),
        refunded,
        paid_at: status.was_paid().then(|| "2023-11-14T22:14:22Z".parse().unwrap()),
    })
}

#[tokio::test]
async fn every_status_has_its_meaning() {
    for (word, expected) in [
        ("AwaitingAuthentication", fact(BankStatus::Pending, None, None)),
        ("Authorized", fact(BankStatus::Authorized, Some(1000), None)),
        ("Completed", fact(BankStatus::Paid, Some(1000), None)),
        ("Cancelled", fact(BankStatus::Reversed, Some(1000), None)),
        ("Declined", fact(BankStatus::Declined, None, None)),
        ("Sideways", fact(BankStatus::Pending, None, None)),
    ] {
        assert_eq!(told(&[status(word)]).await.fact, expected, "{word}");
    }
    let unknown = told(&[status("Sideways")]).await;
    assert_eq!(unknown.message.as_deref(), Some("status Sideways is not known"));
}

#[tokio::test]
async fn the_last_operation_is_asked_for_by_our_number() {
    let (answered, requests) = ask(None, &[status("Completed")]).await;
    let answered = answered.unwrap();
    assert_eq!(answered.bank_order_id.as_deref(), Some("504"));
    assert_eq!(answered.rrn.as_deref(), Some("331822334455"));
    assert_eq!(requests.len(), 1);
    assert!(requests[0].starts_with("POST /v2/payments/find "));
    assert!(requests[0].ends_with(r#"{"InvoiceId":"A-1"}"#));
    // pk_demo:pass
    assert!(
        requests[0]
            .to_lowercase()
            .contains("authorization: basic cgtfzgvtbzpwyxnz")
    );
}

#[tokio::test]
async fn an_order_that_nobody_tried_to_pay_is_unknown() {
    let (answered, requests) = ask(Some("504"), &[serde_json::from_str(NOT_FOUND).unwrap()]).await;
    let answered = answered.unwrap();
    assert_eq!((answered.fact, answered.bank_order_id), (None, None));
    // By our number, then by the bank's.
    assert_eq!(requests.len(), 2);
    assert!(requests[1].ends_with(r#"{"TransactionId":504}"#));
}

#[tokio::test]
async fn a_refusal_has_its_reason_in_words() {
    for (code, words) in [
        (5051, "Недостаточно средств"),
        (5206, "Не пройдена проверка 3-D Secure"),
    ] {
        let mut answer = payment(|model| {
            model["Status"] = "Declined".into();
            model["ReasonCode"] = code.into();
            model["CardHolderMessage"] = "Попробуйте позже".into();
        });
        answer["Success"] = false.into();
        let answered = told(&[answer]).await;
        assert_eq!(answered.fact, fact(BankStatus::Declined, None, None));
        assert_eq!(answered.code, Some(code.to_string()));
        assert_eq!(answered.message.as_deref(), Some(words));
        assert_eq!(answered.bank_order_id, None);
    }
    let unknown = payment(|model| {
        model["Status"] = "Declined".into();
        model["ReasonCode"] = 5999.into();
        model["CardHolderMessage"] = "Попробуйте позже".into();
    });
    assert_eq!(
        told(&[unknown]).await.message.as_deref(),
        Some("Попробуйте позже")
    );
}

/// The payer pressed the button once more after paying.
#[tokio::test]
async fn a_later_refused_try_does_not_hide_the_known_payment() {
    let refused = payment(|model| {
        model["TransactionId"] = 600.into();
        model["Status"] = "Declined".into();
        model["ReasonCode"] = 5051.into();
    });
    let (answered, requests) = ask(Some("504"), &[refused, status("Completed")]).await;
    assert_eq!(answered.unwrap().fact, fact(BankStatus::Paid, Some(1000), None));
    assert!(requests[1].starts_with("POST /payments/get "));
}

#[tokio::test]
async fn refunds_are_added_up() {
    let refunded = payment(|model| model["Refunded"] = true.into());
    let part = [
        refund(505, 3.0),
        refunded.clone(),
        list(&[status("Completed"), refund(505, 3.0)]),
    ];
    assert_eq!(
        told(&part).await.fact,
        fact(BankStatus::PartiallyRefunded, Some(1000), Some(300))
    );
    // Each once, refused ones and those of other payments not at all.
    let mut refused = refund(507, 1.0);
    refused["Model"]["Status"] = "Declined".into();
    let mut foreign = refund(508, 1.0);
    foreign["Model"]["OriginalTransactionId"] = 7.into();
    let all = [
        refund(505, 3.0),
        refund(506, 4.5),
        refund(505, 3.0),
        refused,
        foreign,
    ];
    let (answered, requests) = ask(None, &[refund(506, 4.5), refunded.clone(), list(&all)]).await;
    assert_eq!(
        answered.unwrap().fact,
        fact(BankStatus::PartiallyRefunded, Some(1000), Some(750))
    );
    let (_, body) = requests[2].split_once("\r\n\r\n").unwrap();
    let body: Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["CreatedDateGte"], "2023-11-14T22:09:20Z");
    assert_eq!(body["CreatedDateLte"], "2023-11-14T22:25:00Z");
    // The whole sum back in one needs no list.
    let (answered, requests) = ask(None, &[refund(505, 10.0), refunded]).await;
    assert_eq!(
        answered.unwrap().fact,
        fact(BankStatus::Refunded, Some(1000), Some(1000))
    );
    assert_eq!(requests.len(), 2);
}

#[tokio::test]
async fn a_refund_whose_sum_cannot_be_found_counts_as_paid_with_a_remark() {
    let full = list(&vec![status("Completed"); 100]);
    let refunded = payment(|model| model["Refunded"] = true.into());
    let answered = told(&[refund(505, 3.0), refunded, full]).await;
    assert_eq!(
        answered.fact,
        fact(BankStatus::PartiallyRefunded, Some(1000), None)
    );
    assert!(answered.message.is_some());
}

#[tokio::test]
async fn refused_calls_are_for_a_person_and_unreadable_ones_are_no_answer() {
    let refused = json!({"Success": false, "Message": "Terminal is blocked"});
    assert_eq!(
        ask(None, &[refused]).await.0,
        Err(BankError::Refused("Terminal is blocked".to_owned()))
    );
    let foreign = payment(|model| model["InvoiceId"] = "B-2".into());
    let sumless = payment(|model| model["Amount"] = "ten".into());
    for answer in [
        json!({}),
        json!({"Success": true}),
        json!({"Model": {}}),
        foreign,
        sumless,
        payment(|model| model["Currency"] = Value::Null),
        payment(|model| model["Status"] = Value::Null),
    ] {
        let (answered, _) = ask(None, std::slice::from_ref(&answer)).await;
        assert!(matches!(answered, Err(BankError::Unavailable(_))), "{answer}");
    }
}

#[tokio::test]
async fn too_many_questions_are_told_by_429() {
    let server = Server::start(vec![Play::Answer("429 Too Many Requests", String::new())]).await;
    assert_eq!(
        port(&server.base).ask(&question(None)).await,
        Err(BankError::Busy { retry_after: None })
    );
}

#[tokio::test]
async fn an_order_is_made_once_for_a_key() {
    let answer = r#"{"Model":{"Id":"f2K8LV6reGE9WBFn","Number":61,"Url":"https://orders.cloudpayments.ru/d/f2K8LV6reGE9WBFn","Status":"Created"},"Success":true,"Message":null}"#;
    let server = Server::start(vec![ok(answer)]).await;
    let port = port(&server.base);
    assert!(port.abilities().repeats_registration);
    let registered = port.register(&new_order()).await;
    assert_eq!(
        registered,
        Ok(Registered {
            bank_order_id: None,
            payment_url: "https://orders.cloudpayments.ru/d/f2K8LV6reGE9WBFn".to_owned(),
        })
    );
    let request = server.requests().remove(0);
    assert!(request.starts_with("POST /orders/create "));
    assert!(
        request
            .to_lowercase()
            .contains("x-request-id: 01989f2e-0000-7000-8000-000000000001")
    );
    let (_, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(body.starts_with("Amount=4500.00&Currency=RUB&InvoiceId=A-1&Description="));
    assert!(body.contains("&RequireConfirmation=false&"));
}

#[tokio::test]
async fn a_refused_order_is_told_in_the_banks_words() {
    let server = Server::start(vec![ok(r#"{"Success":false,"Message":"Amount is too large"}"#)]).await;
    assert_eq!(
        port(&server.base).register(&new_order()).await,
        Err(BankError::Refused("Amount is too large".to_owned()))
    );
    let server = Server::start(vec![ok(r#"{"Success":true,"Model":{"Url":"javascript:1"}}"#)]).await;
    assert!(matches!(
        port(&server.base).register(&new_order()).await,
        Err(BankError::Unavailable(_))
    ));
}

#[tokio::test]
async fn a_period_is_listed_page_by_page() {
    let mut full = vec![status("Completed"); 98];
    full.push(status("Authorized"));
    full.push(status("Cancelled"));
    let server = Server::start(vec![
        ok(&list(&full).to_string()),
        ok(&list(&[refund(505, 3.0)]).to_string()),
    ])
    .await;
    let port = port(&server.base);
    assert!(port.abilities().lists.is_some());
    let (from, to) = (
        "2023-11-14T00:00:00Z".parse().unwrap(),
        "2023-11-15T00:00:00Z".parse().unwrap(),
    );
    let first = port.list(from, to, None).await.unwrap();
    assert_eq!(first.lines.len(), 99, "a hold has moved no money");
    let payment = &first.lines[0];
    assert_eq!(
        (
            payment.kind,
            payment.bank_order_id.as_deref(),
            payment.order_number.as_deref(),
            payment.fee
        ),
        (LineKind::Payment, Some("504"), Some("A-1"), Some(29))
    );
    assert_eq!(first.lines[98].kind, LineKind::Reversal);
    let next = port.list(from, to, first.next.as_deref()).await.unwrap();
    assert_eq!(next.next, None);
    assert_eq!(
        (
            next.lines[0].kind,
            next.lines[0].amount.amount,
            next.lines[0].bank_order_id.as_deref()
        ),
        (LineKind::Refund, 300, Some("504"))
    );
    assert!(server.requests()[1].contains(r#""PageNumber":2"#));
    assert!(port.list(from, to, Some("x")).await.is_err());
}
