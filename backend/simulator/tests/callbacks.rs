//! Callbacks that are late, lost, doubled, out of order, forged.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use common::{Stand, rbs_checksum};
use sverka_simulator::api::{
    BankFaults, BankSettings, CallbackFate, CallbackOutcome, Move, OrderState, Resend,
};

const SECRET: &str = "demo-callback-secret";

async fn paid_with(faults: BankFaults, how: Move) -> Stand {
    let stand = Stand::new().await;
    stand
        .control
        .set_bank_faults("sber", "main", &faults)
        .await
        .unwrap();
    stand.order("sber", "main", "A-1").await;
    stand.control.pay("sber", "main", "A-1", &how).await.unwrap();
    stand
}

#[tokio::test]
async fn a_callback_is_repeated_until_it_is_acknowledged_and_three_times_at_most() {
    let stand = Stand::new().await;
    *stand.merchant.statuses.lock().unwrap() = vec![500, 204, 200, 503, 503, 503];
    stand.order("sber", "main", "A-1").await;
    stand
        .control
        .pay("sber", "main", "A-1", &Move::default())
        .await
        .unwrap();
    let statuses = |log: &sverka_simulator::api::CallbackLog| {
        log.items
            .iter()
            .map(|one| one.http_status.unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(statuses(&stand.quiet().await), [500, 204, 200]);
    stand
        .control
        .send_callback("sber", "main", "A-1", &Resend::default())
        .await
        .unwrap();
    assert_eq!(statuses(&stand.quiet().await), [500, 204, 200, 503, 503, 503]);
    assert_eq!(stand.heard().len(), 6);
}

#[tokio::test]
async fn a_lost_callback_is_in_the_log_and_nowhere_else() {
    for stand in [
        paid_with(
            BankFaults {
                drop_rate: 1.0,
                ..BankFaults::default()
            },
            Move::default(),
        )
        .await,
        paid_with(BankFaults::default(), Move::silent()).await,
    ] {
        let log = stand.quiet().await;
        assert_eq!(log.items[0].outcome, CallbackOutcome::Dropped);
        assert!(stand.heard().is_empty());
        assert_eq!(
            stand.control.order("sber", "main", "A-1").await.unwrap().state,
            OrderState::Paid
        );
    }
}

#[tokio::test]
async fn a_doubled_callback_comes_twice_word_for_word() {
    for stand in [
        paid_with(
            BankFaults {
                duplicate_rate: 1.0,
                ..BankFaults::default()
            },
            Move::default(),
        )
        .await,
        paid_with(
            BankFaults::default(),
            Move {
                copies: Some(2),
                ..Move::default()
            },
        )
        .await,
    ] {
        stand.quiet().await;
        let heard = stand.heard();
        assert_eq!(heard.len(), 2);
        assert_eq!(heard[0].params, heard[1].params);
    }
}

#[tokio::test]
async fn a_late_callback_waits() {
    let late = Move {
        callback: CallbackFate::Delay,
        delay_ms: 400,
        ..Move::default()
    };
    let stand = paid_with(BankFaults::default(), late).await;
    assert_eq!(stand.control.callbacks().await.unwrap().pending, 1);
    assert!(stand.heard().is_empty());
    stand.quiet().await;
    assert_eq!(stand.heard().len(), 1);
}

#[tokio::test]
async fn a_forged_callback_claims_payment_with_a_wrong_checksum() {
    let stand = Stand::new().await;
    stand.order("sber", "main", "A-1").await;
    stand.control.forge("sber", "main", "A-1").await.unwrap();
    stand.quiet().await;
    let heard = stand.heard()[0].params.clone();
    assert_eq!(
        (heard["operation"].as_str(), heard["status"].as_str()),
        ("deposited", "1")
    );
    assert_eq!(heard["checksum"].len(), 64);
    assert_ne!(heard["checksum"], rbs_checksum(SECRET, &heard));
    assert_eq!(
        stand.control.order("sber", "main", "A-1").await.unwrap().state,
        OrderState::Registered
    );
}

#[tokio::test]
async fn a_wrong_sum_is_signed_correctly() {
    let stand = paid_with(
        BankFaults::default(),
        Move {
            wrong_amount: Some(1),
            ..Move::default()
        },
    )
    .await;
    stand.quiet().await;
    let heard = stand.heard()[0].params.clone();
    assert_eq!(
        (heard["amount"].as_str(), heard["checksum"].clone()),
        ("1", rbs_checksum(SECRET, &heard))
    );
}

#[tokio::test]
async fn reordered_callbacks_let_the_next_one_pass() {
    let faults = BankFaults {
        reorder_rate: 1.0,
        reorder_hold_ms: 60_000,
        ..BankFaults::default()
    };
    let stand = paid_with(faults, Move::default()).await;
    stand
        .control
        .set_bank_faults("sber", "main", &BankFaults::default())
        .await
        .unwrap();
    stand.control.refund("sber", "main", "A-1", 100).await.unwrap();
    stand.quiet().await;
    let told: Vec<String> = stand
        .heard()
        .iter()
        .map(|heard| heard.params["operation"].clone())
        .collect();
    assert_eq!(told, ["refunded", "deposited"]);
}

#[tokio::test]
async fn the_banks_truth_can_move_later() {
    let stand = paid_with(
        BankFaults::default(),
        Move {
            after_ms: 300,
            ..Move::default()
        },
    )
    .await;
    assert_eq!(
        stand.control.order("sber", "main", "A-1").await.unwrap().state,
        OrderState::Registered
    );
    stand.quiet().await;
    assert_eq!(
        stand.control.order("sber", "main", "A-1").await.unwrap().state,
        OrderState::Paid
    );
}

#[tokio::test]
async fn the_same_seed_loses_the_same_callbacks() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let stand = Stand::new().await;
        let faults = BankFaults {
            drop_rate: 0.5,
            ..BankFaults::default()
        };
        stand
            .control
            .set_bank_faults("sber", "main", &faults)
            .await
            .unwrap();
        let mut ids = Vec::new();
        for number in 0..12 {
            ids.push(
                stand
                    .order("sber", "main", &number.to_string())
                    .await
                    .bank_order_id,
            );
            stand
                .control
                .pay("sber", "main", &number.to_string(), &Move::default())
                .await
                .unwrap();
        }
        let mut log: Vec<_> = stand
            .quiet()
            .await
            .items
            .into_iter()
            .map(|one| (one.order_number, one.outcome))
            .collect();
        log.sort_by(|one, other| one.0.cmp(&other.0));
        assert!(
            log.iter().any(|one| one.1 == CallbackOutcome::Dropped)
                && log.iter().any(|one| one.1 == CallbackOutcome::Sent)
        );
        runs.push((ids, log));
    }
    assert_eq!(runs[0], runs[1]);
}

