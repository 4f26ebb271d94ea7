//! Robokassa over HTTP.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use common::Stand;
use common::robokassa::{SECOND, fields, get, hash, opened, order, page, state};
use sha2::Digest;
use sverka_simulator::api::{BankFaults, BankSettings, Move, ServiceMode, SignatureHash, Verb};

#[tokio::test]
async fn a_signed_page_is_paid_and_told_with_six_digits() {
    let stand = Stand::new().await;
    let own = [
        ("Description", "Абонемент"),
        ("Shp_b", "2"),
        ("Shp_c", "клуб"),
        ("IsTest", "1"),
    ];
    let mut signed = fields("10.50", "58");
    signed.extend([
        ("SuccessUrl2", "http://shop/ok?a=1"),
        ("SuccessUrl2Method", "GET"),
    ]);
    let to_pay = opened(&stand, page(&stand, &signed, &own)).await;
    let html = stand
        .http
        .get(&to_pay)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(html.contains("Robokassa") && html.contains("10,50\u{a0}₽") && html.contains("Абонемент"));
    let left = stand
        .http
        .post(&to_pay)
        .form(&[("action", "pay")])
        .send()
        .await
        .unwrap();
    assert_eq!(left.headers()["location"], "http://shop/ok?a=1");
    stand.quiet().await;
    let heard = stand.heard();
    assert_eq!(heard.len(), 1, "no second address was given");
    let params = &heard[0].params;
    assert_eq!(
        (heard[0].method.as_str(), heard[0].path.as_str()),
        ("POST", "/callbacks/robokassa/main")
    );
    assert_eq!(
        (params["OutSum"].as_str(), params["InvId"].as_str()),
        ("10.500000", "58")
    );
    assert_eq!((params["Shp_b"].as_str(), params["IsTest"].as_str()), ("2", "1"));
    let expected = hash(&format!("10.500000:58:{SECOND}:Shp_b=2:Shp_c=клуб"));
    assert_eq!(params["SignatureValue"], expected.to_uppercase());
    let xml = state(&stand, "58").await;
    assert!(
        xml.contains("<State><Code>100</Code>") && xml.contains("<OutSum>10.500000</OutSum>"),
        "{xml}"
    );
}

#[tokio::test]
async fn a_page_that_is_wrong_is_refused_in_words() {
    let stand = Stand::new().await;
    let words = async |url: url::Url| get(&stand, url).await.text().await.unwrap();
    let mut unsigned = page(&stand, &fields("10.50", "58"), &[]);
    unsigned.query_pairs_mut().append_pair("Shp_late", "1");
    assert!(words(unsigned).await.contains("SignatureValue"));
    assert!(
        words(page(&stand, &fields("10.50", "A-1"), &[]))
            .await
            .contains("InvId")
    );
    assert!(
        words(page(&stand, &fields("0", "58"), &[]))
            .await
            .contains("OutSum")
    );
    let mut foreign = fields("10.50", "58");
    foreign[0].1 = "other";
    assert!(
        words(page(&stand, &foreign, &[]))
            .await
            .contains("Магазин не найден")
    );
    let first = opened(&stand, page(&stand, &fields("10.50", "58"), &[])).await;
    assert_eq!(
        opened(&stand, page(&stand, &fields("10.50", "58"), &[])).await,
        first,
        "the same page again"
    );
    assert!(
        words(page(&stand, &fields("11.00", "58"), &[]))
            .await
            .contains("другой суммой")
    );
}

#[tokio::test]
async fn every_state_has_its_code() {
    let stand = Stand::new().await;
    for number in ["1", "2", "3", "4", "5", "6"] {
        order(&stand, number, false).await;
    }
    let act = async |number, verb| {
        stand
            .control
            .act("robokassa", "main", number, verb, &Move::default())
            .await
            .unwrap();
    };
    act("2", Verb::Hold).await;
    act("3", Verb::Pay).await;
    act("3", Verb::Refund).await;
    act("4", Verb::Expire).await;
    act("5", Verb::Hold).await;
    act("5", Verb::Reverse).await;
    act("6", Verb::Pay).await;
    act("6", Verb::Reverse).await;
    for (number, code) in [("1", 5), ("2", 20), ("3", 100), ("4", 10), ("5", 10), ("6", 60)] {
        let xml = state(&stand, number).await;
        assert!(xml.contains("<Result><Code>0</Code></Result>"), "{xml}");
        assert!(
            xml.contains(&format!("<State><Code>{code}</Code><RequestDate>20")),
            "{number}: {xml}"
        );
        assert!(
            xml.contains(".0000000+03:00</StateDate>") || xml.contains("0000+03:00</StateDate>"),
            "{xml}"
        );
    }
    assert!(
        state(&stand, "3").await.contains("<OutSum>10.000000</OutSum>"),
        "refunds are not shown"
    );
    assert!(state(&stand, "7").await.contains("<Result><Code>3</Code>"));
    let url =
        "/robokassa/Merchant/WebService/Service.asmx/OpStateExt?InvoiceID=1&Signature=00&MerchantLogin=";
    let ask = async |login: &str| {
        let url = stand.url(&format!("{url}{login}"));
        stand.http.get(url).send().await.unwrap().text().await.unwrap()
    };
    assert!(ask("demo-shop").await.contains("<Result><Code>1</Code>"));
    assert!(ask("other").await.contains("<Result><Code>2</Code>"));
}

#[tokio::test]
async fn another_hash_and_the_bank_s_faults_apply() {
    let stand = Stand::new().await;
    let other = BankSettings {
        hash: Some(SignatureHash::Sha256),
        ..BankSettings::default()
    };
    stand.control.set_bank("robokassa", "main", &other).await.unwrap();
    order(&stand, "58", false).await;
    assert!(
        state(&stand, "58").await.contains("<Result><Code>1</Code>"),
        "MD5 does not fit any more"
    );
    stand
        .control
        .pay("robokassa", "main", "58", &Move::default())
        .await
        .unwrap();
    stand.quiet().await;
    let signature = stand.heard()[0].params["SignatureValue"].clone();
    let expected = hex::encode_upper(sha2::Sha256::digest(format!("10.000000:58:{SECOND}").as_bytes()));
    assert_eq!(signature, expected);
    let faults = BankFaults {
        query_mode: ServiceMode::SystemError,
        ..BankFaults::default()
    };
    stand
        .control
        .set_bank_faults("robokassa", "main", &faults)
        .await
        .unwrap();
    assert!(state(&stand, "58").await.contains("<Result><Code>1000</Code>"));
}
