//! A bank and an accounting system of the past: they say what the story of a seeded attempt needs.
//!
//! The seeded journal is told through the same use cases as any other, with a clock that stands in the past.

use std::sync::Mutex;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use sverka_app::ports::accounting::{AccountingPort, Check, Class, Order, Outgoing, Profile, Sent};
use sverka_app::ports::bank::{
    Answered, BankError, BankPort, CallbackReply, Genuineness, NewOrder, Question, RawCallback, Reading,
    Registered, Says,
};
use sverka_domain::attempt::BankFact;
use sverka_domain::delivery::Verdict;
use sverka_domain::polling::PollPolicy;

/// A bank that says what it was told to.
pub(super) struct PastBank {
    policy: PollPolicy,
    answer: Mutex<Option<BankFact>>,
}

impl PastBank {
    pub(super) fn new() -> Self {
        Self {
            policy: PollPolicy::card_gateway(),
            answer: Mutex::new(None),
        }
    }

    /// What it says next.
    pub(super) fn will_say(&self, fact: Option<BankFact>) {
        *self
            .answer
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = fact;
    }

    fn says(&self) -> Option<BankFact> {
        self.answer
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone()
    }
}

fn reply(status: u16, body: &str) -> CallbackReply {
    CallbackReply {
        status,
        content_type: "text/plain",
        body: body.to_owned(),
    }
}

#[async_trait]
impl BankPort for PastBank {
    fn read(&self, raw: &RawCallback) -> Reading {
        let number = raw
            .query
            .split('&')
            .find_map(|pair| pair.split_once("orderNumber="))
            .map(|(_, n)| n.to_owned());
        let says = self.says().map_or(Says::Hint { payment: false }, Says::Fact);
        Reading {
            genuineness: Genuineness::Genuine,
            order_number: number,
            bank_order_id: None,
            says,
        }
    }

    fn acknowledge(&self, _: &RawCallback) -> CallbackReply {
        reply(200, "OK")
    }

    fn refuse(&self) -> CallbackReply {
        reply(403, "")
    }

    async fn ask(&self, _: &Question) -> Result<Answered, BankError> {
        Ok(Answered {
            fact: self.says(),
            bank_order_id: None,
            code: None,
            message: None,
            rrn: None,
        })
    }

    async fn register(&self, _: &NewOrder) -> Result<Registered, BankError> {
        Err(BankError::Refused("the past cannot be changed".to_owned()))
    }

    fn self_test(&self, order_number: &str, _: Timestamp) -> RawCallback {
        RawCallback {
            method: "GET".to_owned(),
            query: format!("orderNumber={order_number}"),
            body: Vec::new(),
            headers: Vec::new(),
            from: None,
        }
    }

    fn policy(&self) -> &PollPolicy {
        &self.policy
    }

    fn questions_per_second(&self) -> u32 {
        1
    }
}

/// An accounting system that gives the verdict it was told to.
pub(super) struct PastAccounting(Mutex<Verdict>);

impl PastAccounting {
    pub(super) fn new() -> Self {
        Self(Mutex::new(Verdict::Applied { document_ref: None }))
    }

    /// Its next verdict.
    pub(super) fn will_say(&self, verdict: Verdict) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = verdict;
    }
}

#[async_trait]
impl AccountingPort for PastAccounting {
    fn profile(&self) -> Profile {
        Profile {
            class: Class::KeyEnforced,
            settling: SignedDuration::ZERO,
            longest_try: SignedDuration::from_secs(1),
            looks_up: false,
            matches_clients: false,
            is_strict: false,
        }
    }

    fn compose(&self, order: &Order) -> Vec<u8> {
        format!("{{\"seeded\":\"{}\"}}", order.attempt.order_number).into_bytes()
    }

    async fn send(&self, _: &Outgoing) -> Sent {
        let verdict = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone();
        let http_status = match &verdict {
            Verdict::Applied { .. } | Verdict::AlreadyThere { .. } => Some(200),
            Verdict::Refused { .. } => Some(422),
            Verdict::NotApplied { .. }
            | Verdict::Unknown { .. }
            | Verdict::Unposted { .. }
            | Verdict::LikelyRefused { .. }
            | Verdict::Busy { .. }
            | Verdict::Held { .. }
            | Verdict::ConnectionRefused { .. } => None,
        };
        Sent {
            verdict,
            document_key: None,
            http_status,
            answer: None,
        }
    }

    async fn self_test(&self, _: Option<Order>, _: Timestamp) -> Vec<Check> {
        Vec::new()
    }
}
