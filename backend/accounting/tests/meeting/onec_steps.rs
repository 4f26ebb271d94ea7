//! Whatever happens on the way, there is one document.

use serde_json::json;
use sverka_app::ports::accounting::Class;
use sverka_domain::delivery::{HoldReason, Verdict};
use sverka_simulator::api::{OnecCall, OnecFaults, OnecMode, OnecRights};

use crate::onec::{SUM, Stand, known};

#[tokio::test]
async fn an_answer_to_the_making_that_is_lost_leaves_one_document_after_a_repeat() {
    for mode in [
        OnecMode::DropAfter,
        OnecMode::CutAfter,
        OnecMode::HangAfter,
        OnecMode::HtmlAfter,
        OnecMode::Error500After,
        OnecMode::BadGateway502After,
    ] {
        let stand = Stand::new().await;
        stand.next(mode, OnecCall::Create).await;
        let sent = stand.send(&known(1), false).await;
        assert!(
            matches!(sent.verdict, Verdict::Unknown { .. }),
            "{mode:?}: {sent:?}"
        );
        let sent = stand.send(&known(1), true).await;
        assert!(
            matches!(sent.verdict, Verdict::Applied { .. }),
            "{mode:?}: {sent:?}"
        );
        stand.has_one(SUM).await;
        stand.stop().await;
    }
}

#[tokio::test]
async fn an_answer_to_the_posting_that_is_lost_leaves_a_key_to_go_on_from() {
    for mode in [
        OnecMode::DropAfter,
        OnecMode::HangAfter,
        OnecMode::HtmlAfter,
        OnecMode::Error500After,
        OnecMode::Down,
        OnecMode::Hang,
        OnecMode::HtmlLogin,
        OnecMode::Busy503,
    ] {
        let stand = Stand::new().await;
        stand.next(mode, OnecCall::Post).await;
        let sent = stand.send(&known(1), false).await;
        assert!(
            matches!(sent.verdict, Verdict::Unknown { .. }),
            "{mode:?}: {sent:?}"
        );
        let key = sent.document_key.expect("the document is there");
        let sent = stand.port.finish(&stand.outgoing(&known(1), true), &key).await;
        let is_there = matches!(
            sent.verdict,
            Verdict::Applied { .. } | Verdict::AlreadyThere { .. }
        );
        assert!(is_there, "{mode:?}: {sent:?}");
        stand.has_one(SUM).await;
        stand.stop().await;
    }
}

#[tokio::test]
async fn the_base_itself_refuses_a_second_document_under_the_same_key() {
    for status in [400, 409, 500] {
        let stand = Stand::new().await;
        stand.base_is(|base| base.exists_status = Some(status)).await;
        stand.send(&known(1), false).await;
        // A worker that does not know of the first try: no reading before it.
        let sent = stand.send(&known(1), false).await;
        assert!(
            matches!(sent.verdict, Verdict::AlreadyThere { .. }),
            "{status}: {sent:?}"
        );
        stand.has_one(SUM).await;
        stand.stop().await;
    }
}

#[tokio::test]
async fn a_person_s_changes_are_met_with_a_question() {
    for (verb, change, hold) in [
        (
            "change",
            json!({"СуммаДокумента": 1}),
            HoldReason::DocumentDiffers,
        ),
        ("mark", json!({}), HoldReason::DocumentDeleted),
    ] {
        let stand = Stand::new().await;
        let key = stand.send(&known(1), false).await.document_key.unwrap();
        let act = stand
            .control
            .act_on_onec_document("main", (&key, verb), change.as_object().unwrap());
        act.await.unwrap();
        for sent in [
            stand.send(&known(1), false).await,
            stand.send(&known(1), true).await,
            stand.port.finish(&stand.outgoing(&known(1), true), &key).await,
        ] {
            assert!(
                matches!(sent.verdict, Verdict::Held { hold: told, .. } if told == hold),
                "{sent:?}"
            );
        }
        assert_eq!(stand.documents().await.len(), 1);
        stand.stop().await;
    }
}

