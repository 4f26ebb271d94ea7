//! Requests of somebody.

use reqwest::Method;
use serde_json::{Value, json};

use super::TestApp;
use super::answer::{Answer, Seen};
use super::attempt::Given;
use super::contract::check_documented;
use super::people::Who;

/// Somebody who sends requests.
pub struct Client<'a> {
    app: &'a TestApp,
    who: Who,
}

/// A request that is being put together.
pub struct Request<'a> {
    app: &'a TestApp,
    who: Who,
    method: Method,
    path: String,
    builder: reqwest::RequestBuilder,
}

impl Request<'_> {
    /// With a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.builder = self.builder.header(name, value);
        self
    }

    /// With a JSON body.
    #[must_use]
    pub fn json(mut self, body: &Value) -> Self {
        self.builder = self.builder.json(body);
        self
    }

    /// With a body as it is.
    #[must_use]
    pub fn body(mut self, body: impl Into<reqwest::Body>) -> Self {
        self.builder = self.builder.body(body);
        self
    }

    /// Sends it.
    pub async fn send(self) -> Answer {
        let builder = match self.who {
            Who::Nobody => self.builder,
            // Boxed, because signing in is a request itself.
            Who::Somebody(role) => {
                let credentials = Box::pin(self.app.credentials(role)).await;
                self.builder.bearer_auth(credentials)
            }
        };
        let answer = builder.send().await.unwrap();
        check_documented(&self.method, &self.path, answer.status().as_u16());
        Answer::read(self.path, answer).await
    }
}

impl<'a> Client<'a> {
    pub(super) fn new(app: &'a TestApp, who: Who) -> Self {
        Self { app, who }
    }

    /// A request; the path begins with a slash and may carry a query.
    #[must_use]
    pub fn request(&self, method: Method, path: &str) -> Request<'a> {
        Request {
            app: self.app,
            who: self.who,
            method: method.clone(),
            path: path.split('?').next().unwrap().to_owned(),
            builder: self.app.http.request(method, format!("{}{path}", self.app.url)),
        }
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.request(Method::GET, path).send().await
    }

    /// POST of JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.request(Method::POST, path).json(body).send().await
    }

    /// PATCH of JSON.
    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.request(Method::PATCH, path).json(body).send().await
    }

    /// The attempt as it is now.
    pub async fn see(&self, attempt: &Given) -> Seen {
        Seen(self.get(&attempt.path("")).await.ok())
    }

    /// Its timeline, oldest first.
    pub async fn timeline(&self, attempt: &Given) -> Vec<Value> {
        let page = self.get(&attempt.path("/events?limit=200")).await.ok();
        let mut items = page["items"].as_array().unwrap().clone();
        items.reverse();
        items
    }

    /// The kinds of the timeline's entries, oldest first.
    pub async fn story(&self, attempt: &Given) -> Vec<String> {
        let timeline = self.timeline(attempt).await;
        let kind = |entry: &Value| entry["kind"].as_str().unwrap().to_owned();
        timeline.iter().map(kind).collect()
    }

    /// Search by a query string; the rows.
    pub async fn search(&self, query: &str) -> Vec<Value> {
        let page = self.get(&format!("/api/v1/payment-attempts?{query}")).await.ok();
        page["items"].as_array().unwrap().clone()
    }

    /// Asks the bank.
    pub async fn query_bank(&self, attempt: &Given) -> Answer {
        self.request(Method::POST, &attempt.path("/bank-query"))
            .send()
            .await
    }

    /// Sets a bank status by hand, having seen the newest version.
    pub async fn override_status(&self, attempt: &Given, status: &str) -> Answer {
        let body = json!({
            "bank_status": status,
            "reason": "The bank's cabinet shows it, 12:04",
            "expected_version": self.version(attempt).await,
        });
        self.post(&attempt.path("/status-override"), &body).await
    }

    /// Has it passed on now, having seen the newest version.
    pub async fn resync(&self, attempt: &Given) -> Answer {
        let body = json!({ "expected_version": self.version(attempt).await });
        self.post(&attempt.path("/resync"), &body).await
    }

    /// Marks it as posted by hand, having seen the newest version.
    pub async fn mark_posted(&self, attempt: &Given) -> Answer {
        let body = json!({
            "document_ref": "ПКО-000777",
            "reason": "Entered this morning",
            "expected_version": self.version(attempt).await,
        });
        self.post(&attempt.path("/posted-by-hand"), &body).await
    }

    async fn version(&self, attempt: &Given) -> i64 {
        self.see(attempt).await.version()
    }
}
