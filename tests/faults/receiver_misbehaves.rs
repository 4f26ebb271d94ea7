//! An accounting system that posts the payment and does not say so.

use std::collections::HashSet;
use std::time::Duration;

use sverka_simulator::api::{AccountingFaults, AccountingMode, Move};
use sverka_tests::process::{Api, Engine, Setup, Stand, posted_once, seed, until};

use crate::common::{payment, settled};

on_both_engines!(a_receiver_that_applies_and_does_not_say_so_holds_each_payment_once);

const MODES: [AccountingMode; 4] = [
    AccountingMode::HangAfterApply,
    AccountingMode::Error500AfterApply,
    AccountingMode::CutAfterApply,
    AccountingMode::DropAfterApply,
];

async fn a_receiver_that_applies_and_does_not_say_so_holds_each_payment_once(engine: Engine) {
    let seed = seed();
    let setup = Setup {
        timeout_seconds: 2,
        ..Setup::usual(seed)
    };
    let stand = Stand::new(engine, &setup).await;
    let _server = stand.serve().await;
    let operator = stand.operator().await;
    let mut paid = HashSet::new();
    let mut doubtful = Vec::new();
    for (nth, mode) in MODES.into_iter().enumerate() {
        let faults = AccountingFaults {
            hang_ms: Some(10_000),
            ..AccountingFaults::times(mode, 1)
        };
        let set = stand.bank.set_accounting_faults("crm", &faults).await;
        set.expect("the receiver obeys");
        let number = format!("M-{nth}");
        let (id, _) = stand.open(&payment(number.clone())).await;
        let done = stand.bank.pay("sber", "main", &number, &Move::default()).await;
        done.expect("the bank takes the money");
        in_doubt(&operator, &id, mode).await;
        paid.insert(id.clone());
        doubtful.push(id);
    }
    // The operator hurries all but one; that one is looked after by Sverka itself.
    for id in &doubtful[1..] {
        hurry(&operator, id).await;
    }
    let attempts = settled(&stand.app, &paid, Duration::from_secs(60)).await;
    for attempt in attempts {
        assert!(
            attempt["crm_document_ref"].is_string(),
            "it is told its document: {attempt}"
        );
    }
    for receipt in posted_once(&stand.bank, &paid).await.values() {
        assert_eq!(receipt.count_received, 2, "sent again, once: {receipt:?}");
    }
}

/// Waits until a delivery is in doubt, and the operator may hurry it: while it is being sent, they may not.
async fn in_doubt(operator: &Api, id: &str, mode: AccountingMode) {
    let what = format!("a delivery is in doubt after {mode:?}");
    until(&what, Duration::from_secs(20), async || {
        let attempt = operator.attempt(id).await;
        let actions = attempt["actions"].as_array().expect("actions");
        let may = actions
            .iter()
            .any(|action| action["action"] == "resync" && action["allowed"] == true);
        (may && attempt["crm_status"] == "in_doubt").then_some(())
    })
    .await;
}

/// Presses the button, and looks again when something about the attempt has changed meanwhile: the bank may have been
/// asked, to confirm what its callback said, or Sverka was quicker.
async fn hurry(operator: &Api, id: &str) {
    until("the operator hurries", Duration::from_secs(10), async || {
        let attempt = operator.attempt(id).await;
        let (status, answer) = operator.resync(&attempt).await;
        let late = ["version_conflict", "delivery_in_progress"].map(|code| answer["code"] == code);
        assert!(
            status == 200 || late.contains(&true) || answer["code"] == "already_synced",
            "{status} {answer}"
        );
        (!late.contains(&true)).then_some(())
    })
    .await;
}
