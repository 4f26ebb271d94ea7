//! Every adapter meets the simulator over HTTP. The two are written by different people from the same bank document, so
//! what one of them misread shows here.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod banks;
mod merchant;
mod own_ways;

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use sverka_app::ports::bank::{Answered, BankPort, Genuineness, NewOrder, Question, Reading, Says};
use sverka_banks::build;
use sverka_domain::money::{Currency, Money};
use sverka_domain::registry::{Line, LineKind};
use sverka_domain::status::BankStatus;
use sverka_simulator::api::{Move, Verb};
use sverka_simulator::client::Control;
use sverka_simulator::{Options, Running};

use crate::banks::{BANKS, Bank};
use crate::merchant::Merchant;

const SUM: i64 = 499_000;

#[expect(
    clippy::disallowed_methods,
    reason = "the simulator has the real clock, so its merchant has it too"
)]
fn now() -> Timestamp {
    Timestamp::now()
}

/// A simulator, its merchant, and one account of ours.
struct Stand {
    bank: Bank,
    port: Arc<dyn BankPort>,
    merchant: Merchant,
    control: Control,
    running: Running,
    http: reqwest::Client,
}

impl Stand {
    async fn new(bank: Bank) -> Self {
        let merchant = Merchant::start().await;
        let options = Options::demo("127.0.0.1:0".parse().unwrap(), &merchant.base);
        let running = sverka_simulator::start(options).await.unwrap();
        let port = build((bank.settings)(&running.url())).unwrap();
        merchant.answers_as(Arc::clone(&port));
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::limited(3))
            .build()
            .unwrap();
        Self {
            bank,
            port,
            merchant,
            control: Control::new(running.url()).unwrap(),
            running,
            http,
        }
    }

    async fn make(&self, number: &str) {
        let new = sverka_simulator::api::NewOrder {
            order_number: number.to_owned(),
            amount: SUM,
            ..Default::default()
        };
        let (bank, account) = (self.bank.code, self.bank.account);
        self.control.create_order(bank, account, &new).await.unwrap();
    }

    async fn act(&self, number: &str, verb: Verb, how: &Move) {
        let (bank, account) = (self.bank.code, self.bank.account);
        self.control.act(bank, account, number, verb, how).await.unwrap();
    }

    async fn ask(&self, number: &str, known: Option<String>) -> Answered {
        let question = Question {
            order_number: number.to_owned(),
            bank_order_id: known,
            amount: Money::new(SUM, Currency::RUB),
            created_at: now() - SignedDuration::from_mins(1),
            now: now(),
        };
        let answered = self.port.ask(&question).await;
        answered.unwrap_or_else(|error| panic!("{} {number}: {error}", self.bank.code))
    }

    async fn status(&self, number: &str) -> Option<BankStatus> {
        self.ask(number, None).await.fact.map(|fact| fact.status)
    }

    /// The notifications so far, as our account reads them, once all have come.
    async fn readings(&self) -> Vec<Reading> {
        for _ in 0..200 {
            if self.control.callbacks().await.unwrap().pending == 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let log = self.control.callbacks().await.unwrap();
        assert_eq!(
            log.pending, 0,
            "{}: every notification was taken in",
            self.bank.code
        );
        let heard = self.merchant.heard();
        heard.iter().map(|raw| self.port.read(raw)).collect()
    }

    async fn lines(&self) -> Vec<Line> {
        let (from, to) = (
            now() - SignedDuration::from_hours(1),
            now() + SignedDuration::from_mins(1),
        );
        let mut lines = Vec::new();
        let mut cursor = None;
        loop {
            let page = self.port.list(from, to, cursor.as_deref()).await.unwrap();
            lines.extend(page.lines);
            match page.next {
                Some(next) => cursor = Some(next),
                None => return lines,
            }
        }
    }

    async fn stop(self) {
        self.running.stop().await;
    }
}

fn order(number: &str) -> NewOrder {
    NewOrder {
        order_number: number.to_owned(),
        amount: Money::new(SUM, Currency::RUB),
        description: Some("Абонемент & вода".to_owned()),
        return_url: "http://shop.example/back?a=1".to_owned(),
        idempotency_key: format!("key-{number}"),
        email: Some("client@example.com".to_owned()),
        phone: None,
        now: now(),
        valid_until: None,
    }
}

