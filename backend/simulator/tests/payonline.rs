//! PayOnline over HTTP.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use common::{Stand, payonline_key};
use sverka_simulator::api::{BankSettings, Move, OrderState, TransactionStatus, Verb};

async fn call(stand: &Stand, path: &str, signed: &str, more: &str) -> String {
    let encoded: String = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(
            signed
                .split('&')
                .chain(more.split('&').filter(|part| !part.is_empty()))
                .filter_map(|part| part.split_once('=')),
        )
        .append_pair("SecurityKey", &payonline_key(signed))
        .finish();
    stand
        .http
        .post(stand.url(&format!("/payonline/{path}")))
        .body(encoded)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap()
}

#[tokio::test]
async fn search_finds_successful_payments_only() {
    let stand = Stand::new().await;
    let order = stand.order("payonline", "club", "A-1").await;
    assert_eq!(
        call(&stand, "payment/search/", "MerchantId=12345&OrderId=A-1", "").await,
        ""
    );
    stand
        .control
        .decline(
            "payonline",
            "club",
            "A-1",
            &Move {
                is_final: Some(false),
                ..Move::default()
            },
        )
        .await
        .unwrap();
    assert_eq!(
        call(&stand, "payment/search/", "MerchantId=12345&OrderId=A-1", "").await,
        ""
    );

    let paid = stand
        .control
        .pay("payonline", "club", "A-1", &Move::default())
        .await
        .unwrap();
    assert_ne!(paid.bank_order_id, order.bank_order_id);
    let text = call(&stand, "payment/search/", "MerchantId=12345&OrderId=A-1", "").await;
    let start = format!(
        "TransactionId={}&Amount=4990.00&Currency=RUB&Order=A-1&DateTime=20",
        paid.bank_order_id
    );
    assert!(
        text.starts_with(&start) && text.ends_with("&Status=Pending"),
        "{text}"
    );
    let by_id = format!("MerchantId=12345&TransactionId={}", paid.bank_order_id);
    assert_eq!(call(&stand, "payment/search", &by_id, "").await, text);
    let refused = format!("MerchantId=12345&TransactionId={}", order.bank_order_id);
    assert_eq!(call(&stand, "payment/search", &refused, "").await, "");
    let xml = call(
        &stand,
        "payment/search/",
        "MerchantId=12345&OrderId=A-1",
        "ContentType=xml",
    )
    .await;
    assert!(
        xml.contains("<amount>4990.00</amount><currency>RUB</currency><orderId>A-1</orderId>"),
        "{xml}"
    );
}

#[tokio::test]
async fn a_wrong_key_and_a_wrong_merchant_are_refused() {
    let stand = Stand::new().await;
    let wrong = stand.url("/payonline/payment/search/?MerchantId=12345&OrderId=A&SecurityKey=00");
    assert_eq!(
        stand.http.get(wrong).send().await.unwrap().text().await.unwrap(),
        "Code=4024&Message=Invalid security key"
    );
    assert!(
        call(&stand, "payment/search/", "MerchantId=1&OrderId=A", "")
            .await
            .starts_with("Code=4027")
    );
    assert!(
        call(
            &stand,
            "payment/search/",
            "MerchantId=1&OrderId=A",
            "ContentType=xml"
        )
        .await
        .contains("<error><code>4027</code>")
    );
}

#[tokio::test]
async fn a_refund_is_a_transaction_of_its_own() {
    let stand = Stand::new().await;
    stand.order("payonline", "club", "A,1").await;
    let paid = stand
        .control
        .pay("payonline", "club", "A,1", &Move::default())
        .await
        .unwrap();
    let refund = format!(
        "MerchantId=12345&TransactionId={}&Amount=990.00",
        paid.bank_order_id
    );
    assert!(
        call(&stand, "payment/transaction/refund/", &refund, "")
            .await
            .contains("Result=Error")
    );
    stand
        .control
        .act("payonline", "club", "A,1", Verb::Settle, &Move::default())
        .await
        .unwrap();
    let text = call(&stand, "payment/transaction/refund/", &refund, "").await;
    assert!(
        text.ends_with("&Operation=Refund&Amount=990.00&Result=Ok&Message=Refunded"),
        "{text}"
    );
    let truth = stand.control.order("payonline", "club", "A,1").await.unwrap();
    assert_eq!(
        (truth.state, truth.refunded, truth.transactions.len()),
        (OrderState::PartiallyRefunded, 99_000, 2)
    );

    let day = &truth_day(truth.created_at);
    let list =
        format!("MerchantId=12345&DateFrom={day}&DateTill={day}&Type=Purchase,Refund&Status=Pending,Settled");
    let csv = call(&stand, "payment/transaction/list/", &list, "").await;
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 3, "{csv}");
    assert!(
        lines[0].starts_with("Date,Id,OrderId,Type,Status,CardNumber,Amount,")
            && lines[0].ends_with("PresentmentDate,AccountID,GatewayTransactionID")
    );
    assert!(
        lines[1].contains(",\"A,1\",Purchase,Settled,")
            && lines[2].contains(",Refund,Pending,************1111,990.00,RUB,Test,"),
        "{csv}"
    );
    let xml = call(&stand, "payment/transaction/list/", &list, "ContentType=xml").await;
    assert!(
        xml.contains("<list><transaction><date>") && xml.contains("<type>Refund</type>"),
        "{xml}"
    );
    let long = "MerchantId=12345&DateFrom=2026-01-01&DateTill=2026-01-05&Type=Purchase&Status=Pending";
    assert!(
        call(&stand, "payment/transaction/list/", long, "")
            .await
            .starts_with("Code=4001")
    );
}

