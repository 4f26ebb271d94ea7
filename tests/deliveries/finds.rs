//! What is found before anything is sent: by our key, by the bank's numbers, by client, sum and day.

use sverka_app::deliveries::Delivered;
use sverka_app::ports::accounting::{Class, ClientMatch};
use sverka_app::ports::store::EventKind;
use sverka_domain::delivery::{Decision, DeliveryState, FoundDocument, HoldReason, MatchRule, Verdict};
use sverka_domain::diagnosis::DiagnosisCode;
use sverka_domain::money::Money;

use crate::stage::{AMOUNT, Stage};
use crate::system::{Asked, Play, System};
use crate::words::{client, paper, said, silence, unreachable};

/// What happens to our document over there.
type Alteration = fn(&mut FoundDocument);

const BOTH: [Class; 2] = [Class::KeyEnforced, Class::LookUpOnly];

#[tokio::test]
async fn one_by_the_banks_numbers_is_linked_and_none_is_made() {
    for class in BOTH {
        let stage = Stage::new(class).await;
        stage.system.put(paper("manual", MatchRule::BankNumbers, AMOUNT));
        let id = stage.paid().await;
        assert_eq!(stage.turn().await, [Delivered::Settled]);
        assert_eq!(stage.system.asked(), [Asked::LookUp]);
        let payment = stage.payment(id).await;
        Stage::check(&payment, DeliveryState::Synced, None);
        assert_eq!(payment.document_key.as_deref(), Some("manual"));
        assert_eq!(payment.linked_by, Some(MatchRule::BankNumbers));
        assert_eq!(payment.tries, 0);
        assert!(stage.system.made().is_empty());
        assert_eq!(stage.story(id).await.last(), Some(&EventKind::DeliveryLinked));
    }
}

#[tokio::test]
async fn a_document_is_linked_once_so_the_next_payment_gets_its_own() {
    for class in BOTH {
        let stage = Stage::new(class).await;
        stage.system.put(paper("manual", MatchRule::BankNumbers, AMOUNT));
        let (first, second) = (stage.paid().await, stage.paid().await);
        stage.turn().await;
        assert_eq!(stage.payment(first).await.document_key.as_deref(), Some("manual"));
        assert_eq!(
            stage.payment(second).await.document_key.as_deref(),
            Some("guid-1")
        );
    }
}

#[tokio::test]
async fn one_of_the_same_client_sum_and_day_stops_and_asks() {
    for class in BOTH {
        let stage = Stage::new(class).await;
        stage
            .system
            .put(paper("manual", MatchRule::ClientAmountDate, AMOUNT));
        let (id, other) = (stage.paid().await, stage.paid().await);
        stage.turn().await;
        let payment = stage.payment(id).await;
        assert_eq!(payment.state, DeliveryState::Held);
        assert_eq!(payment.hold.unwrap().documents[0].key, "manual");
        let seen = stage.see(id).await;
        assert_eq!(seen.diagnosis.code, DiagnosisCode::PossibleDuplicate);
        assert!(seen.needs_attention);
        assert_eq!(stage.story(id).await.last(), Some(&EventKind::DeliveryHeld));
        assert_eq!(stage.payment(other).await.state, DeliveryState::Held);
        assert!(stage.system.made().is_empty());
        // Mended over there: looked at anew, and sent.
        stage.system.remove("manual");
        stage.resync(id).await;
        stage.turn().await;
        assert_eq!(stage.payment(id).await.state, DeliveryState::Synced);
    }
}

#[tokio::test]
async fn a_document_of_another_sum_day_or_author_decides_nothing() {
    let stage = Stage::new(Class::KeyEnforced).await;
    stage.system.put(paper("note", MatchRule::AmountDate, AMOUNT));
    stage.system.put(FoundDocument {
        is_deleted: true,
        ..paper("deleted", MatchRule::ClientAmountDate, AMOUNT)
    });
    let id = stage.paid().await;
    stage.turn().await;
    assert_eq!(stage.payment(id).await.document_key.as_deref(), Some("guid-1"));
}

#[tokio::test]
async fn our_own_that_is_deleted_or_differs_is_never_made_again() {
    let deleted = |document: &mut FoundDocument| document.is_deleted = true;
    let differs = |document: &mut FoundDocument| {
        document.amount = None;
        document.is_same_client = Some(false);
    };
    let cases: [(Alteration, HoldReason); 2] = [
        (deleted, HoldReason::DocumentDeleted),
        (differs, HoldReason::DocumentDiffers),
    ];
    for (alter, reason) in cases {
        let stage = Stage::new(Class::LookUpOnly).await;
        let id = stage.paid().await;
        stage.system.plays([Play::DoAndSay(silence())]);
        stage.turn().await;
        stage.system.alter(alter);
        stage.settle().await;
        let payment = stage.payment(id).await;
        assert_eq!(payment.hold.unwrap().reason, reason);
        assert_eq!(stage.system.made().len(), 1);
    }
}

#[tokio::test]
async fn our_own_draft_is_only_posted() {
    let stage = Stage::new(Class::LookUpOnly).await;
    let id = stage.paid().await;
    stage.system.plays([Play::DoAndSay(silence())]);
    stage.turn().await;
    stage.system.alter(|document| document.is_posted = false);
    stage.system.asked();
    stage.settle().await;
    assert_eq!(stage.system.asked(), [Asked::LookUp, Asked::Finish]);
    Stage::check(&stage.payment(id).await, DeliveryState::Synced, None);
    assert_eq!(stage.system.made().len(), 1);
}