#[tokio::test]
async fn an_order_is_registered_paid_on_the_page_and_told_of() {
    for bank in BANKS {
        let stand = Stand::new(bank).await;
        let code = bank.code;
        let registered = stand.port.register(&order("101")).await;
        let registered = registered.unwrap_or_else(|error| panic!("{code}: {error}"));
        if stand.port.abilities().repeats_registration {
            let again = stand.port.register(&order("101")).await.unwrap();
            assert_eq!(again, registered, "{code}");
        }
        // A computed address leads to the page on the first visit.
        let page = stand.http.get(&registered.payment_url).send().await.unwrap();
        let address = page.url().clone();
        let text = page.text().await.unwrap();
        assert!(text.contains("4\u{a0}990,00"), "{code}: {address} {text}");
        let pay = [("action", "pay")];
        // The shop that the page leads back to is not there.
        let _ = stand.http.post(address).form(&pay).send().await;

        let answered = stand.ask("101", registered.bank_order_id).await;
        let fact = answered.fact.unwrap_or_else(|| panic!("{code}: unknown"));
        assert_eq!((fact.status, fact.refunded), (BankStatus::Paid, None), "{code}");
        assert_eq!(fact.amount, Some(Money::new(SUM, Currency::RUB)), "{code}");

        let readings = stand.readings().await;
        assert!(!readings.is_empty(), "{code}");
        for reading in readings {
            assert_eq!(reading.genuineness, bank.proof, "{code} {reading:?}");
            assert_eq!(reading.order_number.as_deref(), Some("101"), "{code}");
            if let Says::Fact(told) = reading.says {
                let right = told.amount.is_none_or(|sum| sum.amount == SUM);
                assert!(right, "{code} {told:?}");
            }
        }
        stand.stop().await;
    }
}

#[tokio::test]
async fn a_refund_is_seen_where_the_bank_shows_it_and_the_books_have_both() {
    for bank in BANKS {
        let stand = Stand::new(bank).await;
        let code = bank.code;
        stand.make("102").await;
        stand.act("102", Verb::Pay, &Move::default()).await;
        stand.act("102", Verb::Refund, &Move::of(99_000)).await;
        let fact = stand.ask("102", None).await.fact.unwrap();
        if bank.shows_refunds {
            assert_eq!(
                (fact.status, fact.refunded),
                (BankStatus::PartiallyRefunded, Some(99_000)),
                "{code}"
            );
        } else {
            assert_eq!(fact.status, BankStatus::Paid, "{code}");
        }
        // T-Bank tells what is left, so the whole is not told.
        let whole = fact.amount.is_none_or(|sum| sum.amount == SUM);
        assert!(whole, "{code} {fact:?}");
        let readings = stand.readings().await;
        assert!(readings.iter().all(|one| one.genuineness == bank.proof), "{code}");
        if stand.port.abilities().lists.is_some() {
            let lines = stand.lines().await;
            let mut booked: Vec<_> = lines.iter().map(|line| (line.kind, line.amount.amount)).collect();
            booked.sort_by_key(|(kind, _)| *kind != LineKind::Payment);
            assert_eq!(
                booked,
                [(LineKind::Payment, SUM), (LineKind::Refund, 99_000)],
                "{code}"
            );
            let named =
                |line: &Line| line.order_number.as_deref() == Some("102") || line.bank_order_id.is_some();
            assert!(lines.iter().all(named), "{code} {lines:?}");
        }
        stand.act("102", Verb::Refund, &Move::default()).await;
        if bank.shows_refunds {
            let fact = stand.ask("102", None).await.fact.unwrap();
            assert_eq!(fact.status, BankStatus::Refunded, "{code}");
            assert!(fact.refunded.is_none_or(|sum| sum == SUM), "{code} {fact:?}");
        }
        stand.stop().await;
    }
}

#[tokio::test]
async fn refusals_holds_and_releases_are_understood() {
    for bank in BANKS {
        let stand = Stand::new(bank).await;
        let code = bank.code;
        assert_eq!(
            stand.status("103").await,
            None,
            "{code}: an order that nobody made"
        );
        stand.make("104").await;
        let fresh = stand.status("104").await;
        let unpaid = [None, Some(BankStatus::Created), Some(BankStatus::Pending)];
        assert!(unpaid.contains(&fresh), "{code} {fresh:?}");
        stand.act("104", Verb::Decline, &Move::default()).await;
        assert_eq!(stand.status("104").await, bank.refused, "{code}");
        // A refusal can become a payment.
        stand.act("104", Verb::Pay, &Move::default()).await;
        assert_eq!(stand.status("104").await, Some(BankStatus::Paid), "{code}");

        stand.make("105").await;
        stand.act("105", Verb::Hold, &Move::default()).await;
        assert_eq!(stand.status("105").await, Some(BankStatus::Authorized), "{code}");
        stand.act("105", Verb::Reverse, &Move::default()).await;
        assert_eq!(stand.status("105").await, bank.released, "{code}");

        for reading in stand.readings().await {
            assert_eq!(reading.genuineness, bank.proof, "{code} {reading:?}");
        }
        stand.stop().await;
    }
}

#[tokio::test]
async fn a_forged_notification_is_never_believed() {
    for bank in BANKS {
        let stand = Stand::new(bank).await;
        stand.make("106").await;
        let (code, account) = (bank.code, bank.account);
        let _ = stand.merchant.heard();
        stand.control.forge(code, account, "106").await.unwrap();
        for _ in 0..100 {
            if !stand.merchant.heard().is_empty() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let forged = stand.merchant.heard();
        assert!(!forged.is_empty(), "{code}");
        for raw in &forged {
            let reading = stand.port.read(raw);
            // Without a signature a forgery is told apart only by asking, so it must not be a fact.
            let harmless =
                reading.genuineness == Genuineness::Forged || !matches!(reading.says, Says::Fact(_));
            assert!(harmless, "{code} {reading:?}");
        }
        stand.stop().await;
    }
}
