//! PayOnline's answers to Search and List, in the shapes of its manual, and what each comes to.

use jiff::Timestamp;
use sverka_app::ports::bank::{Answered, BankError, Question};
use sverka_domain::attempt::BankFact;
use sverka_domain::money::{Currency, Money};
use sverka_domain::status::BankStatus;

use crate::payonline_callbacks::port;
use crate::rbs_answers::question;
use crate::rbs_register::new_order;
use crate::server::{Play, Server, ok};

const HEADINGS: &str = "Date,Id,OrderId,Type,Status,CardNumber,Amount,Currency,Gateway,CardHolder,Phone,Email,City,CountryCode,BinCountry,IpAddress,IpCountry,PresentmentDate,AccountID,GatewayTransactionID";

fn found(id: &str, amount: &str, status: &str) -> String {
    format!(
        "TransactionId={id}&Amount={amount}&Currency=RUB&Order=A-1&DateTime=2023-11-14 22:15:00&Status={status}"
    )
}

pub(crate) fn row(id: &str, order: &str, kind: &str, status: &str, amount: &str) -> String {
    format!(
        "\r\n2023-11-14 22:16:00,{id},{order},{kind},{status},************1111,{amount},RUB,Test,\"HOLDER, \"\"T\"\"\",,,,RU,RU,203.0.113.7,RU,,,gw"
    )
}

pub(crate) fn list(rows: &[String]) -> Play {
    ok(&format!("{HEADINGS}{}", rows.concat()))
}

async fn ask(plays: Vec<Play>) -> (Result<Answered, BankError>, Vec<String>) {
    let server = Server::start(plays).await;
    let answered = port(&server.base).ask(&question(None)).await;
    (answered, server.requests())
}

async fn told(plays: Vec<Play>) -> Option<BankFact> {
    ask(plays).await.0.unwrap().fact
}

fn fact(status: BankStatus, amount: Option<i64>, refunded: Option<i64>) -> Option<BankFact> {
    let paid_at: Timestamp = "2023-11-14T22:15:00Z".parse().unwrap();
    Some(BankFact {
        status,
        amount: amount.map(|amount| Money::new(amount, Currency::RUB)),
        refunded,
        paid_at: status.was_paid().then_some(paid_at),
    })
}

#[tokio::test]
async fn a_good_payment_is_found_by_search() {
    for (status, expected) in [
        ("Pending", fact(BankStatus::Paid, Some(1000), None)),
        ("Settled", fact(BankStatus::Paid, Some(1000), None)),
        ("PreAuthorized", fact(BankStatus::Authorized, Some(1000), None)),
    ] {
        let plays = vec![ok(&found("77", "10.00", status)), list(&[])];
        assert_eq!(told(plays).await, expected, "{status}");
    }
    let (answered, requests) = ask(vec![ok(&found("77", "10.00", "Pending"))]).await;
    assert_eq!(answered.unwrap().bank_order_id.as_deref(), Some("77"));
    assert!(requests[0].starts_with("POST /payment/search/ "));
    assert!(requests[0].contains("\r\n\r\nMerchantId=12345&OrderId=A-1&SecurityKey="));
    assert_eq!(requests.len(), 1);
}

#[tokio::test]
async fn without_a_good_payment_the_list_tells_why() {
    let declined = row("1", "A-1", "Purchase", "Declined", "10.00");
    let voided = row("2", "A-1", "Purchase", "Voided", "10.00");
    let foreign = row("3", "B-2", "Purchase", "Settled", "10.00");
    for (rows, expected) in [
        (vec![], None),
        (vec![foreign], None),
        (vec![declined.clone()], fact(BankStatus::Declined, None, None)),
        (vec![voided.clone()], fact(BankStatus::Reversed, Some(1000), None)),
        (
            vec![declined.clone(), voided],
            fact(BankStatus::Reversed, Some(1000), None),
        ),
        (
            vec![
                declined,
                row("4", "A-1", "Purchase", "Awaiting3DAuthentication", "10.00"),
            ],
            fact(BankStatus::Pending, None, None),
        ),
    ] {
        assert_eq!(told(vec![ok(""), list(&rows)]).await, expected, "{rows:?}");
    }
}

#[tokio::test]
async fn the_list_is_asked_about_the_days_of_the_attempt() {
    let (answered, requests) = ask(vec![ok(""), ok("")]).await;
    assert_eq!(answered.unwrap().fact, None);
    let (_, body) = requests[1].split_once("\r\n\r\n").unwrap();
    assert!(body.starts_with(
        "MerchantId=12345&DateFrom=2023-11-14+21%3A13%3A20&DateTill=2023-11-14+23%3A23%3A20&Type=Purchase&Status=PreAuthorized%2CPending%2CSettled%2CVoided%2CDeclined&SecurityKey="
    ), "{body}");
}

#[tokio::test]
async fn refunds_are_added_up_and_refused_ones_left_out() {
    let refund = |id: &str, status: &str, amount: &str| row(id, "A-1", "Refund", status, amount);
    for (rows, expected) in [
        (
            vec![refund("8", "Pending", "3.00")],
            fact(BankStatus::PartiallyRefunded, Some(1000), Some(300)),
        ),
        (
            vec![
                refund("8", "Settled", "3.00"),
                refund("9", "Pending", "7.00"),
                refund("8", "Settled", "3.00"),
            ],
            fact(BankStatus::Refunded, Some(1000), Some(1000)),
        ),
        (
            vec![refund("8", "Declined", "3.00")],
            fact(BankStatus::Paid, Some(1000), None),
        ),
        (
            vec![row("8", "B-2", "Refund", "Pending", "3.00")],
            fact(BankStatus::Paid, Some(1000), None),
        ),
    ] {
        let plays = vec![ok(&found("77", "10.00", "Settled")), list(&rows)];
        assert_eq!(told(plays).await, expected, "{rows:?}");
    }
}