#[tokio::test]
async fn a_callback_can_be_signed_with_an_rsa_key() {
    use rand::SeedableRng;
    use rsa::PrivateKey;
    use rsa::pkcs1v15::{Signature, VerifyingKey};
    use rsa::pkcs8::{EncodePrivateKey, LineEnding};
    use rsa::signature::Verifier;

    let stand = Stand::new().await;
    let key = PrivateKey::new(&mut rand::rngs::StdRng::seed_from_u64(2), 2048).unwrap();
    let pem = key.to_pkcs8_pem(LineEnding::LF).unwrap().to_string();
    let settings = BankSettings {
        callback_private_key: Some(pem),
        ..BankSettings::default()
    };
    stand.control.set_bank("sber", "main", &settings).await.unwrap();
    stand.order("sber", "main", "A-1").await;
    stand
        .control
        .pay(
            "sber",
            "main",
            "A-1",
            &Move {
                forge: true,
                ..Move::default()
            },
        )
        .await
        .unwrap();
    stand.quiet().await;
    let mut truths: Vec<bool> = Vec::new();
    for heard in stand.heard() {
        let params = &heard.params;
        let text = format!(
            "mdOrder;{};operation;deposited;orderNumber;A-1;status;1;",
            params["mdOrder"]
        );
        let bytes = hex::decode(&params["checksum"]).unwrap();
        assert_eq!(bytes.len(), 256, "a forgery looks like the real one");
        let signature = Signature::try_from(bytes.as_slice()).unwrap();
        let verifier = VerifyingKey::<sha2::Sha512>::new(key.to_public_key());
        truths.push(verifier.verify(text.as_bytes(), &signature).is_ok());
        assert!(params.contains_key("sign_alias"));
    }
    truths.sort_unstable();
    assert_eq!(truths, [false, true]);
}
