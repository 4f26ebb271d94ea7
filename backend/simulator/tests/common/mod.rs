//! A simulator with the demo's accounts, a merchant that writes down what it is told, and a plain HTTP client.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "shared by tests, each of which uses a part"
)]

pub(crate) mod robokassa;
pub(crate) mod tbank;

pub(crate) mod cloudpayments;
pub(crate) mod onec;
pub(crate) mod stripe;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use sverka_simulator::api::{BankSettings, CallbackLog, NewOrder, Order};
use sverka_simulator::client::Control;
use sverka_simulator::{Options, Running};

/// One callback as the merchant got it.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) params: BTreeMap<String, String>,
    /// The raw body.
    pub(crate) body: String,
    pub(crate) query: String,
    pub(crate) headers: BTreeMap<String, String>,
}

/// What the merchant got, and how it answers: the statuses in turn, then 200; the words in turn, then the bank's.
#[derive(Clone, Default)]
pub(crate) struct Merchant {
    pub(crate) heard: Arc<Mutex<Vec<Heard>>>,
    pub(crate) statuses: Arc<Mutex<Vec<u16>>>,
    pub(crate) words: Arc<Mutex<Vec<&'static str>>>,
}

/// The words by which each bank knows that a callback was taken.
fn words(heard: &Heard) -> String {
    if heard.path.contains("/cloudpayments/") {
        return r#"{"code":0}"#.to_owned();
    }
    if heard.path.contains("/tbank/") {
        return "OK".to_owned();
    }
    if !heard.path.contains("/robokassa/") {
        return String::new();
    }
    let number = match heard.params.get("InvId") {
        Some(number) => number.clone(),
        None => jws_payload(&heard.body)["data"]["invId"]
            .as_str()
            .unwrap()
            .to_owned(),
    };
    format!("OK{number}")
}

/// The payload of a compact JWS.
pub(crate) fn jws_payload(text: &str) -> serde_json::Value {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let payload = text.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

async fn hear(request: HttpRequest, merchant: web::Data<Merchant>, body: web::Bytes) -> HttpResponse {
    let text = if request.method() == "GET" {
        request.query_string().as_bytes().to_vec()
    } else {
        body.to_vec()
    };
    let header = |(name, value): (
        &actix_web::http::header::HeaderName,
        &actix_web::http::header::HeaderValue,
    )| { (name.to_string(), value.to_str().unwrap().to_owned()) };
    let heard = Heard {
        method: request.method().to_string(),
        path: request.path().to_owned(),
        params: url::form_urlencoded::parse(&text).into_owned().collect(),
        body: String::from_utf8_lossy(&body).into_owned(),
        query: request.query_string().to_owned(),
        headers: request.headers().iter().map(header).collect(),
    };
    let mut told = merchant.words.lock().unwrap();
    let words = if told.is_empty() {
        words(&heard)
    } else {
        told.remove(0).to_owned()
    };
    merchant.heard.lock().unwrap().push(heard);
    let mut statuses = merchant.statuses.lock().unwrap();
    let status = if statuses.is_empty() {
        200
    } else {
        statuses.remove(0)
    };
    HttpResponse::build(status.try_into().unwrap()).body(words)
}

/// Everything a test needs.
pub(crate) struct Stand {
    pub(crate) running: Running,
    pub(crate) control: Control,
    pub(crate) merchant: Merchant,
    pub(crate) http: reqwest::Client,
}

impl Stand {
    pub(crate) async fn new() -> Self {
        let merchant = Merchant::default();
        let data = web::Data::new(merchant.clone());
        let server =
            HttpServer::new(move || App::new().app_data(data.clone()).default_service(web::to(hear)))
                .workers(1)
                .disable_signals()
                .bind("127.0.0.1:0")
                .unwrap();
        let base = format!("http://{}", server.addrs()[0]);
        tokio::spawn(server.run());
        let running = sverka_simulator::start(Options::demo("127.0.0.1:0".parse().unwrap(), &base))
            .await
            .unwrap();
        let control = Control::new(running.url()).unwrap();
        let quick = BankSettings {
            retry_interval_ms: Some(50),
            callback_timeout_ms: Some(2_000),
            ..BankSettings::default()
        };
        for one in control.banks().await.unwrap() {
            control
                .set_bank(one.bank.as_str(), &one.account, &quick)
                .await
                .unwrap();
        }
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            running,
            control,
            merchant,
            http,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.running.url())
    }

    pub(crate) async fn order(&self, bank: &str, account: &str, number: &str) -> Order {
        let new = NewOrder {
            order_number: number.to_owned(),
            amount: 499_000,
            ..NewOrder::default()
        };
        self.control.create_order(bank, account, &new).await.unwrap()
    }

    /// A call of the Sber gateway with the demo's credentials.
    pub(crate) async fn sber(&self, call: &str, params: &[(&str, &str)]) -> serde_json::Value {
        let credentials = [("userName", "demo-api"), ("password", "demo-password")];
        let form: Vec<&(&str, &str)> = credentials.iter().chain(params).collect();
        let answer = self
            .http
            .post(self.url(&format!("/sber/main/payment/rest/{call}")))
            .form(&form)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200);
        answer.json().await.unwrap()
    }

    /// Waits until no callback is under way.
    pub(crate) async fn quiet(&self) -> CallbackLog {
        for _ in 0..400 {
            let log = self.control.callbacks().await.unwrap();
            if log.pending == 0 {
                return log;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("callbacks never came to rest");
    }

    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.merchant.heard.lock().unwrap().clone()
    }
}

/// The checksum of an RBS callback, computed here once more from the rule.
pub(crate) fn rbs_checksum(secret: &str, params: &BTreeMap<String, String>) -> String {
    use hmac::{Hmac, KeyInit, Mac};
    let text: String = params
        .iter()
        .filter(|(name, _)| *name != "checksum")
        .map(|(name, value)| format!("{name};{value};"))
        .collect();
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    hex::encode_upper(mac.finalize().into_bytes())
}

/// PayOnline's key over `Name=value&…`.
pub(crate) fn payonline_key(text: &str) -> String {
    use md5::{Digest, Md5};
    hex::encode(Md5::digest(format!(
        "{text}&PrivateSecurityKey=demo-payonline-key"
    )))
}

/// HMAC-SHA256 of a text, computed here once more.
pub(crate) fn hmac_sha256(key: &str, text: &str) -> Vec<u8> {
    use hmac::{Hmac, KeyInit, Mac};
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}