fn truth_day(ms: i64) -> String {
    jiff::Timestamp::from_millisecond(ms)
        .unwrap()
        .strftime("%Y-%m-%d")
        .to_string()
}

#[tokio::test]
async fn holds_are_completed_and_voided() {
    let stand = Stand::new().await;
    for number in ["complete", "void"] {
        stand.order("payonline", "club", number).await;
        let held = stand
            .control
            .act("payonline", "club", number, Verb::Hold, &Move::default())
            .await
            .unwrap();
        let signed = format!("MerchantId=12345&TransactionId={}", held.bank_order_id);
        assert!(
            call(&stand, &format!("payment/transaction/{number}/"), &signed, "")
                .await
                .contains("Result=Ok")
        );
    }
    let status = |order: sverka_simulator::api::Order| order.transactions[0].status;
    assert_eq!(
        status(
            stand
                .control
                .order("payonline", "club", "complete")
                .await
                .unwrap()
        ),
        TransactionStatus::Pending
    );
    assert_eq!(
        status(stand.control.order("payonline", "club", "void").await.unwrap()),
        TransactionStatus::Voided
    );
}

#[tokio::test]
async fn callbacks_sign_five_fields_and_only_a_refusal_has_a_code() {
    let stand = Stand::new().await;
    stand.order("payonline", "club", "A-1").await;
    stand
        .control
        .decline("payonline", "club", "A-1", &Move::default())
        .await
        .unwrap();
    stand.quiet().await;
    stand
        .control
        .pay("payonline", "club", "A-1", &Move::default())
        .await
        .unwrap();
    stand.quiet().await;
    stand
        .control
        .refund("payonline", "club", "A-1", 100)
        .await
        .unwrap();
    stand.quiet().await;
    let heard = stand.heard();
    assert_eq!(heard.len(), 2, "nothing is told about a refund");
    for one in &heard {
        let params = &one.params;
        let text = ["DateTime", "TransactionID", "OrderId", "Amount", "Currency"]
            .map(|name| format!("{name}={}", params[name]))
            .join("&");
        assert_eq!(params["SecurityKey"], payonline_key(&text));
        assert_eq!(params["Amount"], "4990.00");
    }
    assert_eq!(
        (
            heard[0].params["Code"].as_str(),
            heard[0].params["ErrorCode"].as_str()
        ),
        ("5205", "3")
    );
    assert!(!heard[1].params.contains_key("Code") && !heard[1].params.contains_key("ErrorCode"));
}

#[tokio::test]
async fn a_refusal_goes_to_its_own_address() {
    let stand = Stand::new().await;
    let settings = stand
        .control
        .set_bank("payonline", "club", &BankSettings::default())
        .await
        .unwrap();
    let decline_url = settings.callback_url.map(|url| format!("{url}/declined"));
    stand
        .control
        .set_bank(
            "payonline",
            "club",
            &BankSettings {
                decline_url,
                ..BankSettings::default()
            },
        )
        .await
        .unwrap();
    stand.order("payonline", "club", "A-1").await;
    stand
        .control
        .decline("payonline", "club", "A-1", &Move::default())
        .await
        .unwrap();
    stand.quiet().await;
    stand
        .control
        .pay("payonline", "club", "A-1", &Move::default())
        .await
        .unwrap();
    stand.quiet().await;
    let paths: Vec<String> = stand.heard().into_iter().map(|heard| heard.path).collect();
    assert_eq!(
        paths,
        ["/callbacks/payonline/club/declined", "/callbacks/payonline/club"]
    );
}

#[tokio::test]
async fn the_payment_form_makes_an_order_and_echoes_own_fields() {
    let stand = Stand::new().await;
    let signed = "MerchantId=12345&OrderId=F-1&Amount=10.50&Currency=RUB&OrderDescription=Абонемент";
    let query = |key: &str| {
        let mut url = url::Url::parse(&stand.url("/payonline/ru/payment/")).unwrap();
        url.query_pairs_mut()
            .extend_pairs(signed.split('&').filter_map(|part| part.split_once('=')));
        url.query_pairs_mut().extend_pairs([
            ("SecurityKey", key),
            ("ReturnUrl", "http://shop/ok"),
            ("client", "42"),
        ]);
        url
    };
    let refused = stand
        .http
        .get(query("00"))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(refused.starts_with("Code=4024"));
    let opened = stand
        .http
        .get(query(&payonline_key(signed)))
        .send()
        .await
        .unwrap();
    assert_eq!(opened.status(), 303);
    let page = opened.headers()["location"].to_str().unwrap().to_owned();
    let html = stand.http.get(&page).send().await.unwrap().text().await.unwrap();
    assert!(html.contains("Абонемент") && html.contains("10,50\u{a0}₽") && html.contains("Оплатить"));
    let left = stand
        .http
        .post(&page)
        .form(&[("action", "pay")])
        .send()
        .await
        .unwrap();
    assert_eq!(left.headers()["location"], "http://shop/ok");
    stand.quiet().await;
    assert_eq!(stand.heard()[0].params["client"], "42");
}