#[tokio::test]
async fn a_search_that_is_not_answered_sends_nothing_and_makes_no_try() {
    let stage = Stage::new(Class::LookUpOnly).await;
    let id = stage.paid().await;
    stage.system.searches_fail([silence()]);
    stage.turn().await;
    let payment = stage.payment(id).await;
    Stage::check(&payment, DeliveryState::Retrying, Some("no answer in time"));
    assert_eq!((payment.tries, payment.doubts, payment.body), (0, 0, None));
    assert_eq!(stage.connection().await.failures, 1);
    assert_eq!(stage.story(id).await.last(), Some(&EventKind::DeliveryChecked));
    stage.settle().await;
    assert_eq!(stage.payment(id).await.state, DeliveryState::Synced);
}

#[tokio::test]
async fn a_search_that_the_systems_handler_refuses_is_not_asked_in_a_loop() {
    let stage = Stage::new(Class::KeyEnforced).await;
    let id = stage.paid().await;
    let locked = said(
        Verdict::LikelyRefused {
            reason: "the base is locked".to_owned(),
        },
        None,
    );
    stage.system.searches_fail(vec![locked; 4]);
    stage.turn().await;
    assert_eq!(stage.system.asked(), [Asked::LookUp]);
    stage.settle().await;
    let held = stage.payment(id).await;
    Stage::check(&held, DeliveryState::Held, Some("the base is locked"));
    assert_eq!(held.hold.unwrap().reason, HoldReason::RefusedRepeatedly);
}

#[tokio::test]
async fn a_document_that_the_system_names_twice_is_never_linked_twice() {
    let stage = Stage::new(Class::KeyEnforced).await;
    let (first, second) = (stage.paid().await, stage.paid().await);
    let applied = said(
        Verdict::Applied {
            document_ref: Some("0000-1".to_owned()),
        },
        Some("the same".to_owned()),
    );
    stage
        .system
        .plays([Play::Say(applied.clone()), Play::Say(applied)]);
    stage.turn().await;
    assert_eq!(stage.payment(first).await.state, DeliveryState::Synced);
    let held = stage.payment(second).await;
    assert_eq!(held.state, DeliveryState::Held);
    assert_eq!(held.document_key, None);
    assert_eq!(held.hold.unwrap().reason, HoldReason::PossibleDuplicate);
    assert!(stage.turn().await.is_empty());
}

#[tokio::test]
async fn the_client_is_found_first_and_stands_in_the_bytes() {
    let stage = Stage::over(System::new(Class::LookUpOnly).matching_clients()).await;
    let id = stage.paid().await;
    stage.system.plays([Play::Say(unreachable())]);
    stage.turn().await;
    assert_eq!(
        stage.system.asked(),
        [Asked::FindClient, Asked::LookUp, Asked::Send]
    );
    assert_eq!(stage.payment(id).await.client_key.as_deref(), Some("client-1"));
    // It is composed: nobody is looked for again.
    stage.settle().await;
    assert!(!stage.system.asked().contains(&Asked::FindClient));
    let bodies = stage.system.bodies();
    assert_eq!(bodies[0], bodies[1]);
    assert!(String::from_utf8(bodies[0].clone()).unwrap().contains("client-1"));
}

#[tokio::test]
async fn an_unknown_client_holds_the_payment_and_nothing_is_sent() {
    let cases = [
        (
            ClientMatch::Nobody,
            HoldReason::ClientNotFound,
            DiagnosisCode::ClientNotFound,
        ),
        (
            ClientMatch::Several(vec![client("mother"), client("child")]),
            HoldReason::SeveralClients,
            DiagnosisCode::SeveralClients,
        ),
    ];
    for (known, reason, code) in cases {
        let stage = Stage::over(System::new(Class::LookUpOnly).matching_clients()).await;
        let id = stage.paid().await;
        stage.system.knows_clients([known]);
        stage.turn().await;
        assert_eq!(stage.system.asked(), [Asked::FindClient]);
        assert_eq!(stage.payment(id).await.hold.unwrap().reason, reason);
        assert_eq!(stage.see(id).await.diagnosis.code, code);
        let client_key = "child".to_owned();
        stage
            .decide(id, Decision::ChooseClient { client_key })
            .await
            .unwrap();
        stage.turn().await;
        assert_eq!(stage.system.asked(), [Asked::LookUp, Asked::Send]);
        let body = stage.system.bodies().swap_remove(0);
        assert!(String::from_utf8(body).unwrap().contains("child"));
        assert_eq!(stage.payment(id).await.state, DeliveryState::Synced);
    }
}

#[tokio::test]
async fn a_found_sum_is_compared_to_the_kopeck() {
    let stage = Stage::new(Class::KeyEnforced).await;
    let mut other = paper("manual", MatchRule::BankNumbers, AMOUNT);
    other.amount = None;
    // Without its sum it cannot be known to be the same: a person looks.
    stage.system.put(other);
    let id = stage.paid().await;
    stage.turn().await;
    assert_eq!(stage.payment(id).await.state, DeliveryState::Held);
    let amount = stage.payment(id).await.amount;
    assert_eq!(amount, Money::new(AMOUNT, amount.currency));
}
