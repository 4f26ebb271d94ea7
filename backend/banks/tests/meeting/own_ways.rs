//! What only one bank does.

use sverka_app::ports::bank::{Genuineness, Says};
use sverka_domain::status::BankStatus;
use sverka_simulator::api::{BankSettings, Move, Verb};

use crate::Stand;
use crate::banks::BANKS;

async fn at(code: &str) -> Stand {
    let bank = BANKS.into_iter().find(|bank| bank.code == code).unwrap();
    Stand::new(bank).await
}

fn is_fact(says: &Says, status: BankStatus) -> bool {
    matches!(says, Says::Fact(fact) if fact.status == status)
}

#[tokio::test]
async fn what_t_bank_could_not_deliver_comes_when_it_is_asked_for() {
    let stand = at("tbank").await;
    stand.make("201").await;
    stand.act("201", Verb::Pay, &Move::silent()).await;
    assert_eq!(stand.readings().await, []);
    stand.port.resend().await.unwrap();
    let readings = stand.readings().await;
    assert_eq!(readings.len(), 1);
    assert!(is_fact(&readings[0].says, BankStatus::Paid), "{readings:?}");
    stand.stop().await;
}

#[tokio::test]
async fn several_tries_at_t_bank_are_one_order() {
    let stand = at("tbank").await;
    for _ in 0..2 {
        stand.port.register(&crate::order("202")).await.unwrap();
        stand.act("202", Verb::Decline, &Move::default()).await;
    }
    let last = stand.port.register(&crate::order("202")).await.unwrap();
    stand.act("202", Verb::Pay, &Move::default()).await;
    let answered = stand.ask("202", None).await;
    assert_eq!(answered.fact.unwrap().status, BankStatus::Paid);
    assert_eq!(
        answered.bank_order_id, last.bank_order_id,
        "the try that was paid"
    );
    stand.stop().await;
}

#[tokio::test]
async fn robokassa_tells_of_a_hold_at_the_second_address_only() {
    let stand = at("robokassa").await;
    let settings = BankSettings {
        second_callback_url: Some(format!("{}/callbacks/robokassa/main", stand.merchant.base)),
        ..BankSettings::default()
    };
    stand
        .control
        .set_bank("robokassa", "main", &settings)
        .await
        .unwrap();
    stand.make("203").await;
    stand.act("203", Verb::Hold, &Move::default()).await;
    let readings = stand.readings().await;
    assert_eq!(readings.len(), 1);
    assert!(is_fact(&readings[0].says, BankStatus::Authorized), "{readings:?}");
    stand.act("203", Verb::Pay, &Move::default()).await;
    let readings = stand.readings().await;
    assert_eq!(readings.len(), 3, "a payment is told at both");
    for reading in &readings {
        assert_eq!(reading.genuineness, Genuineness::Genuine, "{reading:?}");
    }
    assert!(readings.iter().any(|one| is_fact(&one.says, BankStatus::Paid)));
    stand.stop().await;
}

/// The gateway tells of the end of an order's life as a fact, and its own answer says the same.
#[tokio::test]
async fn the_end_of_an_order_s_life_is_told_by_the_rbs_gateway() {
    for code in ["sber", "alfa", "vtb"] {
        let stand = at(code).await;
        stand.make("204").await;
        stand.act("204", Verb::Expire, &Move::default()).await;
        let readings = stand.readings().await;
        assert!(
            is_fact(&readings[0].says, BankStatus::Expired),
            "{code} {readings:?}"
        );
        assert_eq!(stand.status("204").await, Some(BankStatus::Expired), "{code}");
        stand.stop().await;
    }
}
