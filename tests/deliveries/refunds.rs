//! Refunds: behind their payment, through its connection, naming its document.

use sverka_app::ports::accounting::Class;
use sverka_domain::delivery::{DeliveryKind, DeliveryState, MatchRule};
use sverka_domain::status::BankStatus;

use crate::stage::{AMOUNT, Stage};
use crate::system::Play;
use crate::words::{paper, silence};

#[tokio::test]
async fn a_refund_goes_after_its_payment_and_names_its_document() {
    for class in [Class::KeyEnforced, Class::LookUpOnly] {
        let stage = Stage::new(class).await;
        let id = stage.paid().await;
        stage.set(id, BankStatus::Refunded).await;
        stage.system.plays([Play::DoAndSay(silence())]);
        stage.turn().await;
        // The payment is in doubt: the refund is not even looked at.
        assert_eq!(stage.deliveries(id).await[1].state, DeliveryState::Queued);
        assert_eq!(stage.system.bodies().len(), 1);
        stage.settle().await;
        let deliveries = stage.deliveries(id).await;
        assert_eq!(deliveries[1].kind, DeliveryKind::Refund);
        assert!(
            deliveries
                .iter()
                .all(|delivery| delivery.state == DeliveryState::Synced)
        );
        let last = String::from_utf8(stage.system.bodies().pop().unwrap()).unwrap();
        assert_eq!(last, format!("{AMOUNT} refund - guid-1"));
    }
}

#[tokio::test]
async fn a_refund_waits_while_its_payment_is_held() {
    let stage = Stage::new(Class::KeyEnforced).await;
    stage
        .system
        .put(paper("manual", MatchRule::ClientAmountDate, AMOUNT));
    let id = stage.paid().await;
    stage.set(id, BankStatus::Refunded).await;
    stage.turn().await;
    assert_eq!(stage.app.next_delivery_due("crm".to_owned()).await.unwrap(), None);
    let deliveries = stage.deliveries(id).await;
    assert_eq!(deliveries[0].state, DeliveryState::Held);
    assert_eq!(deliveries[1].state, DeliveryState::Queued);
}
