//! Robokassa's notifications at both addresses, and holds.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use common::robokassa::{FIRST, SECOND, fields, hash, opened, order, page};
use common::{Stand, jws_payload};
use rsa::PublicKey;
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::pkcs8::DecodePublicKey;
use rsa::signature::Verifier;
use sverka_simulator::api::{BankSettings, Move, OrderState, Verb};

#[tokio::test]
async fn the_second_address_hears_of_holds_and_payments_under_a_signature() {
    let stand = Stand::new().await;
    let second = format!(
        "{}/second",
        stand
            .control
            .banks()
            .await
            .unwrap()
            .into_iter()
            .find(|one| one.bank.as_str() == "robokassa")
            .unwrap()
            .settings
            .callback_url
            .unwrap()
    );
    let mut signed = fields("10.00", "58");
    signed.extend([("StepByStep", "true"), ("ResultUrl2", second.as_str())]);
    let to_pay = opened(&stand, page(&stand, &signed, &[])).await;
    stand
        .http
        .post(&to_pay)
        .form(&[("action", "pay")])
        .send()
        .await
        .unwrap();
    stand.quiet().await;
    let sum = "10.00";
    let confirm = [
        ("MerchantLogin", "demo-shop"),
        ("InvoiceID", "58"),
        ("OutSum", sum),
        ("SignatureValue", &hash(&format!("demo-shop:{sum}:58:{FIRST}"))),
    ];
    let url = stand.url("/robokassa/Merchant/Payment/Confirm");
    let answer = stand.http.post(&url).form(&confirm).send().await.unwrap();
    assert_eq!(answer.text().await.unwrap(), "true");
    assert_eq!(
        stand
            .http
            .post(&url)
            .form(&confirm)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap(),
        "false"
    );
    stand.quiet().await;
    let heard = stand.heard();
    let mut seen: Vec<_> = heard.iter().map(|one| one.path.as_str()).collect();
    seen.sort_unstable();
    assert_eq!(
        seen,
        [
            "/callbacks/robokassa/main",
            "/callbacks/robokassa/main/second",
            "/callbacks/robokassa/main/second"
        ]
    );
    let messages: Vec<_> = heard.iter().filter(|one| one.path.ends_with("/second")).collect();
    for (message, state) in messages.iter().zip(["HOLD", "OK"]) {
        assert!(is_genuine(&message.body), "{}", message.body);
        let payload = jws_payload(&message.body);
        assert_eq!(payload["data"]["state"], state);
        assert_eq!(
            (
                payload["data"]["invId"].as_str(),
                payload["data"]["shop"].as_str()
            ),
            (Some("58"), Some("demo-shop"))
        );
        assert_eq!(payload["header"]["type"], "PaymentStateNotification");
    }
}

fn is_genuine(text: &str) -> bool {
    let (signed, signature) = text.rsplit_once('.').unwrap();
    // The key of the certificate that the simulator gives out, as openssl prints it.
    let key = PublicKey::from_public_key_pem(include_str!("fixtures/robokassa-public.pem")).unwrap();
    let bytes = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let signature = Signature::try_from(bytes.as_slice()).unwrap();
    VerifyingKey::<sha2::Sha256>::new(key)
        .verify(signed.as_bytes(), &signature)
        .is_ok()
}

#[tokio::test]
async fn a_hold_is_cancelled_with_the_sum_left_out_of_the_signature() {
    let stand = Stand::new().await;
    order(&stand, "58", true).await;
    stand
        .control
        .act("robokassa", "main", "58", Verb::Hold, &Move::default())
        .await
        .unwrap();
    let signature = hash(&format!("demo-shop::58:{FIRST}"));
    let form = [
        ("MerchantLogin", "demo-shop"),
        ("InvoiceID", "58"),
        ("SignatureValue", &signature),
    ];
    let url = stand.url("/robokassa/Merchant/Payment/Cancel");
    let answer = stand.http.post(url).form(&form).send().await.unwrap();
    assert_eq!(answer.text().await.unwrap(), "true");
    let truth = stand.control.order("robokassa", "main", "58").await.unwrap();
    assert_eq!(truth.state, OrderState::Reversed);
    stand.quiet().await;
    assert!(
        stand.heard().is_empty(),
        "without a second address neither is told"
    );
}

#[tokio::test]
async fn a_notification_comes_again_until_the_answer_names_the_number() {
    let stand = Stand::new().await;
    order(&stand, "58", false).await;
    *stand.merchant.words.lock().unwrap() = vec!["OK", "OK59", "bad sign"];
    stand
        .control
        .pay("robokassa", "main", "58", &Move::default())
        .await
        .unwrap();
    let log = stand.quiet().await;
    assert_eq!(
        log.items.iter().map(|one| one.attempt).collect::<Vec<_>>(),
        [1, 2, 3, 4]
    );
}

#[tokio::test]
async fn forgeries_are_signed_wrongly_at_both_addresses() {
    let stand = Stand::new().await;
    let base = stand
        .control
        .set_bank("robokassa", "main", &BankSettings::default())
        .await
        .unwrap();
    let second = BankSettings {
        second_callback_url: base.callback_url.map(|url| format!("{url}/second")),
        ..BankSettings::default()
    };
    stand
        .control
        .set_bank("robokassa", "main", &second)
        .await
        .unwrap();
    order(&stand, "58", false).await;
    stand.control.forge("robokassa", "main", "58").await.unwrap();
    stand.quiet().await;
    let heard = stand.heard();
    assert_eq!(heard.len(), 2);
    for one in heard {
        if one.path.ends_with("/second") {
            assert!(!is_genuine(&one.body));
            assert_eq!(jws_payload(&one.body)["data"]["state"], "OK");
        } else {
            let right = hash(&format!("10.000000:58:{SECOND}")).to_uppercase();
            assert_eq!(one.params["SignatureValue"].len(), right.len());
            assert_ne!(one.params["SignatureValue"], right);
        }
    }
}

/// A certificate holds its key word for word.
#[test]
fn the_certificate_is_of_the_key_that_signs() {
    let der = |pem: &str| {
        let lines: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
        base64::engine::general_purpose::STANDARD.decode(lines).unwrap()
    };
    let certificate = der(sverka_simulator::ROBOKASSA_CERTIFICATE);
    let key = der(include_str!("fixtures/robokassa-public.pem"));
    assert!(certificate.windows(key.len()).any(|part| part == key));
}
