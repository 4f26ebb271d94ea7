//! A merchant's calls to Stripe.

use serde_json::Value;
use sverka_simulator::api::{Move, Verb};

use super::{Heard, Stand, hmac_sha256};

pub(crate) const BANK: &str = "stripe";
pub(crate) const KEY: &str = "sk_test_demo";
pub(crate) const SECRET: &str = "whsec_demo-stripe-secret";

pub(crate) async fn post(
    stand: &Stand,
    path: &str,
    form: &[(&str, &str)],
    key: Option<&str>,
) -> reqwest::Response {
    let url = stand.url(&format!("/stripe/main/v1/{path}"));
    let mut request = stand.http.post(url).bearer_auth(KEY).form(form);
    if let Some(key) = key {
        request = request.header("Idempotency-Key", key);
    }
    request.send().await.unwrap()
}

pub(crate) async fn get(stand: &Stand, path: &str, query: &[(&str, &str)]) -> Value {
    let url = stand.url(&format!("/stripe/main/v1/{path}"));
    let answer = stand
        .http
        .get(url)
        .bearer_auth(KEY)
        .query(query)
        .send()
        .await
        .unwrap();
    answer.json().await.unwrap()
}

pub(crate) const SESSION: [(&str, &str); 9] = [
    ("mode", "payment"),
    ("line_items[0][price_data][currency]", "rub"),
    ("line_items[0][price_data][unit_amount]", "499000"),
    ("line_items[0][price_data][product_data][name]", "Абонемент"),
    ("line_items[0][quantity]", "1"),
    ("success_url", "http://shop/back?session={CHECKOUT_SESSION_ID}"),
    ("client_reference_id", "A-1"),
    ("metadata[order_number]", "A-1"),
    ("payment_intent_data[metadata][order_number]", "A-1"),
];

pub(crate) async fn session(stand: &Stand, more: &[(&str, &str)]) -> Value {
    let form: Vec<_> = SESSION.iter().chain(more).copied().collect();
    let answer = post(stand, "checkout/sessions", &form, None).await;
    assert_eq!(answer.status(), 200);
    answer.json().await.unwrap()
}

pub(crate) async fn act(stand: &Stand, number: &str, verb: Verb, how: Move) -> sverka_simulator::api::Order {
    stand.control.act(BANK, "main", number, verb, &how).await.unwrap()
}

pub(crate) fn event(heard: &Heard) -> Value {
    serde_json::from_str(&heard.body).unwrap()
}

/// The time in the header, when one of its codes fits.
pub(crate) fn signed_at(heard: &Heard, secret: &str) -> Option<i64> {
    let (at, code) = heard.headers["stripe-signature"].split_once(",v1=")?;
    let at = at.strip_prefix("t=")?;
    let fits = code == hex::encode(hmac_sha256(secret, &format!("{at}.{}", heard.body)));
    fits.then(|| at.parse().unwrap())
}
