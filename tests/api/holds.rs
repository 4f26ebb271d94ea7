//! What a person has to decide: listed, shown with its attempt, and decided.

use jiff::Timestamp;
use serde_json::{Value, json};
use sverka_domain::delivery::{
    self, Delivery, DeliveryEvent, FoundClient, FoundDocument, Hold, HoldReason, MatchRule, Step,
};
use sverka_domain::ids::AttemptId;
use sverka_tests::whole::{Given, TestApp, attempt};

sverka_tests::on_both_engines! {
    what_waits_for_a_decision_is_listed_and_shown_with_its_attempt,
    a_person_decides_and_it_stands_in_the_timeline,
    a_decision_that_does_not_fit_is_refused,
}

async fn paid(app: &TestApp) -> Given {
    let given = app.given(attempt()).await;
    app.pays(&given).await;
    given
}

fn document(now: Timestamp) -> FoundDocument {
    FoundDocument {
        key: "guid-1".to_owned(),
        number: Some("ПКО-000042".to_owned()),
        rule: MatchRule::ClientAmountDate,
        amount: None,
        date: Some(jiff::tz::TimeZone::UTC.to_datetime(now).date()),
        is_posted: true,
        is_deleted: false,
        is_ours: false,
        author: Some("Петрова".to_owned()),
        client: Some("Иванова М. П.".to_owned()),
        is_same_client: Some(true),
        comment: None,
        url: None,
    }
}

/// The payment's delivery is held, as the engine would hold it.
async fn hold(app: &TestApp, given: &Given, reason: HoldReason) {
    let id: AttemptId = given.id.parse().unwrap();
    let now = app.sverka.now();
    let hold = Hold {
        reason,
        since: now,
        documents: vec![document(now)],
        clients: vec![FoundClient {
            key: "client-1".to_owned(),
            name: "Иванова".to_owned(),
            phone: None,
            email: None,
        }],
    };
    app.sverka
        .store()
        .write(move |tx| {
            let waiting: Delivery = tx.deliveries().of_attempt(id)?.remove(0);
            let held = DeliveryEvent::Held { hold, at: now };
            let Ok(Step::Moved(held)) = delivery::apply(&waiting, held) else {
                panic!("it cannot be held");
            };
            tx.deliveries().save(&held)
        })
        .await
        .unwrap();
}

async fn what_waits_for_a_decision_is_listed_and_shown_with_its_attempt(app: &TestApp) {
    let (first, second) = (paid(app).await, paid(app).await);
    let none = app.viewer().see(&first).await;
    assert!(none.0["hold"].is_null() && none.0["crm_linked_by"].is_null());
    hold(app, &first, HoldReason::PossibleDuplicate).await;
    app.advance(5);
    hold(app, &second, HoldReason::SeveralClients).await;

    let seen = app.viewer().see(&first).await;
    let held = &seen.0["hold"];
    assert_eq!(held["reason"], "possible_duplicate");
    assert_eq!(held["kind"], "payment");
    assert_eq!(held["connection"], "crm");
    assert_eq!(held["decisions"], json!(["link", "send", "postpone"]));
    assert_eq!(held["documents"][0]["number"], "ПКО-000042");

    let page = app.viewer().get("/api/v1/holds").await.ok();
    let rows = page["items"].as_array().unwrap();
    let reasons: Vec<_> = rows.iter().map(|row| &row["hold"]["reason"]).collect();
    assert_eq!(
        reasons,
        ["possible_duplicate", "several_clients"],
        "the longest first"
    );
    assert_eq!(rows[0]["attempt"]["id"], first.id);
    assert_eq!(&rows[0]["hold"], held);
    assert_eq!(page["total"]["value"], 2);
    let first_page = app.viewer().get("/api/v1/holds?limit=1").await.ok();
    let cursor = first_page["next_cursor"].as_str().unwrap();
    let rest = app
        .viewer()
        .get(&format!("/api/v1/holds?limit=1&cursor={cursor}"))
        .await
        .ok();
    assert_eq!(rest["items"][0]["attempt"]["id"], second.id);
    for (query, found) in [
        ("reason=several_clients", 1),
        ("reason=unclear", 0),
        ("connection=crm", 2),
        ("connection=other", 0),
        ("reason=possible_duplicate&connection=crm", 1),
    ] {
        let page = app.viewer().get(&format!("/api/v1/holds?{query}")).await.ok();
        assert_eq!(page["items"].as_array().unwrap().len(), found, "{query}");
        assert_eq!(page["total"]["value"], found, "{query}");
    }
    let crm = app.viewer().get("/api/v1/connections/crm").await.ok();
    assert_eq!(
        (&crm["backlog"]["held"], &crm["backlog"]["waiting"]),
        (&2.into(), &0.into())
    );
    let listed = app
        .viewer()
        .get("/api/v1/connections/crm/deliveries?state=held")
        .await
        .ok();
    assert_eq!(listed["total"]["value"], 2);
}