#[tokio::test]
async fn a_refusal_is_in_the_base_s_words_and_a_closed_door_stops_the_connection() {
    let stand = Stand::new().await;
    stand
        .base_is(|base| base.refuse_posting = Some("Не указан договор".to_owned()))
        .await;
    let sent = stand.send(&known(1), false).await;
    let Verdict::Unposted { reason, .. } = &sent.verdict else {
        panic!("{sent:?}")
    };
    assert!(reason.contains("Не указан договор"), "{reason}");
    let key = sent.document_key.unwrap();
    stand.base_is(|base| base.refuse_posting = None).await;
    let sent = stand.port.finish(&stand.outgoing(&known(1), false), &key).await;
    assert!(matches!(sent.verdict, Verdict::Applied { .. }), "{sent:?}");
    stand.has_one(SUM).await;

    stand
        .base_is(|base| base.closed_until = Some("2999-12-31".to_owned()))
        .await;
    let sent = stand.send(&known(2), false).await;
    assert!(matches!(sent.verdict, Verdict::LikelyRefused { .. }), "{sent:?}");
    stand.base_is(|base| base.closed_until = None).await;
    for mode in [OnecMode::Locked, OnecMode::NoLicence, OnecMode::Refuse] {
        stand.next(mode, OnecCall::Create).await;
        let sent = stand.send(&known(2), false).await;
        assert!(
            matches!(sent.verdict, Verdict::LikelyRefused { .. }),
            "{mode:?}: {sent:?}"
        );
    }
    stand.next(OnecMode::Locked, OnecCall::Post).await;
    let sent = stand.send(&known(3), false).await;
    assert!(matches!(sent.verdict, Verdict::LikelyRefused { .. }), "{sent:?}");

    stand
        .control
        .set_onec_faults("main", &OnecFaults::mode(OnecMode::Unauthorized))
        .await
        .unwrap();
    let sent = stand.send(&known(4), false).await;
    assert!(
        matches!(sent.verdict, Verdict::ConnectionRefused { .. }),
        "{sent:?}"
    );
    stand
        .control
        .set_onec_faults("main", &OnecFaults::default())
        .await
        .unwrap();
    for rights in [OnecRights::Read, OnecRights::None] {
        stand.base_is(|base| base.rights = rights).await;
        let sent = stand.send(&known(4), false).await;
        assert!(
            matches!(sent.verdict, Verdict::ConnectionRefused { .. }),
            "{sent:?}"
        );
    }
    stand
        .base_is(|base| {
            base.rights = OnecRights::Full;
            base.hidden = vec!["Document_ПоступлениеБезналичныхДенежныхСредств".to_owned()];
        })
        .await;
    let sent = stand.send(&known(4), false).await;
    assert!(matches!(sent.verdict, Verdict::Refused { .. }), "{sent:?}");
    stand.stop().await;
}

#[tokio::test]
async fn a_base_with_keys_of_its_own_is_noticed_and_then_searched() {
    let stand = Stand::new().await;
    stand.base_is(|base| base.ignore_ref_key = true).await;
    let sent = stand.send(&known(1), false).await;
    assert!(matches!(sent.verdict, Verdict::Unposted { .. }), "{sent:?}");
    let documents = stand.documents().await;
    assert!(documents.len() == 1 && !documents[0].posted, "{documents:?}");
    stand.stop().await;

    let stand = Stand::with(|table| table["class"] = json!("look_up_only")).await;
    stand.base_is(|base| base.ignore_ref_key = true).await;
    assert_eq!(stand.port.profile().class, Class::LookUpOnly);
    stand.next(OnecMode::DropAfter, OnecCall::Create).await;
    let sent = stand.send(&known(1), false).await;
    assert!(matches!(sent.verdict, Verdict::Unknown { .. }), "{sent:?}");
    let found = stand.port.look_up(&known(1), crate::order::now()).await.unwrap();
    assert!(
        found.len() == 1 && found[0].is_ours && !found[0].is_posted,
        "{found:?}"
    );
    let sent = stand.send(&known(1), true).await;
    assert!(matches!(sent.verdict, Verdict::Applied { .. }), "{sent:?}");
    stand.has_one(SUM).await;
    stand.stop().await;
}
