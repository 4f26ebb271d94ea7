//! What a person sees and clicks, and the control API's refusals.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use common::Stand;
use sverka_simulator::api::{AccountingMode, CallbackOutcome, Move, OrderState};
use sverka_simulator::client::ControlError;

#[tokio::test]
async fn a_person_pays_and_returns_with_the_order_id() {
    let stand = Stand::new().await;
    let params = [
        ("orderNumber", "<b>1"),
        ("amount", "499000"),
        ("returnUrl", "http://shop/back?x=1"),
        ("description", "Абонемент"),
    ];
    let made = stand.sber("register.do", &params).await;
    let (page, id) = (
        made["formUrl"].as_str().unwrap(),
        made["orderId"].as_str().unwrap(),
    );
    let html = stand.http.get(page).send().await.unwrap().text().await.unwrap();
    assert!(
        html.contains("Заказ &lt;b&gt;1")
            && html.contains("4\u{a0}990,00\u{a0}₽")
            && html.contains("Передумал")
    );
    let left = stand
        .http
        .post(page)
        .form(&[("action", "pay"), ("drop", "1")])
        .send()
        .await
        .unwrap();
    assert_eq!(left.status(), 303);
    assert_eq!(
        left.headers()["location"].to_str().unwrap(),
        format!("http://shop/back?x=1&orderId={id}")
    );
    assert_eq!(
        stand.control.order("sber", "main", "<b>1").await.unwrap().state,
        OrderState::Paid
    );
    assert_eq!(stand.quiet().await.items[0].outcome, CallbackOutcome::Dropped);
    assert!(
        stand
            .http
            .get(page)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
            .contains("платить больше не нужно")
    );
}

#[tokio::test]
async fn a_refusal_may_leave_another_try() {
    let stand = Stand::new().await;
    let order = stand.order("sber", "main", "A-1").await;
    let press = |again: &'static str| {
        stand
            .http
            .post(&order.payment_url)
            .form(&[("action", "decline"), ("again", again)])
            .send()
    };
    assert!(
        press("1")
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
            .contains("Можно попробовать ещё раз")
    );
    assert_eq!(
        stand.control.order("sber", "main", "A-1").await.unwrap().state,
        OrderState::Registered
    );
    press("").await.unwrap();
    assert_eq!(
        stand.control.order("sber", "main", "A-1").await.unwrap().state,
        OrderState::Declined
    );
}

#[tokio::test]
async fn the_index_shows_the_truth_and_switches_faults() {
    let stand = Stand::new().await;
    stand.order("sber", "main", "A-1").await;
    stand
        .control
        .pay("sber", "main", "A-1", &Move::default())
        .await
        .unwrap();
    let html = stand
        .http
        .get(stand.url("/"))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(
        html.contains("оплачен")
            && html.contains("Терять уведомления")
            && html.contains("Учётная система недоступна")
    );
    stand
        .http
        .post(stand.url("/ui/banks/sber/main"))
        .form(&[("switch", "drop")])
        .send()
        .await
        .unwrap();
    stand
        .http
        .post(stand.url("/ui/accounting/crm"))
        .form(&[("switch", "down")])
        .send()
        .await
        .unwrap();
    let main = stand
        .control
        .banks()
        .await
        .unwrap()
        .into_iter()
        .find(|one| one.account == "main")
        .unwrap();
    assert!((main.faults.drop_rate - 1.0).abs() < f64::EPSILON);
    let url = stand.url("/control/accounting/crm/faults");
    let faults: sverka_simulator::api::AccountingFaults =
        stand.http.get(url).send().await.unwrap().json().await.unwrap();
    assert_eq!(faults.mode, AccountingMode::Down);
    assert!(faults.secret.is_some(), "the switch keeps the secret");
}

#[tokio::test]
async fn the_control_api_refuses_with_reasons() {
    let stand = Stand::new().await;
    stand.order("sber", "main", "A-1").await;
    let status = |result: Result<_, ControlError>| match result {
        Err(ControlError::Refused { status, .. }) => status,
        other => panic!("{other:?}"),
    };
    assert_eq!(status(stand.control.order("sber", "main", "nothing").await), 404);
    assert_eq!(status(stand.control.order("sber", "nobody", "A-1").await), 404);
    assert_eq!(
        status(stand.control.refund("sber", "main", "A-1", 100).await),
        409
    );
    let wrong = stand
        .http
        .put(stand.url("/control/banks/sber/main/faults"))
        .body(r#"{"drop":1}"#)
        .send()
        .await
        .unwrap();
    assert_eq!(wrong.status(), 400);
    let verb = stand
        .http
        .post(stand.url("/control/banks/sber/main/orders/A-1/steal"))
        .send()
        .await
        .unwrap();
    assert_eq!(verb.status(), 404);
}

#[tokio::test]
async fn reset_forgets_all_but_the_accounts_of_the_start() {
    let stand = Stand::new().await;
    let accounts = stand.control.banks().await.unwrap().len();
    let settings = sverka_simulator::api::BankSettings::default();
    stand.control.set_bank("sber", "third", &settings).await.unwrap();
    stand.order("sber", "main", "A-1").await;
    stand
        .control
        .pay(
            "sber",
            "main",
            "A-1",
            &Move {
                delay_ms: 60_000,
                ..Move::default()
            },
        )
        .await
        .unwrap();
    stand.control.reset().await.unwrap();
    stand.quiet().await;
    assert!(stand.control.orders("sber", "main").await.unwrap().is_empty());
    assert_eq!(stand.control.banks().await.unwrap().len(), accounts);
}

#[tokio::test]
async fn it_stops_at_once_though_requests_hang() {
    let stand = Stand::new().await;
    let hang = sverka_simulator::api::AccountingFaults::mode(AccountingMode::Hang);
    stand.control.set_accounting_faults("crm", &hang).await.unwrap();
    let hanging = tokio::spawn(
        stand
            .http
            .post(stand.url("/accounting/crm/payments"))
            .body("{}")
            .send(),
    );
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    let url = stand.url("/control/health");
    tokio::time::timeout(std::time::Duration::from_secs(5), stand.running.stop())
        .await
        .unwrap();
    assert!(hanging.await.unwrap().is_err());
    assert!(stand.http.get(url).send().await.is_err());
}

#[tokio::test]
async fn a_person_enters_a_document_in_a_base_and_stops_it() {
    let stand = Stand::new().await;
    let entered = [("client_key", common::onec::MARIA), ("amount", "3500.00")];
    let url = stand.url("/ui/onec/main/documents");
    assert_eq!(
        stand.http.post(url).form(&entered).send().await.unwrap().status(),
        303
    );
    let html = stand
        .http
        .get(stand.url("/"))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let words = [
        "3\u{a0}500,00\u{a0}₽",
        "Администратор",
        "проведён",
        "Соколова Мария Андреевна",
    ];
    assert!(words.iter().all(|words| html.contains(words)), "{html}");
    let switch = async || {
        let down = [("switch", "down")];
        let answer = stand
            .http
            .post(stand.url("/ui/onec/main"))
            .form(&down)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 303);
        stand.control.onec("main").await.unwrap().faults.mode
    };
    assert_eq!(switch().await, sverka_simulator::api::OnecMode::Down);
    assert_eq!(switch().await, sverka_simulator::api::OnecMode::Ok);
}
