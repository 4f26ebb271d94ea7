//! Payment pages: whatever becomes of the bank's answer, an order at the bank never gets two.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use sverka_app::ports::bank::AccountKey;
use sverka_app::ports::store::{Checkout, CheckoutState};
use sverka_domain::ids::AttemptId;
use sverka_domain::role::Role;
use sverka_simulator::api::{BankFaults, BankSettings, ServiceMode};
use sverka_tests::whole::{Answer, AttemptBuilder, Given, TestApp, attempt};

sverka_tests::on_both_engines! {
    an_attempt_is_recorded_with_its_page_and_the_client_pays_there,
    the_same_request_again_gets_the_same_page,
    of_the_same_request_sent_at_once_one_registers_and_all_get_the_page,
    a_bank_that_hangs_after_registering_is_asked_for_the_order,
    a_bank_that_fails_after_registering_gets_no_second_order,
    a_bank_that_fails_without_registering_is_called_again_after_a_while,
    a_refusal_is_told_in_the_banks_words_and_the_attempt_stays,
    what_was_cut_off_between_intent_and_answer_is_looked_up_first,
    whoever_registers_now_is_left_to_it,
    an_order_that_the_app_registered_itself_is_not_registered_again,
    a_page_that_needs_no_bank_is_opened_again_at_once,
    there_is_no_page_for_what_is_paid,
    a_page_is_opened_for_whoever_saw_the_newest_version,
    a_wrong_wish_for_a_page_is_refused_and_nothing_is_recorded,
}

const ATTEMPTS: &str = "/api/v1/payment-attempts";
const BACK: &str = "https://app.example.ru/paid";

fn with_page() -> AttemptBuilder {
    attempt().with("checkout", json!({ "return_url": BACK }))
}

async fn record(app: &TestApp, wish: &AttemptBuilder, key: &str) -> Answer {
    app.somebody(Role::Integrator)
        .request(Method::POST, ATTEMPTS)
        .header("idempotency-key", key)
        .json(&wish.body)
        .send()
        .await
}

async fn open(app: &TestApp, attempt: &Given) -> Answer {
    let version = app.viewer().see(attempt).await.version();
    let wish = json!({ "return_url": BACK, "expected_version": version });
    app.integrator().post(&attempt.path("/checkout"), &wish).await
}

/// The attempt in an answer, or in the problem that stands for it.
fn given(wish: &AttemptBuilder, answer: &Value) -> Given {
    let attempt = if answer["attempt"].is_object() {
        &answer["attempt"]
    } else {
        answer
    };
    Given {
        id: attempt["id"].as_str().unwrap().to_owned(),
        ..wish.unrecorded()
    }
}

async fn operations(app: &TestApp, mode: ServiceMode) {
    let faults = BankFaults {
        operation_mode: mode,
        // Then the connection is closed.
        hang_ms: 300,
        ..BankFaults::default()
    };
    app.control
        .set_bank_faults("sber", "main", &faults)
        .await
        .unwrap();
}

/// The pages of all orders of that number that the bank has.
async fn pages(app: &TestApp, attempt: &Given) -> Vec<String> {
    let orders = app.control.orders(&attempt.bank, &attempt.account).await.unwrap();
    orders
        .into_iter()
        .filter(|order| order.order_number == attempt.order_number)
        .map(|order| order.payment_url)
        .collect()
}

/// Another client's page, from which it is known how the account's pages are addressed.
async fn somebody_has_a_page(app: &TestApp) {
    record(app, &with_page(), "somebody").await.ok();
}

async fn an_attempt_is_recorded_with_its_page_and_the_client_pays_there(app: &TestApp) {
    let wish = with_page();
    let recorded = app.integrator().post(ATTEMPTS, &wish.body).await;
    assert_eq!(recorded.status, 201, "{}", recorded.text());
    let told = recorded.ok();
    let attempt = given(&wish, &told);
    assert_eq!(recorded.header("location"), attempt.path(""));
    let order = app
        .control
        .order("sber", "main", &attempt.order_number)
        .await
        .unwrap();
    assert_eq!(told["payment_url"], order.payment_url);
    assert_eq!(told["bank_order_id"], order.bank_order_id);
    assert_eq!(
        (order.amount, told["bank_status"].as_str()),
        (450_000, Some("created"))
    );
    let story = ["recorded", "checkout_started", "checkout_opened"];
    assert_eq!(app.viewer().story(&attempt).await, story);
    app.pays(&attempt).await;
    app.deliver().await;
    assert_eq!(app.viewer().see(&attempt).await.standing(), "paid, synced");
}

async fn the_same_request_again_gets_the_same_page(app: &TestApp) {
    let wish = with_page();
    let first = record(app, &wish, "k-1").await;
    let attempt = given(&wish, &first.ok());
    let report = json!({ "bank_status": "pending", "expected_version": first.ok()["version"] });
    app.integrator().patch(&attempt.path(""), &report).await.ok();
    let again = record(app, &wish, "k-1").await;
    assert_eq!((again.status, again.text()), (201, first.text()));
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!(
        pages(app, &attempt).await,
        [first.ok()["payment_url"].as_str().unwrap()]
    );
    assert_eq!(
        open(app, &attempt).await.ok()["payment_url"],
        first.ok()["payment_url"]
    );
    let other = wish.with(
        "checkout",
        json!({ "return_url": "https://app.example.ru/other" }),
    );
    record(app, &other, "k-1")
        .await
        .problem(422, "idempotency_key_reused");
}

