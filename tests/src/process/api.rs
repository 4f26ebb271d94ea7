//! Sverka's API as its callers use it.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::program::client;
use super::wait::until;

/// A caller with credentials.
#[derive(Clone)]
pub struct Api {
    http: reqwest::Client,
    url: String,
    credentials: String,
}

/// An attempt that a test records.
#[derive(Debug, Clone)]
pub struct NewPayment {
    /// Bank.
    pub bank: &'static str,
    /// Account.
    pub account: &'static str,
    /// Order number.
    pub order_number: String,
    /// In kopecks.
    pub amount: i64,
}

impl Api {
    /// A caller with an API key or an access token.
    #[must_use]
    pub fn new(url: &str, credentials: &str) -> Self {
        Self {
            http: client(),
            url: url.to_owned(),
            credentials: credentials.to_owned(),
        }
    }

    /// The same caller at another process.
    #[must_use]
    pub fn at(&self, url: &str) -> Self {
        Self {
            url: url.to_owned(),
            ..self.clone()
        }
    }

    /// Signs in.
    pub async fn sign_in(url: &str, email: &str, password: &str) -> Self {
        let nobody = Self::new(url, "");
        let body = json!({"email": email, "password": password});
        let (status, session) = nobody.call(Method::POST, "/api/v1/auth/login", Some(body)).await;
        assert_eq!(status, 200, "{session}");
        let token = session["access_token"].as_str().expect("a token");
        Self::new(url, token)
    }

    /// Signs in where this caller calls; `None` when nobody answers or it is refused.
    pub async fn try_sign_in(&self, email: &str, password: &str) -> Option<Self> {
        let nobody = Self::new(&self.url, "");
        let body = json!({"email": email, "password": password});
        let (_, session) = nobody.call(Method::POST, "/api/v1/auth/login", Some(body)).await;
        Some(Self::new(&self.url, session["access_token"].as_str()?))
    }

    /// Records an attempt; its id.
    pub async fn record(&self, new: &NewPayment) -> String {
        let client = json!({"name": "Иванова Мария Петровна", "phone": "+7 916 123-45-67"});
        self.record_for(new, &client).await
    }

    /// Records an attempt of that client; its id.
    pub async fn record_for(&self, new: &NewPayment, client: &Value) -> String {
        let body = json!({
            "order_number": new.order_number,
            "bank": new.bank,
            "bank_account": new.account,
            "payment_type": "membership",
            "amount": {"amount": new.amount, "currency": "RUB"},
            "client": client,
        });
        // On a busy machine an answer may not come: asked again under the same key, it is recorded once.
        let (status, attempt) = until("an attempt is recorded", Duration::from_secs(120), async || {
            let path = "/api/v1/payment-attempts";
            let answer = self
                .call_under(Some(&new.order_number), Method::POST, path, Some(body.clone()))
                .await;
            (answer.0 != 0).then_some(answer)
        })
        .await;
        assert_eq!(status, 201, "{attempt}");
        attempt["id"].as_str().expect("an id").to_owned()
    }

    /// An attempt as it is now.
    pub async fn attempt(&self, id: &str) -> Value {
        self.get(&format!("/api/v1/payment-attempts/{id}")).await
    }

    /// Every attempt.
    pub async fn attempts(&self) -> Vec<Value> {
        self.pages("/api/v1/payment-attempts").await
    }

    /// How many attempts there are with that query; `None` when there was no answer.
    pub async fn count(&self, query: &str) -> Option<u64> {
        let path = format!("/api/v1/payment-attempts?limit=1&{query}");
        let (status, page) = self.call(Method::GET, &path, None).await;
        (status == 200).then(|| page["total"]["value"].as_u64().expect("a total"))
    }

    /// The timeline of an attempt, newest first.
    pub async fn events(&self, id: &str) -> Vec<Value> {
        self.pages(&format!("/api/v1/payment-attempts/{id}/events")).await
    }

    /// «Синхронизировать с CRM»: the status of the answer, and the answer.
    pub async fn resync(&self, attempt: &Value) -> (u16, Value) {
        let id = attempt["id"].as_str().expect("an id");
        let body = json!({"expected_version": attempt["version"]});
        self.call(
            Method::POST,
            &format!("/api/v1/payment-attempts/{id}/resync"),
            Some(body),
        )
        .await
    }

