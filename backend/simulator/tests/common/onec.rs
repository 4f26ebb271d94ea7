//! A caller of a 1C base.

use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};
use sverka_simulator::api::{OnecBase, OnecSettings};
use sverka_simulator::client::Control;
use sverka_simulator::{Options, Running};

pub(crate) const PAYMENT: &str = "Document_ПоступлениеБезналичныхДенежныхСредств";
pub(crate) const CLIENTS: &str = "Catalog_Контрагенты";
pub(crate) const KEY: &str = "0d4a79cb-9843-4147-bcd9-80ac3ca2b9c7";
pub(crate) const MARIA: &str = "5a1d0c00-0000-4000-8000-000000000001";

/// A base `main` of its own simulator.
pub(crate) struct Onec {
    pub(crate) running: Running,
    pub(crate) control: Control,
    pub(crate) http: reqwest::Client,
}

impl Onec {
    pub(crate) async fn new() -> Self {
        Self::start(Options::demo(
            "127.0.0.1:0".parse().unwrap(),
            "http://127.0.0.1:1",
        ))
        .await
    }

    pub(crate) async fn start(options: Options) -> Self {
        let running = sverka_simulator::start(options).await.unwrap();
        Self {
            control: Control::new(running.url()).unwrap(),
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            running,
        }
    }

    /// With these settings beside the demo's user.
    pub(crate) async fn with(settings: OnecSettings) -> Self {
        let onec = Self::new().await;
        onec.control.set_onec("main", &settings).await.unwrap();
        onec
    }

    pub(crate) fn url(&self, resource: &str) -> String {
        format!("{}/onec/main/odata/standard.odata/{resource}", self.running.url())
    }

    pub(crate) fn ask(&self, method: Method, resource: &str) -> RequestBuilder {
        self.http
            .request(method, self.url(resource))
            .header("Accept", "application/json;odata=nometadata")
            .basic_auth("sverka", Some("demo-password"))
    }

    /// Status and JSON; null when there is no body.
    pub(crate) async fn call(&self, method: Method, resource: &str, body: Option<Value>) -> (u16, Value) {
        let asked = self.ask(method, resource);
        let asked = match body {
            Some(body) => asked.json(&body),
            None => asked,
        };
        told(asked.send().await.unwrap()).await
    }

    pub(crate) async fn get(&self, resource: &str) -> (u16, Value) {
        self.call(Method::GET, resource, None).await
    }

    pub(crate) async fn create(&self, body: Value) -> (u16, Value) {
        self.call(Method::POST, PAYMENT, Some(body)).await
    }

    pub(crate) async fn act(&self, key: &str, action: &str) -> (u16, Value) {
        let resource = format!("{PAYMENT}(guid'{key}')/{action}?PostingModeOperational=false");
        self.call(Method::POST, &resource, None).await
    }

    /// The keys that a filter finds.
    pub(crate) async fn find(&self, filter: &str) -> Vec<String> {
        let mut url = url::Url::parse(&self.url(PAYMENT)).unwrap();
        url.set_query(Some(&format!("$filter={}", filter.replace(' ', "%20"))));
        let asked = self
            .http
            .get(url)
            .header("Accept", "application/json")
            .basic_auth("sverka", Some("demo-password"));
        let (status, body) = told(asked.send().await.unwrap()).await;
        assert_eq!(status, 200, "{filter}: {body}");
        let rows = body["value"].as_array().unwrap();
        rows.iter()
            .map(|row| row["Ref_Key"].as_str().unwrap().to_owned())
            .collect()
    }
}

pub(crate) async fn told(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    let body = if text.is_empty() {
        Value::Null
    } else {
        serde_json::from_str(&text).unwrap_or(Value::String(text))
    };
    (status, body)
}

/// A payment of Maria's under this key.
pub(crate) fn payment(key: &str) -> Value {
    json!({
        "Ref_Key": key, "Date": "2026-11-24T10:00:00", "Контрагент_Key": MARIA, "СуммаДокумента": 4990.5,
        "Комментарий": "gw-1", "НетТакогоРеквизита": "пропадёт",
    })
}

/// The code of a refusal.
pub(crate) fn code(body: &Value) -> &str {
    body["odata.error"]["code"].as_str().unwrap()
}

/// A base that keeps its file there.
pub(crate) fn kept_in(directory: &std::path::Path) -> Options {
    let settings = OnecSettings {
        user: Some("sverka".to_owned()),
        password: Some("demo-password".to_owned()),
        ..OnecSettings::default()
    };
    Options {
        onec: vec![OnecBase {
            name: "main".to_owned(),
            settings,
            clients: Vec::new(),
        }],
        state_dir: Some(directory.to_owned()),
        ..Options::new("127.0.0.1:0".parse().unwrap())
    }
}