async fn of_the_same_request_sent_at_once_one_registers_and_all_get_the_page(app: &TestApp) {
    app.credentials(Role::Integrator).await;
    let wish = with_page();
    let send = || record(app, &wish, "k-1");
    let (one, two, three) = tokio::join!(send(), send(), send());
    for answer in [&one, &two, &three] {
        assert_eq!((answer.status, answer.text()), (201, one.text()));
    }
    let attempt = given(&wish, &one.ok());
    assert_eq!(pages(app, &attempt).await.len(), 1);
    let opened = app.viewer().story(&attempt).await;
    assert_eq!(
        opened.iter().filter(|kind| *kind == "checkout_started").count(),
        1,
        "{opened:?}"
    );
}

async fn a_bank_that_hangs_after_registering_is_asked_for_the_order(app: &TestApp) {
    somebody_has_a_page(app).await;
    operations(app, ServiceMode::TimeoutAfter).await;
    let wish = with_page();
    let answer = record(app, &wish, "k-1").await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let attempt = given(&wish, &answer.ok());
    assert_eq!(
        pages(app, &attempt).await,
        [answer.ok()["payment_url"].as_str().unwrap()]
    );
    let story = app.viewer().story(&attempt).await;
    let expected = [
        "recorded",
        "checkout_started",
        "checkout_failed",
        "bank_queried",
        "checkout_opened",
    ];
    assert_eq!(story, expected);
}

async fn a_bank_that_fails_after_registering_gets_no_second_order(app: &TestApp) {
    operations(app, ServiceMode::Error500After).await;
    let wish = with_page();
    let answer = record(app, &wish, "k-1").await;
    // How this account's pages are addressed is not known yet.
    let problem = answer.problem(503, "checkout_unavailable");
    assert_ne!(answer.header("retry-after"), "");
    let attempt = given(&wish, &problem);
    assert_eq!(problem["attempt"]["payment_url"], Value::Null);
    operations(app, ServiceMode::Ok).await;
    record(app, &wish, "k-1")
        .await
        .problem(503, "checkout_unavailable");
    assert_eq!(pages(app, &attempt).await.len(), 1);
    somebody_has_a_page(app).await;
    let opened = record(app, &wish, "k-1").await.ok();
    assert_eq!(
        pages(app, &attempt).await,
        [opened["payment_url"].as_str().unwrap()]
    );
    let calls = app.viewer().story(&attempt).await;
    assert_eq!(calls.iter().filter(|kind| *kind == "checkout_started").count(), 1);
}

async fn a_bank_that_fails_without_registering_is_called_again_after_a_while(app: &TestApp) {
    operations(app, ServiceMode::Error500).await;
    let wish = with_page();
    let problem = record(app, &wish, "k-1")
        .await
        .problem(503, "checkout_unavailable");
    let attempt = given(&wish, &problem);
    operations(app, ServiceMode::Ok).await;
    // The first call may still be at work at the bank.
    let soon = record(app, &wish, "k-1").await;
    soon.problem(503, "checkout_unavailable");
    let wait: i64 = soon.header("retry-after").parse().unwrap();
    assert!((20..=31).contains(&wait), "{wait}");
    assert!(pages(app, &attempt).await.is_empty());
    app.advance(wait);
    let opened = record(app, &wish, "k-1").await;
    assert_eq!(opened.status, 201, "{}", opened.text());
    assert_eq!(
        pages(app, &attempt).await,
        [opened.ok()["payment_url"].as_str().unwrap()]
    );
    assert_eq!(record(app, &wish, "k-1").await.text(), opened.text());
}

async fn a_refusal_is_told_in_the_banks_words_and_the_attempt_stays(app: &TestApp) {
    let password = |password: &str| BankSettings {
        password: Some(password.to_owned()),
        ..BankSettings::default()
    };
    app.control
        .set_bank("sber", "main", &password("another"))
        .await
        .unwrap();
    let wish = with_page();
    let refused = record(app, &wish, "k-1").await.problem(422, "checkout_refused");
    let words = refused["detail"].as_str().unwrap();
    assert!(words.contains("Доступ запрещён"), "{words}");
    let attempt = given(&wish, &refused);
    assert_eq!(app.viewer().see(&attempt).await.text("bank_status"), "created");
    app.control
        .set_bank("sber", "main", &password("demo-password"))
        .await
        .unwrap();
    let opened = open(app, &attempt).await.ok();
    assert_eq!(
        pages(app, &attempt).await,
        [opened["payment_url"].as_str().unwrap()]
    );
    assert_eq!(
        record(app, &wish, "k-1").await.ok()["payment_url"],
        opened["payment_url"]
    );
}

