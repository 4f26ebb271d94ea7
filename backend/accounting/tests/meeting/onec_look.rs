//! What a person entered is found; what cannot be searched is told.

use jiff::SignedDuration;
use serde_json::json;
use sverka_app::ports::accounting::ClientMatch;
use sverka_domain::delivery::{MatchRule, Verdict};
use sverka_simulator::api::{OnecByHand, OnecClient, OnecFaults, OnecMode};

use crate::onec::{CLIENT, PHONE, SUM, Stand, known};
use crate::order::{now, payment};

fn by_hand() -> OnecByHand {
    OnecByHand {
        client_key: Some(CLIENT.to_owned()),
        amount: SUM,
        ..OnecByHand::default()
    }
}

#[tokio::test]
async fn a_document_that_a_person_entered_is_found_by_number_and_by_client_sum_and_day() {
    let stand = Stand::new().await;
    let numbered = OnecByHand {
        amount: SUM,
        attributes: json!({"НомерВходящегоДокумента": "md-1'+ %"})
            .as_object()
            .unwrap()
            .clone(),
        client_name: Some("Кто-то".to_owned()),
        ..OnecByHand::default()
    };
    let numbered = stand.control.add_onec_document("main", &numbered).await.unwrap();
    let alike = stand.control.add_onec_document("main", &by_hand()).await.unwrap();
    let other = OnecByHand {
        amount: SUM + 1,
        ..by_hand()
    };
    stand.control.add_onec_document("main", &other).await.unwrap();
    let found = stand.port.look_up(&known(1), now()).await.unwrap();
    let told: Vec<(&str, MatchRule, Option<bool>)> = found
        .iter()
        .map(|one| (one.key.as_str(), one.rule, one.is_same_client))
        .collect();
    assert_eq!(
        told,
        [
            (numbered.ref_key.as_str(), MatchRule::BankNumbers, Some(false)),
            (alike.ref_key.as_str(), MatchRule::ClientAmountDate, Some(true)),
        ]
    );
    assert!(
        found
            .iter()
            .all(|one| !one.is_ours && one.is_posted && one.number.is_some())
    );
    stand.stop().await;
}

#[tokio::test]
async fn days_are_those_of_the_base() {
    let stand = Stand::new().await;
    let zone = jiff::tz::TimeZone::get("Europe/Moscow").unwrap();
    let day = |ago: i64| {
        zone.to_datetime(now() - SignedDuration::from_hours(24 * ago))
            .date()
    };
    for (date, is_found) in [
        (format!("{}T00:00:00", day(1)), true),
        (format!("{}T23:59:59", day(0)), true),
        (format!("{}T23:59:59", day(3)), false),
    ] {
        let dated = OnecByHand {
            date: Some(date.clone()),
            ..by_hand()
        };
        let one = stand.control.add_onec_document("main", &dated).await.unwrap();
        let found = stand.port.look_up(&known(1), now()).await.unwrap();
        assert_eq!(
            found.iter().any(|other| other.key == one.ref_key),
            is_found,
            "{date}"
        );
    }
    stand.stop().await;
}

#[tokio::test]
async fn clients_are_found_in_any_spelling_in_the_table_part_and_made() {
    let stand = Stand::new().await;
    let shared = payment(1, SUM, "+79161234503");
    let found = stand.port.find_client(&shared, now()).await.unwrap();
    assert!(matches!(found, ClientMatch::Several(both) if both.len() == 2));
    let spelt = OnecClient {
        name: "Петров".to_owned(),
        phone: Some("8 (916) 765-43-21".to_owned()),
        ..OnecClient::default()
    };
    stand.control.add_onec_client("main", &spelt).await.unwrap();
    let found = stand
        .port
        .find_client(&payment(1, SUM, "+79167654321"), now())
        .await
        .unwrap();
    assert!(matches!(found, ClientMatch::One(one) if one.name == "Петров"));
    let found = stand
        .port
        .find_client(&payment(1, SUM, "+79990000000"), now())
        .await
        .unwrap();
    assert_eq!(found, ClientMatch::Nobody);
    stand.stop().await;

    let part = Stand::with(|table| {
        table["clients"] = json!({
            "entity": "Catalog_Контрагенты", "phone": "НомерТелефона", "email": "АдресЭП",
            "contacts_entity": "Catalog_Контрагенты_КонтактнаяИнформация",
        });
    })
    .await;
    let found = part
        .port
        .find_client(&payment(1, SUM, PHONE), now())
        .await
        .unwrap();
    assert!(
        matches!(&found, ClientMatch::One(one) if one.key == CLIENT),
        "{found:?}"
    );
    part.stop().await;

    let making = Stand::with(|table| table["create_clients"] = json!(true)).await;
    let stranger = payment(1, SUM, "+79990000000");
    let mut keys = Vec::new();
    for _ in 0..2 {
        let ClientMatch::One(made) = making.port.find_client(&stranger, now()).await.unwrap() else {
            panic!("made")
        };
        keys.push(made.key);
    }
    assert_eq!(keys[0], keys[1], "one client");
    let clients = making.control.onec_clients("main").await.unwrap();
    assert_eq!(
        clients
            .iter()
            .filter(|client| client.name == "Кузнецов Илья")
            .count(),
        1
    );
    making.stop().await;
}

#[tokio::test]
async fn a_base_that_does_not_answer_is_told_from_an_empty_one() {
    let stand = Stand::new().await;
    for mode in [
        OnecMode::Down,
        OnecMode::Hang,
        OnecMode::HtmlLogin,
        OnecMode::NoLicence,
        OnecMode::BadGateway502,
        OnecMode::CutAfter,
    ] {
        let faults = OnecFaults {
            hang_ms: Some(3_000),
            ..OnecFaults::mode(mode)
        };
        stand.control.set_onec_faults("main", &faults).await.unwrap();
        let sent = stand.port.look_up(&known(1), now()).await.unwrap_err();
        assert!(
            matches!(sent.verdict, Verdict::NotApplied { .. }),
            "{mode:?}: {sent:?}"
        );
        let sent = stand.port.probe(now()).await.unwrap();
        assert!(
            matches!(sent.verdict, Verdict::NotApplied { .. }),
            "{mode:?}: {sent:?}"
        );
    }
    stand
        .control
        .set_onec_faults("main", &OnecFaults::default())
        .await
        .unwrap();
    let sent = stand.port.probe(now()).await.unwrap();
    assert!(matches!(sent.verdict, Verdict::Applied { .. }), "{sent:?}");
    stand.stop().await;
}
