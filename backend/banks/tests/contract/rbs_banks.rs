//! What Sber, Alfa-Bank and VTB do each in its own way at the gateway that they share.

use serde_json::json;
use sverka_app::ports::bank::{Genuineness, RawCallback, Says};
use sverka_banks::{BankSettings, RbsSettings, build};
use sverka_domain::polling::PollPolicy;
use sverka_domain::status::BankStatus;

use crate::rbs_answers::question;
use crate::rbs_callbacks::rbs;
use crate::rbs_register::{new_order, sent};
use crate::server::{Server, ok};

const BANKS: [fn(RbsSettings) -> BankSettings; 3] =
    [BankSettings::Sber, BankSettings::Alfa, BankSettings::Vtb];

#[tokio::test]
async fn each_bank_gets_the_number_of_the_rouble_that_it_knows() {
    assert_eq!(sent(BankSettings::Sber, &new_order()).await["currency"], "643");
    assert_eq!(sent(BankSettings::Vtb, &new_order()).await["currency"], "643");
    let at_alfa = sent(BankSettings::Alfa, &new_order()).await;
    assert!(
        !at_alfa.contains_key("currency"),
        "installations disagree: 643 or 810"
    );
    let old_alfa = |mut settings: RbsSettings| {
        settings.currency = Some("810".to_owned());
        BankSettings::Alfa(settings)
    };
    assert_eq!(sent(old_alfa, &new_order()).await["currency"], "810");
}

#[tokio::test]
async fn a_foreign_currency_is_always_named() {
    let mut order = new_order();
    order.amount.currency = "USD".parse().unwrap();
    for bank in BANKS {
        assert_eq!(sent(bank, &order).await["currency"], "840");
    }
}

#[tokio::test]
async fn both_numbers_of_the_rouble_and_the_states_of_vtb_are_understood() {
    for bank in BANKS {
        for (status, deposited, expected) in [
            (2, 1000, BankStatus::Paid),
            (7, 0, BankStatus::Pending),
            (8, 400, BankStatus::Pending),
            (8, 1000, BankStatus::Paid),
        ] {
            let body = json!({
                "errorCode": "0", "orderNumber": "A-1", "orderStatus": status, "actionCode": 0, "amount": 1000,
                "currency": "810", "paymentAmountInfo": {"approvedAmount": 1000, "depositedAmount": deposited}
            });
            let server = Server::start(vec![ok(&body.to_string())]).await;
            let port = build(bank(rbs(&server.base))).unwrap();
            let fact = port.ask(&question(None)).await.unwrap().fact.unwrap();
            assert_eq!(fact.status, expected, "{status}");
            if let Some(amount) = fact.amount {
                assert_eq!(amount.currency.as_str(), "RUB");
            }
        }
    }
}

/// Alfa's document shows them with neither an order nor an operation.
#[test]
fn callbacks_about_saved_cards_are_taken_in_and_say_nothing() {
    let raw = RawCallback {
        method: "GET".to_owned(),
        query: "bindingId=b-1&clientId=c-1&enabled=true".to_owned(),
        body: Vec::new(),
        headers: Vec::new(),
        from: None,
    };
    for bank in BANKS {
        let port = build(bank(rbs("http://127.0.0.1/"))).unwrap();
        let reading = port.read(&raw);
        assert_eq!(
            (reading.genuineness, reading.says, reading.order_number),
            (Genuineness::Unsigned, Says::Nothing, None)
        );
        assert_eq!(port.acknowledge(&raw).status, 200);
    }
}

#[test]
fn all_of_them_list_and_none_may_be_registered_at_twice() {
    for bank in BANKS {
        let port = build(bank(rbs("http://127.0.0.1/"))).unwrap();
        let abilities = port.abilities();
        assert!(abilities.lists.is_some() && !abilities.repeats_registration && !abilities.resends);
        assert_eq!(*port.policy(), PollPolicy::card_gateway());
    }
}
