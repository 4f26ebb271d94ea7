//! The words of the README over plain HTTP: the typed client would agree with a wrong name.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use common::Stand;

#[tokio::test]
async fn faults_and_settings_go_by_the_readme() {
    let stand = Stand::new().await;
    let put = async |path: &str, body: String| {
        let answer = stand
            .http
            .put(stand.url(path))
            .body(body.clone())
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200, "{body}");
    };
    for mode in
        "ok error500 reject422 busy503 gone410 html200 hang down error500_after_apply hang_after_apply \
                 cut_after_apply drop_after_apply"
            .split_whitespace()
    {
        let body =
            format!(r#"{{"mode":"{mode}","times":1,"hang_ms":1,"retry_after_s":2,"ignore_ids":false}}"#);
        put("/control/accounting/crm/faults", body).await;
    }
    for mode in "ok error500 timeout down system_error garbage busy429 timeout_after error500_after"
        .split_whitespace()
    {
        let body = format!(
            r#"{{"drop_rate":0.1,"delay_ms_min":1,"delay_ms_max":2,"duplicate_rate":0,"reorder_rate":0,
               "reorder_hold_ms":1,"forge_rate":0,"query_mode":"{mode}","operation_mode":"{mode}","query_times":1,
               "query_fail_rate":0,"query_fail_mode":"error500","hang_ms":1}}"#
        );
        put("/control/banks/sber/main/faults", body).await;
    }
    for mode in
        "ok down hang html_login unauthorized no_licence refuse locked busy503 bad_gateway502 error500 \
                 error500_after bad_gateway502_after drop_after cut_after hang_after html_after"
            .split_whitespace()
    {
        let only = r#"["read","create","change","post","service"]"#;
        let body = format!(r#"{{"mode":"{mode}","only":{only},"times":1,"skip":0,"hang_ms":1,"text":"x"}}"#);
        put("/control/onec/main/faults", body).await;
    }
    for rights in ["full", "read", "none"] {
        let body = format!(
            r#"{{"user":"u","password":"p","secret":"whsec_","time_zone":"UTC","ignore_ref_key":true,"overwrite_ref_key":true,
               "exists_status":500,"closed_until":"2026-10-31","refuse_posting":"x","required":["x"],"hidden":["x"],
               "rights":"{rights}","write_delay_ms":1,"post_delay_ms":1,"honour_if_match":true,"service_demands_client":true}}"#
        );
        put("/control/onec/new", body).await;
    }
    put("/control/banks/sber/main/faults", String::new()).await;
    put(
        "/control/banks/sber/new",
        r#"{"user_name":"u","password":"p","callback_method":"post"}"#.to_owned(),
    )
    .await;
}

#[tokio::test]
async fn orders_and_moves_go_by_the_readme() {
    let stand = Stand::new().await;
    let post = async |path: &str, body: &str| -> serde_json::Value {
        let url = stand.url(&format!("/control/banks/sber/main/orders{path}"));
        let answer = stand.http.post(url).body(body.to_owned()).send().await.unwrap();
        assert!(answer.status().is_success(), "{path} {body}");
        answer.json().await.unwrap()
    };
    let order = post(
        "",
        r#"{"order_number":"J","amount":500,"two_stage":true,"life_secs":60}"#,
    )
    .await;
    for name in "bank account order_number bank_order_id state amount currency approved deposited refunded action_code \
                 failed_tries two_stage created_at expires_at paid_at payment_url refunds transactions"
        .split_whitespace()
    {
        assert!(order.get(name).is_some(), "{name}");
    }
    post("/J/decline", r#"{"final":false,"callback":"drop"}"#).await;
    assert_eq!(
        post(
            "/J/hold",
            r#"{"callback":"delay","delay_ms":1,"copies":2,"forge":true}"#
        )
        .await["state"],
        "held"
    );
    post("/J/pay", r#"{"wrong_amount":1,"amount":400}"#).await;
    assert_eq!(
        post("/J/refund", r#"{"amount":100,"external_id":"x"}"#).await["state"],
        "partially_refunded"
    );
    assert_eq!(
        post(
            "/J/callback",
            r#"{"operation":"deposited","success":true,"copies":2}"#
        )
        .await["sent"],
        2
    );
    stand.quiet().await;
    let log: serde_json::Value = stand
        .http
        .get(stand.url("/control/callbacks"))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let outcomes: Vec<&str> = log["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["outcome"].as_str())
        .collect();
    assert_eq!(
        outcomes,
        ["dropped", "sent", "sent", "sent", "sent", "sent", "sent", "sent"]
    );
    assert_eq!(log["items"][0]["operation"], "approved");
}

#[tokio::test]
async fn people_in_a_base_go_by_the_readme() {
    let stand = Stand::new().await;
    let post = async |path: &str, body: &str| -> serde_json::Value {
        let url = stand.url(&format!("/control/onec/main/{path}"));
        let answer = stand.http.post(url).body(body.to_owned()).send().await.unwrap();
        assert!(answer.status().is_success(), "{path} {body}");
        answer.json().await.unwrap()
    };
    let client = post("clients", r#"{"name":"Я","phone":"1","email":"e","code":"К-1"}"#).await;
    assert_eq!(client["code"], "К-1");
    let made = post(
        "documents",
        r#"{"client_name":"Новый","amount":100,"date":"2026-11-24T10:00:00","author":"А","comment":"к","posted":true,
           "deletion_mark":false,"attributes":{"НазначениеПлатежа":"н"}}"#,
    )
    .await;
    for name in "entity ref_key number date posted deletion_mark amount client_key client_name author comment attributes"
        .split_whitespace()
    {
        assert!(made.get(name).is_some_and(|value| !value.is_null()), "{name}");
    }
    let at = |verb: &str| format!("documents/{}/{verb}", made["ref_key"].as_str().unwrap());
    assert_eq!(
        post(&at("change"), r#"{"Комментарий":"другой"}"#).await["comment"],
        "другой"
    );
    assert!(post(&at("delete"), "").await.is_null());
}