/// The body of a decision about the first delivery of an attempt.
async fn decision(app: &TestApp, given: &Given, more: Value) -> Value {
    let seen = app.viewer().see(given).await;
    let mut body = json!({
        "expected_version": seen.version(),
        "delivery_id": seen.0["hold"]["delivery_id"],
        "reason": "Looked it up over there",
    });
    let fields = body.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    body
}

async fn a_person_decides_and_it_stands_in_the_timeline(app: &TestApp) {
    let linked = paid(app).await;
    hold(app, &linked, HoldReason::PossibleDuplicate).await;
    let body = decision(
        app,
        &linked,
        json!({"decision": "link", "document_key": "guid-1"}),
    )
    .await;
    let seen = app.operator().post(&linked.path("/decision"), &body).await.ok();
    assert_eq!(seen["crm_status"], "synced");
    assert_eq!(seen["crm_document_ref"], "ПКО-000042");
    assert_eq!(seen["crm_linked_by"], "client_amount_date");
    assert!(seen["hold"].is_null());
    let timeline = app.viewer().timeline(&linked).await;
    let entry = timeline.iter().find(|entry| entry["kind"] == "decision").unwrap();
    assert_eq!(entry["actor"]["name"], "The operator");
    assert_eq!(entry["reason"], "Looked it up over there");
    assert!(app.posted(&linked).await.is_empty(), "nothing was sent");

    // A document is one payment's only.
    let other = paid(app).await;
    hold(app, &other, HoldReason::PossibleDuplicate).await;
    let body = decision(app, &other, json!({"decision": "link", "document_key": "guid-1"})).await;
    let taken = app.operator().post(&other.path("/decision"), &body).await;
    taken.problem(409, "document_taken");
    let body = decision(app, &other, json!({"decision": "send"})).await;
    app.operator().post(&other.path("/decision"), &body).await.ok();
    app.deliver().await;
    assert_eq!(app.viewer().see(&other).await.standing(), "paid, synced");
    assert_eq!(app.posted(&other).await.len(), 1);
}

async fn a_decision_that_does_not_fit_is_refused(app: &TestApp) {
    let given = paid(app).await;
    let path = given.path("/decision");
    hold(app, &given, HoldReason::SeveralClients).await;
    let post = async |body: Value| app.operator().post(&path, &body).await;
    let body = decision(app, &given, json!({"decision": "send"})).await;
    post(body).await.problem(409, "unfit_decision");
    let stranger = json!({"decision": "choose_client", "client_key": "client-9"});
    let body = decision(app, &given, stranger).await;
    post(body).await.problem(409, "not_among_found");
    for (more, field) in [
        (json!({"decision": "link"}), "document_key"),
        (
            json!({"decision": "choose_client", "client_key": ""}),
            "client_key",
        ),
        (json!({"decision": "postpone"}), "until"),
        (
            json!({"decision": "postpone", "until": "2020-01-01T00:00:00Z"}),
            "until",
        ),
        (
            json!({"decision": "postpone", "until": "2199-01-01T00:00:00Z"}),
            "until",
        ),
        (json!({"decision": "send", "reason": "-"}), "reason"),
    ] {
        let body = decision(app, &given, more).await;
        let refused = post(body).await;
        refused.problem(422, "validation_failed");
        assert_eq!(refused.faults(), [field]);
    }
    let mut body = decision(app, &given, json!({"decision": "send"})).await;
    body["expected_version"] = 99.into();
    post(body).await.problem(409, "version_conflict");
    let chosen = json!({"decision": "choose_client", "client_key": "client-1"});
    let body = decision(app, &given, chosen).await;
    let mut again = body.clone();
    let seen = post(body).await.ok();
    again["expected_version"] = seen["version"].clone();
    post(again).await.problem(409, "nothing_to_decide");
    app.deliver().await;
    assert_eq!(app.viewer().see(&given).await.standing(), "paid, synced");
}
