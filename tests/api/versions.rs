//! Two people at one attempt: whoever is late is shown how things are now.

use serde_json::{Value, json};
use sverka_tests::whole::{TestApp, attempt};

sverka_tests::on_both_engines! {
    whoever_saw_an_older_version_is_shown_the_newest,
    of_two_decisions_at_once_one_is_taken,
    an_answer_that_brings_no_news_makes_no_form_stale,
    a_conflict_offers_only_what_the_caller_may_do,
}

async fn whoever_saw_an_older_version_is_shown_the_newest(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    let stale = json!({ "expected_version": 1 });
    let decision =
        json!({ "bank_status": "declined", "reason": "Seen in the cabinet", "expected_version": 1 });
    let mark = json!({ "reason": "Entered by me", "expected_version": 1 });
    let report = json!({ "bank_status": "pending", "expected_version": 1 });
    let now = app.operator().see(&paid).await;
    let answers = [
        app.operator().post(&paid.path("/resync"), &stale).await,
        app.operator()
            .post(&paid.path("/status-override"), &decision)
            .await,
        app.operator().post(&paid.path("/posted-by-hand"), &mark).await,
        app.admin().patch(&paid.path(""), &report).await,
    ];
    for answer in answers {
        let problem = answer.problem(409, "version_conflict");
        assert_eq!(problem["attempt"], now.0);
    }
    app.deliver().await;
}

async fn of_two_decisions_at_once_one_is_taken(app: &TestApp) {
    let open = app.given(attempt()).await;
    let decide = |status: &str| json!({ "bank_status": status, "reason": "Seen in the cabinet", "expected_version": 1 });
    let path = open.path("/status-override");
    let (paid, declined) = (decide("paid"), decide("declined"));
    let (operator, supervisor) = (app.operator(), app.supervisor());
    let (one, other) = tokio::join!(operator.post(&path, &paid), supervisor.post(&path, &declined));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{} {}", one.text(), other.text());
    let late = if one.status == 409 { one } else { other };
    late.problem(409, "version_conflict");
    app.deliver().await;
    let seen = app.operator().see(&open).await;
    assert_eq!(
        seen.version(),
        if seen.text("bank_status") == "paid" { 3 } else { 2 }
    );
}

async fn an_answer_that_brings_no_news_makes_no_form_stale(app: &TestApp) {
    let open = app.given(attempt()).await;
    app.advance(21);
    app.poll().await;
    let version = app.operator().see(&open).await.version();
    for _ in 0..3 {
        app.advance(21);
        assert_eq!(app.poll().await, 1);
    }
    assert_eq!(app.operator().see(&open).await.version(), version);
}

async fn a_conflict_offers_only_what_the_caller_may_do(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    // The app may not mend, so the attempt that it is shown must not offer that.
    let report = json!({ "bank_status": "pending", "expected_version": 1 });
    let conflict = app.integrator().patch(&paid.path(""), &report).await;
    let problem: Value = conflict.problem(409, "version_conflict");
    assert_eq!(problem["attempt"], app.integrator().see(&paid).await.0);
    app.deliver().await;
}