#[tokio::test]
async fn refunds_of_an_old_payment_are_looked_for_in_all_its_periods() {
    let rows = [row("8", "A-1", "Refund", "Pending", "3.00")];
    let server = Server::start(vec![
        ok(&found("77", "10.00", "Settled")),
        list(&[]),
        list(&[]),
        list(&rows),
    ])
    .await;
    let old = Question {
        now: "2023-11-22T00:00:00Z".parse().unwrap(),
        ..question(None)
    };
    let answered = port(&server.base).ask(&old).await.unwrap();
    assert_eq!(
        answered.fact,
        fact(BankStatus::PartiallyRefunded, Some(1000), Some(300))
    );
    assert_eq!(server.requests().len(), 4);
}

/// The sums are not added: a second payment is a mistake for a person, not a bigger payment.
#[tokio::test]
async fn a_second_payment_on_one_order_is_told_in_words() {
    let both = format!(
        "{}\r\n{}",
        found("77", "10.00", "Pending"),
        found("78", "10.00", "Pending")
    );
    let answered = ask(vec![ok(&both)]).await.0.unwrap();
    assert_eq!(answered.fact, fact(BankStatus::Paid, Some(1000), None));
    assert!(answered.message.unwrap().contains("78 10.00 RUB"));
}

#[tokio::test]
async fn a_known_transaction_is_searched_for_when_the_number_finds_nothing() {
    let server = Server::start(vec![ok(""), ok(&found("77", "10.00", "Pending"))]).await;
    let answered = port(&server.base).ask(&question(Some("77"))).await.unwrap();
    assert_eq!(answered.fact, fact(BankStatus::Paid, Some(1000), None));
    assert!(server.requests()[1].contains("TransactionId=77"));
}

#[tokio::test]
async fn a_refused_call_is_for_a_person_and_a_failing_system_is_no_answer() {
    for code in ["4024", "4027", "4001"] {
        let (answered, _) = ask(vec![ok(&format!("Code={code}&Message=Invalid security key"))]).await;
        assert_eq!(
            answered,
            Err(BankError::Refused(format!("{code} Invalid security key")))
        );
    }
    let (answered, _) = ask(vec![ok("Code=1001&Message=System error")]).await;
    assert_eq!(
        answered,
        Err(BankError::Unavailable("1001 System error".to_owned()))
    );
}

#[tokio::test]
async fn what_cannot_be_read_is_no_answer() {
    let broken = [
        vec![ok("<html>")],
        vec![ok(&found("77", "10,00", "Settled"))],
        vec![ok(&found("", "10.00", "Settled"))],
        vec![ok(""), ok("<html><body>no</body></html>")],
        vec![ok(""), ok("Id,OrderId\r\n1,A-1")],
        vec![Play::Answer("500 Internal Server Error", String::new())],
        vec![Play::Hang],
    ];
    for plays in broken {
        let (answered, _) = ask(plays).await;
        assert!(matches!(answered, Err(BankError::Unavailable(_))), "{answered:?}");
    }
}

#[tokio::test]
async fn a_payment_page_is_a_signed_address_and_no_call() {
    let registered = port("https://secure.payonlinesystem.com")
        .register(&new_order())
        .await
        .unwrap();
    assert_eq!(registered.bank_order_id, None);
    let url = url::Url::parse(&registered.payment_url).unwrap();
    assert_eq!(url.path(), "/ru/payment/");
    let names: Vec<_> = url.query_pairs().map(|(name, _)| name.into_owned()).collect();
    assert_eq!(
        names,
        [
            "MerchantId",
            "OrderId",
            "Amount",
            "Currency",
            "OrderDescription",
            "SecurityKey",
            "ReturnUrl",
            "FailUrl"
        ]
    );
    let value = |wanted: &str| {
        url.query_pairs()
            .find(|(name, _)| name == wanted)
            .unwrap()
            .1
            .into_owned()
    };
    assert_eq!(value("Amount"), "4500.00");
    assert_eq!(value("SecurityKey").len(), 32);
    assert!(!registered.payment_url.contains("3844908d"));
}

/// Signed between the currency and the description, as the form SDK has it.
#[tokio::test]
async fn the_page_lives_as_long_as_the_order() {
    let order = sverka_app::ports::bank::NewOrder {
        valid_until: Some("2026-03-01T09:30:00Z".parse().unwrap()),
        ..new_order()
    };
    let registered = port("https://secure.payonlinesystem.com")
        .register(&order)
        .await
        .unwrap();
    let url = url::Url::parse(&registered.payment_url).unwrap();
    let pairs: Vec<_> = url.query_pairs().take(6).collect();
    let names: Vec<_> = pairs.iter().map(|(name, _)| name.as_ref()).collect();
    assert_eq!(
        names,
        [
            "MerchantId",
            "OrderId",
            "Amount",
            "Currency",
            "ValidUntil",
            "OrderDescription"
        ]
    );
    assert_eq!(pairs[4].1, "2026-03-01 09:30:00");
}

#[tokio::test]
async fn an_order_number_that_payonline_would_not_take_is_refused() {
    let mut order = new_order();
    order.order_number = "9".repeat(51);
    let registered = port("https://secure.payonlinesystem.com").register(&order).await;
    assert!(matches!(registered, Err(BankError::Refused(_))));
}
