//! A simulator, an account of one of its banks, and a merchant that answers with the account's own adapter.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};
use sverka_app::ports::bank::{Answered, BankPort, NewOrder, Question, RawCallback, Reading};
use sverka_banks::{BankSettings, build};
use sverka_domain::attempt::BankFact;
use sverka_domain::money::{Currency, Money};
use sverka_domain::status::BankStatus;
use sverka_simulator::api::{BankSettings as Told, Move, Verb};
use sverka_simulator::client::Control;
use sverka_simulator::{Options, Running};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub(crate) const SUM: i64 = 450_000;
/// An order number that every bank takes: at Robokassa it has to be a number.
pub(crate) const NUMBER: &str = "1001";

/// The banks, each with the account of the demo.
pub(crate) const BANKS: [(&str, &str); 10] = [
    ("sber", "main"),
    ("sber_ecom", "main"),
    ("alfa", "main"),
    ("vtb", "main"),
    ("payonline", "club"),
    ("tbank", "main"),
    ("yookassa", "main"),
    ("cloudpayments", "main"),
    ("robokassa", "main"),
    ("stripe", "main"),
];

fn settings(bank: &str, base: &str) -> Value {
    let path = |path: &str| format!("{base}/{path}");
    let rbs = |user: &str, secret: &str| {
        json!({"base_url": path(&format!("{bank}/main/payment/rest/")), "user_name": user,
               "password": "demo-password", "callback_secret": secret})
    };
    let mut settings = match bank {
        "sber" => rbs("demo-api", "demo-callback-secret"),
        "alfa" => rbs("demo-alfa", "demo-alfa-secret"),
        "vtb" => rbs("demo-vtb", "demo-vtb-secret"),
        "sber_ecom" => json!({"base_url": path("sber_ecom/main/ecomm/gw/partner/api/v1/"),
                              "user_name": "demo-ecom", "password": "demo-password"}),
        "payonline" => json!({"base_url": path("payonline/"), "merchant_id": "12345",
                              "private_security_key": "demo-payonline-key"}),
        "tbank" => json!({"base_url": path("tbank/v2/"), "terminal_key": "DemoTerminalDEMO",
                          "password": "demo-tbank-password"}),
        "yookassa" => json!({"base_url": path("yookassa/main/v3/"), "shop_id": "100500",
                             "secret_key": "test_demo-yookassa-key", "networks": ["127.0.0.0/8"]}),
        "cloudpayments" => json!({"base_url": path("cloudpayments/main/"), "public_id": "pk_demo",
                                  "api_secret": "demo-cloudpayments-secret"}),
        "robokassa" => json!({"base_url": path("robokassa/Merchant/"), "merchant_login": "demo-shop",
                              "password1": "demo-robokassa-1", "password2": "demo-robokassa-2"}),
        "stripe" => json!({"base_url": path("stripe/main/"), "secret_key": "sk_test_demo",
                           "webhook_secret": "whsec_demo-stripe-secret"}),
        other => panic!("{other}"),
    };
    settings["bank"] = bank.into();
    settings
}

/// Everything a test needs.
pub(crate) struct Stand {
    pub(crate) bank: &'static str,
    account: &'static str,
    pub(crate) port: Arc<dyn BankPort>,
    pub(crate) control: Control,
    heard: Arc<Mutex<Vec<Reading>>>,
    _running: Running,
}

impl Stand {
    pub(crate) async fn new((bank, account): (&'static str, &'static str)) -> Self {
        let merchant = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", merchant.local_addr().unwrap());
        let options = Options::demo("127.0.0.1:0".parse().unwrap(), &address);
        let running = sverka_simulator::start(options).await.unwrap();
        let table = settings(bank, &running.url());
        let port = build(serde_json::from_value::<BankSettings>(table).unwrap()).unwrap();
        let control = Control::new(running.url()).unwrap();
        let quick = Told {
            retry_interval_ms: Some(20),
            ..Told::default()
        };
        control.set_bank(bank, account, &quick).await.unwrap();
        let heard = Arc::new(Mutex::new(Vec::new()));
        tokio::spawn(listen(merchant, Arc::clone(&port), Arc::clone(&heard)));
        Self {
            bank,
            account,
            port,
            control,
            heard,
            _running: running,
        }
    }

