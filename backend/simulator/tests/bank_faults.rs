//! Banks that do not answer as they should.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::time::Duration;

use common::{Stand, payonline_key};
use sverka_simulator::api::{BankFaults, OrderState, ServiceMode};

const CREDENTIALS: [(&str, &str); 2] = [("userName", "demo-api"), ("password", "demo-password")];

async fn query(stand: &Stand) -> reqwest::Result<reqwest::Response> {
    let form = [CREDENTIALS[0], CREDENTIALS[1], ("orderNumber", "A-1")];
    let url = stand.url("/sber/main/payment/rest/getOrderStatusExtended.do");
    stand
        .http
        .post(url)
        .form(&form)
        .timeout(Duration::from_millis(700))
        .send()
        .await
}

async fn with(faults: BankFaults) -> Stand {
    let stand = Stand::new().await;
    stand.order("sber", "main", "A-1").await;
    stand
        .control
        .set_bank_faults("sber", "main", &faults)
        .await
        .unwrap();
    stand
}

fn mode(query_mode: ServiceMode) -> BankFaults {
    BankFaults {
        query_mode,
        ..BankFaults::default()
    }
}

#[tokio::test]
async fn each_query_mode_is_seen_as_what_it_is() {
    assert_eq!(
        query(&with(mode(ServiceMode::Error500)).await)
            .await
            .unwrap()
            .status(),
        500
    );
    assert!(
        query(&with(mode(ServiceMode::Timeout)).await)
            .await
            .unwrap_err()
            .is_timeout()
    );
    let down = query(&with(mode(ServiceMode::Down)).await).await.unwrap_err();
    assert!(down.is_request() && !down.is_timeout(), "{down:?}");
    let system: serde_json::Value = query(&with(mode(ServiceMode::SystemError)).await)
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(system["errorCode"], "7");
    let garbage = query(&with(mode(ServiceMode::Garbage)).await).await.unwrap();
    assert_eq!(garbage.status(), 200);
    assert!(garbage.text().await.unwrap().starts_with("<html>"));
}

#[tokio::test]
async fn a_timeout_closes_the_connection_in_the_end() {
    let stand = with(BankFaults {
        hang_ms: 100,
        ..mode(ServiceMode::Timeout)
    })
    .await;
    let error = query(&stand).await.unwrap_err();
    assert!(error.is_request() && !error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn a_fault_ends_after_so_many_times() {
    let stand = with(BankFaults {
        query_times: Some(2),
        ..mode(ServiceMode::Error500)
    })
    .await;
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(query(&stand).await.unwrap().status().as_u16());
    }
    assert_eq!(statuses, [500, 500, 200, 200]);
}

#[tokio::test]
async fn a_share_of_queries_fails() {
    let stand = with(BankFaults {
        query_fail_rate: 0.5,
        ..BankFaults::default()
    })
    .await;
    let mut bad = 0;
    for _ in 0..40 {
        bad += u32::from(query(&stand).await.unwrap().status() == 500);
    }
    assert!((8..32).contains(&bad), "{bad}");
}

#[tokio::test]
async fn an_operation_can_be_done_without_an_answer() {
    for (mode, done) in [
        (ServiceMode::Error500, false),
        (ServiceMode::Error500After, true),
        (ServiceMode::TimeoutAfter, true),
    ] {
        let stand = with(BankFaults {
            operation_mode: mode,
            hang_ms: 50,
            ..BankFaults::default()
        })
        .await;
        let form = [
            CREDENTIALS[0],
            CREDENTIALS[1],
            ("orderNumber", "B"),
            ("amount", "100"),
            ("returnUrl", "http://shop"),
        ];
        let answer = stand
            .http
            .post(stand.url("/sber/main/payment/rest/register.do"))
            .form(&form)
            .send()
            .await;
        assert!(answer.is_err() || answer.unwrap().status() == 500);
        assert_eq!(
            stand
                .control
                .order("sber", "main", "B")
                .await
                .is_ok_and(|order| order.state == OrderState::Registered),
            done,
            "{mode:?}"
        );
    }
}

#[tokio::test]
async fn payonline_fails_in_its_own_words() {
    let stand = Stand::new().await;
    stand.order("payonline", "club", "A-1").await;
    stand
        .control
        .set_bank_faults("payonline", "club", &mode(ServiceMode::SystemError))
        .await
        .unwrap();
    let key = payonline_key("MerchantId=12345&OrderId=A-1");
    let url = stand.url(&format!(
        "/payonline/payment/search/?MerchantId=12345&OrderId=A-1&SecurityKey={key}"
    ));
    assert!(
        stand
            .http
            .get(&url)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
            .starts_with("Code=1001")
    );
    stand
        .control
        .set_bank_faults("payonline", "club", &mode(ServiceMode::Down))
        .await
        .unwrap();
    assert!(stand.http.get(&url).send().await.unwrap_err().is_request());
}