    /// Asks the bank now: the status of the answer, and the answer.
    pub async fn query_bank(&self, id: &str) -> (u16, Value) {
        self.call(
            Method::POST,
            &format!("/api/v1/payment-attempts/{id}/bank-query"),
            None,
        )
        .await
    }

    /// Sets a bank status by hand: the status of the answer, and the answer.
    pub async fn override_status(&self, attempt: &Value, bank_status: &str) -> (u16, Value) {
        let id = attempt["id"].as_str().expect("an id");
        let body = json!({
            "bank_status": bank_status,
            "reason": "The bank's cabinet shows it, 12:04",
            "expected_version": attempt["version"],
        });
        let path = format!("/api/v1/payment-attempts/{id}/status-override");
        self.call(Method::POST, &path, Some(body)).await
    }

    /// The first page of a search: the status of the answer, and the answer.
    pub async fn search(&self, query: &str) -> (u16, Value) {
        self.call(Method::GET, &format!("/api/v1/payment-attempts?{query}"), None)
            .await
    }

    /// Status and text of an answer; 0 when there was none.
    pub async fn text(&self, path: &str) -> (u16, String) {
        let mut request = self.http.get(format!("{}{path}", self.url));
        if !self.credentials.is_empty() {
            request = request.bearer_auth(&self.credentials);
        }
        match request.send().await {
            Ok(answer) => (answer.status().as_u16(), answer.text().await.unwrap_or_default()),
            Err(_) => (0, String::new()),
        }
    }

    /// Waits until all attempts are as `wanted` says, and returns them.
    ///
    /// # Panics
    /// When they are not within `limit`, with some of those that are not.
    pub async fn all(&self, what: &str, limit: Duration, wanted: impl Fn(&Value) -> bool) -> Vec<Value> {
        let found = super::within(limit, async || {
            let all = self.attempts().await;
            all.iter().all(&wanted).then_some(all)
        });
        if let Some(all) = found.await {
            return all;
        }
        let late: Vec<String> = self
            .attempts()
            .await
            .iter()
            .filter(|attempt| !wanted(attempt))
            .map(short)
            .collect();
        let shown = late.len().min(10);
        panic!(
            "not within {} s: {what}: {} are not:\n{}",
            limit.as_secs(),
            late.len(),
            late[..shown].join("\n")
        )
    }

    async fn pages(&self, path: &str) -> Vec<Value> {
        let (mut all, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = self.get(&format!("{path}?limit=200{cursor}")).await;
            all.extend(page["items"].as_array().expect("items").iter().cloned());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return all,
            }
        }
    }

    /// Repeats while the database is away or an answer is missing, as a patient caller does.
    async fn get(&self, path: &str) -> Value {
        until(path, Duration::from_secs(30), async || {
            match self.call(Method::GET, path, None).await {
                (200, answer) => Some(answer),
                (status, _) if status == 0 || status >= 500 => None,
                (status, answer) => panic!("{path}: {status} {answer}"),
            }
        })
        .await
    }

    /// Status and body of an answer; 0 when there was none.
    pub(crate) async fn call(&self, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
        self.call_under(None, method, path, body).await
    }

    /// The same, under an `Idempotency-Key`.
    async fn call_under(
        &self,
        key: Option<&str>,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> (u16, Value) {
        let mut request = self.http.request(method, format!("{}{path}", self.url));
        if !self.credentials.is_empty() {
            request = request.bearer_auth(&self.credentials);
        }
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        match request.send().await {
            Ok(answer) => (answer.status().as_u16(), answer.json().await.unwrap_or_default()),
            Err(_) => (0, Value::Null),
        }
    }
}

/// What a failed test has to know of an attempt.
fn short(attempt: &Value) -> String {
    let fields = [
        "order_number",
        "bank_status",
        "crm_status",
        "diagnosis",
        "next_bank_query_at",
    ];
    fields
        .iter()
        .map(|name| format!("{name}={} ", attempt[*name]))
        .collect()
}