    /// Registers an order through the adapter and opens its page, which is what makes it at some banks. Gives the
    /// bank's id of it, where the bank gives one.
    pub(crate) async fn register(&self, number: &str) -> Option<String> {
        let order = NewOrder {
            order_number: number.to_owned(),
            amount: Money::new(SUM, Currency::RUB),
            description: Some("Абонемент & вода".to_owned()),
            return_url: "https://club.example/back?a=1".to_owned(),
            idempotency_key: format!("key-{number}"),
            email: Some("client@example.com".to_owned()),
            phone: Some("+71234567890".to_owned()),
            now: now(),
            valid_until: Some(now() + jiff::SignedDuration::from_hours(1)),
        };
        let registered = self.port.register(&order).await.unwrap();
        let page = reqwest::Client::builder().no_proxy().build().unwrap();
        let opened = page.get(&registered.payment_url).send().await.unwrap();
        assert_eq!(opened.status(), 200, "{}", self.bank);
        assert!(
            opened.text().await.unwrap().contains("4\u{a0}500,00"),
            "{}",
            self.bank
        );
        registered.bank_order_id
    }

    pub(crate) async fn act(&self, number: &str, verb: Verb, how: &Move) {
        let done = self.control.act(self.bank, self.account, number, verb, how).await;
        assert!(done.is_ok(), "{} {verb:?}: {done:?}", self.bank);
    }

    pub(crate) async fn ask(&self, number: &str, id: Option<&str>) -> Answered {
        let question = Question {
            order_number: number.to_owned(),
            bank_order_id: id.map(str::to_owned),
            amount: Money::new(SUM, Currency::RUB),
            created_at: now(),
            now: now(),
        };
        let answered = self.port.ask(&question).await;
        answered.unwrap_or_else(|error| panic!("{} {error}", self.bank))
    }

    /// The status by the number and by the id, which have to agree.
    pub(crate) async fn status(&self, number: &str, id: Option<&str>) -> Option<BankStatus> {
        let told = self.ask(number, None).await.fact;
        if id.is_some() {
            assert_eq!(self.ask(number, id).await.fact, told, "{}", self.bank);
        }
        told.map(|fact| fact.status)
    }

    pub(crate) async fn fact(&self, number: &str) -> BankFact {
        let told = self.ask(number, None).await.fact;
        told.unwrap_or_else(|| panic!("{} knows nothing", self.bank))
    }

    /// What the merchant was told, once nothing is under way any more.
    pub(crate) async fn quiet(&self) -> Vec<Reading> {
        for _ in 0..400 {
            if self.control.callbacks().await.unwrap().pending == 0 {
                return std::mem::take(&mut *self.heard.lock().unwrap());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{}: notifications never came to rest", self.bank);
    }
}

#[expect(clippy::disallowed_methods, reason = "the simulator lives by the same clock")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

async fn listen(listener: TcpListener, port: Arc<dyn BankPort>, heard: Arc<Mutex<Vec<Reading>>>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(serve(stream, Arc::clone(&port), Arc::clone(&heard)));
    }
}

/// One request a connection, answered as the program would: by the adapter.
async fn serve(mut stream: TcpStream, port: Arc<dyn BankPort>, heard: Arc<Mutex<Vec<Reading>>>) {
    let Some(raw) = read(&mut stream).await else {
        return;
    };
    let reading = port.read(&raw);
    let genuine = reading.genuineness == sverka_app::ports::bank::Genuineness::Genuine;
    let reply = if genuine {
        port.acknowledge(&raw)
    } else {
        port.refuse()
    };
    heard.lock().unwrap().push(reading);
    let answer = format!(
        "HTTP/1.1 {} X\r\ncontent-type: {}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{}",
        reply.status,
        reply.content_type,
        reply.body.len(),
        reply.body
    );
    let _ = stream.write_all(answer.as_bytes()).await;
}

async fn read(stream: &mut TcpStream) -> Option<RawCallback> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    let split = loop {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = end {
            break end;
        }
        match stream.read(&mut chunk).await.ok()? {
            0 => return None,
            count => bytes.extend_from_slice(&chunk[..count]),
        }
    };
    let head = String::from_utf8(bytes[..split].to_vec()).ok()?;
    let headers: Vec<(String, String)> = head
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length: usize = length.map_or(0, |(_, value)| value.parse().unwrap());
    let mut body = bytes.split_off(split + 4);
    while body.len() < length {
        match stream.read(&mut chunk).await.ok()? {
            0 => return None,
            count => body.extend_from_slice(&chunk[..count]),
        }
    }
    let (method, rest) = head.split_once(' ')?;
    let target = rest.split(' ').next()?;
    Some(RawCallback {
        method: method.to_owned(),
        query: target.split_once('?').map_or("", |(_, query)| query).to_owned(),
        body,
        headers,
        from: Some(IpAddr::V4(Ipv4Addr::LOCALHOST)),
    })
}