/// An intent as a process leaves it that is killed while the bank works.
async fn intent(app: &TestApp, attempt: &Given, lease: SignedDuration) {
    let now = app.sverka.now();
    let checkout = Checkout {
        attempt_id: AttemptId(attempt.id.parse().unwrap()),
        account: AccountKey {
            bank: attempt.bank.clone(),
            account: attempt.account.clone(),
        },
        state: CheckoutState::Calling,
        key: attempt.id.clone(),
        return_url: BACK.to_owned(),
        valid_until: None,
        begun_at: now,
        calls: 1,
        called_at: Some(now),
        lease_until: Some(now + lease),
        error: None,
    };
    app.sverka
        .store()
        .write(move |tx| tx.checkouts().save(&checkout))
        .await
        .unwrap();
}

async fn what_was_cut_off_between_intent_and_answer_is_looked_up_first(app: &TestApp) {
    somebody_has_a_page(app).await;
    let registered = app.given(attempt()).await;
    let not_registered = app.given(attempt().unknown_to_bank()).await;
    for attempt in [&registered, &not_registered] {
        intent(app, attempt, SignedDuration::from_secs(90)).await;
    }
    app.advance(91);
    for attempt in [&registered, &not_registered] {
        let opened = open(app, attempt).await.ok();
        assert_eq!(
            pages(app, attempt).await,
            [opened["payment_url"].as_str().unwrap()]
        );
    }
    let calls = async |attempt: &Given| {
        let story = app.viewer().story(attempt).await;
        assert!(story.contains(&"bank_queried".to_owned()), "{story:?}");
        story.iter().filter(|kind| *kind == "checkout_started").count()
    };
    assert_eq!((calls(&registered).await, calls(&not_registered).await), (0, 1));
}

async fn whoever_registers_now_is_left_to_it(app: &TestApp) {
    let attempt = app.given(attempt().unknown_to_bank()).await;
    intent(app, &attempt, SignedDuration::from_secs(90)).await;
    let busy = open(app, &attempt).await;
    busy.problem(503, "checkout_unavailable");
    assert_eq!(busy.header("retry-after"), "5");
    assert!(pages(app, &attempt).await.is_empty());
}

async fn an_order_that_the_app_registered_itself_is_not_registered_again(app: &TestApp) {
    somebody_has_a_page(app).await;
    let own = app.given(attempt()).await;
    let opened = open(app, &own).await.ok();
    assert_eq!(pages(app, &own).await, [opened["payment_url"].as_str().unwrap()]);
    assert_eq!(opened["bank_order_id"], own.bank_order_id);
    let story = app.viewer().story(&own).await;
    assert!(!story.contains(&"checkout_started".to_owned()), "{story:?}");
}

async fn a_page_that_needs_no_bank_is_opened_again_at_once(app: &TestApp) {
    let wish = with_page().at("payonline", "club");
    let first = record(app, &wish, "k-1").await.ok();
    let attempt = given(&wish, &first);
    let url = first["payment_url"].as_str().unwrap();
    assert!(
        url.contains(&attempt.order_number) && url.contains("SecurityKey"),
        "{url}"
    );
    assert_eq!(open(app, &attempt).await.ok()["payment_url"], url);
}

async fn there_is_no_page_for_what_is_paid(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    app.deliver().await;
    let problem = open(app, &paid).await.problem(409, "checkout_closed");
    assert_eq!(problem["attempt"]["bank_status"], "paid");
}

async fn a_page_is_opened_for_whoever_saw_the_newest_version(app: &TestApp) {
    let attempt = app.given(attempt().unknown_to_bank()).await;
    let wish = json!({ "return_url": BACK, "expected_version": 7 });
    let path = attempt.path("/checkout");
    let problem = app
        .integrator()
        .post(&path, &wish)
        .await
        .problem(409, "version_conflict");
    assert_eq!(problem["attempt"]["id"], attempt.id);
    assert!(pages(app, &attempt).await.is_empty());
    let nowhere = format!("{ATTEMPTS}/{}/checkout", uuid::Uuid::nil());
    app.integrator()
        .post(&nowhere, &wish)
        .await
        .problem(404, "not_found");
}

async fn a_wrong_wish_for_a_page_is_refused_and_nothing_is_recorded(app: &TestApp) {
    let wrong = [
        (json!({ "return_url": "app://paid" }), "checkout.return_url"),
        (
            json!({ "return_url": format!("{BACK}?{}", "x".repeat(1000)) }),
            "checkout.return_url",
        ),
        (
            json!({ "return_url": BACK, "valid_until": "2020-01-01T00:00:00Z" }),
            "checkout.valid_until",
        ),
    ];
    for (wish, field) in wrong {
        let body = attempt().with("checkout", wish).body;
        let refused = app.integrator().post(ATTEMPTS, &body).await;
        refused.problem(422, "validation_failed");
        assert_eq!(refused.faults(), [field]);
    }
    let body = with_page().with("bank_order_id", "b8d7-1").body;
    let refused = app.integrator().post(ATTEMPTS, &body).await;
    refused.problem(422, "validation_failed");
    assert_eq!(refused.faults(), ["checkout"]);
    assert!(app.viewer().search("").await.is_empty());
}
