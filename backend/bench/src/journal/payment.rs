//! One attempt, brought to its state by the same news as a real one.

use jiff::{SignedDuration, Timestamp};
use serde_json::Map;
use sverka_domain::attempt::{Attempt, AttemptState, BankFact, Effect, Event, Outcome, apply};
use sverka_domain::client::Client;
use sverka_domain::delivery::{Delivery, DeliveryKind, DeliveryState};
use sverka_domain::ids::{AttemptId, DeliveryId};
use sverka_domain::money::{Currency, Money};
use sverka_domain::status::{BankStatus, CrmStatus};

use super::chance::Chance;
use super::names;
use super::recipe::{ACCOUNTS, Journal, Kind, PAYMENT_TYPES};

/// The connection that everything went through.
const CONNECTION: &str = "crm";

/// An attempt with its deliveries.
#[derive(Debug, Clone)]
pub struct Payment {
    /// The attempt.
    pub attempt: Attempt,
    /// Whether a person has to look at it.
    pub needs_attention: bool,
    /// Its deliveries, the payment's first.
    pub deliveries: Vec<Delivery>,
}

/// How an attempt of an ended journal ended, with its share of a thousand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Paid,
    PaidWithoutNotification,
    PaidOtherSum,
    Refunded,
    PartiallyRefunded,
    Reversed,
    Authorized,
    Declined,
    Expired,
    Abandoned,
    Pending,
    Created,
}

const ENDS: [(End, u64); 12] = [
    (End::Paid, 700),
    (End::PaidWithoutNotification, 20),
    (End::PaidOtherSum, 2),
    (End::Refunded, 20),
    (End::PartiallyRefunded, 10),
    (End::Reversed, 5),
    (End::Authorized, 3),
    (End::Declined, 110),
    (End::Expired, 60),
    (End::Abandoned, 40),
    (End::Pending, 20),
    (End::Created, 10),
];

impl Payment {
    pub(super) fn new(journal: &Journal, nth: u64) -> Self {
        let mut chance = Chance::of(journal.seed, nth);
        let (from, width) = journal.place(nth);
        let at = from + i64::try_from(chance.below(width.unsigned_abs())).unwrap_or(0);
        let at = Timestamp::from_microsecond(at).expect("a time");
        let mut payment = Self {
            attempt: attempt(journal, nth, at, &mut chance),
            needs_attention: false,
            deliveries: Vec::new(),
        };
        match journal.kind {
            Kind::Ended => payment.end(&mut chance),
            Kind::WaitingForNotification => {
                // As with most banks: the app registered the order, and told its number.
                payment.bank_numbers(&mut chance);
                payment.attempt.rrn = None;
                payment.began();
                payment.attempt.next_query_at = Some(journal.until + SignedDuration::from_hours(24 * 365));
            }
            Kind::WaitingForQuestion => {
                payment.began();
                // All of them are due when the journal ends.
                payment.attempt.next_query_at = Some(at);
            }
            Kind::WaitingForDelivery => {
                payment.began();
                payment.notified(&mut chance, BankStatus::Paid);
                payment.answered(BankStatus::Paid, None, 120);
                for delivery in &mut payment.deliveries {
                    delivery.body = None;
                    // All of them are due when the journal ends.
                    delivery.next_try_at = at;
                }
            }
        }
        payment
    }

    fn end(&mut self, chance: &mut Chance) {
        let end = chance.weighed(&ENDS);
        if end == End::Created {
            return;
        }
        self.began();
        let amount = self.attempt.state.amount.amount;
        match end {
            End::Created | End::Pending => {}
            End::Paid => self.paid(chance),
            End::PaidWithoutNotification => {
                self.bank_numbers(chance);
                self.answered(BankStatus::Paid, None, 900);
            }
            End::PaidOtherSum => {
                self.bank_numbers(chance);
                let other = Money::new(amount / 2, self.attempt.state.amount.currency);
                self.news(&Event::BankAnswered {
                    fact: Some(BankFact {
                        amount: Some(other),
                        ..fact(BankStatus::Paid, None)
                    }),
                    at: self.later(900),
                });
            }
            End::Refunded => {
                self.paid(chance);
                self.answered(BankStatus::Refunded, Some(amount), 86_400);
            }
            End::PartiallyRefunded => {
                self.paid(chance);
                self.answered(BankStatus::PartiallyRefunded, Some(amount / 2), 86_400);
            }
            End::Reversed => {
                self.paid(chance);
                self.answered(BankStatus::Reversed, None, 7200);
            }
            End::Authorized => self.notified(chance, BankStatus::Authorized),
            End::Declined => {
                self.notified(chance, BankStatus::Declined);
                self.answered(BankStatus::Declined, None, 1300);
            }
            End::Expired => self.answered(BankStatus::Expired, None, 1300),
            End::Abandoned => {
                let at = self.later(600);
                self.news(&Event::AppReported {
                    status: BankStatus::Abandoned,
                    at,
                });
            }
        }
        self.pass_on(chance);
    }

    fn paid(&mut self, chance: &mut Chance) {
        self.notified(chance, BankStatus::Paid);
        self.answered(BankStatus::Paid, None, 120);
    }

    fn began(&mut self) {
        let at = self.later(2);
        self.news(&Event::AppReported {
            status: BankStatus::Pending,
            at,
        });
    }

    fn notified(&mut self, chance: &mut Chance, status: BankStatus) {
        self.bank_numbers(chance);
        let at = self.later(60);
        self.news(&Event::Notified {
            fact: fact(status, None),
            at,
        });
    }

    fn answered(&mut self, status: BankStatus, refunded: Option<i64>, after: i64) {
        let at = self.later(after);
        self.attempt.last_query_at = Some(at);
        self.news(&Event::BankAnswered {
            fact: Some(fact(status, refunded)),
            at,
        });
    }

    fn bank_numbers(&mut self, chance: &mut Chance) {
        if self.attempt.bank_order_id.is_none() {
            let id = chance.id(self.attempt.created_at.as_millisecond());
            self.attempt.bank_order_id = Some(match self.attempt.bank.as_str() {
                "sber" => id.to_string(),
                _ => format!("{}", 100_000_000_000 + chance.below(900_000_000_000)),
            });
            self.attempt.rrn = Some(format!("{:012}", chance.below(1_000_000_000_000)));
        }
    }

    fn later(&self, seconds: i64) -> Timestamp {
        self.attempt.created_at + SignedDuration::from_secs(seconds)
    }

    fn news(&mut self, event: &Event) {
        let outcome = apply(&self.attempt.state, event).expect("nobody refuses the bank's news");
        let Outcome::Moved(moved) = outcome else { return };
        self.attempt.state = moved.state;
        self.attempt.version += 1;
        let at = match event {
            Event::AppReported { at, .. }
            | Event::Notified { at, .. }
            | Event::Hinted { at, .. }
            | Event::BankAnswered { at, .. }
            | Event::Listed { at, .. }
            | Event::Overridden { at, .. } => *at,
            Event::Suspected | Event::Delivered { .. } => self.attempt.updated_at,
        };
        self.attempt.updated_at = at;
        for effect in moved.effects {
            match effect {
                Effect::PassOnPayment => {
                    self.queue(DeliveryKind::Payment, self.attempt.state.amount.amount, at)
                }
                Effect::PassOnRefund { amount } => self.queue(DeliveryKind::Refund, amount, at),
                Effect::WithdrawPayment | Effect::AskBank => {}
            }
        }
        if !self.deliveries.is_empty() && self.attempt.state.crm_status == CrmStatus::NotDue {
            self.attempt.state.crm_status = CrmStatus::Queued;
        }
    }

    fn queue(&mut self, kind: DeliveryKind, amount: i64, at: Timestamp) {
        let nth = self.deliveries.len() as u64;
        let attempt = &self.attempt;
        // As unlike another's as the attempt's own id, which differs from it in kind only.
        let id = Chance::of(attempt.id.0.as_u64_pair().1, nth).id(at.as_millisecond());
        self.deliveries.push(Delivery {
            id: DeliveryId(id),
            attempt_id: attempt.id,
            kind,
            after: self.deliveries.first().map(|first| first.id),
            connection: Some(CONNECTION.to_owned()),
            amount: Money::new(amount, attempt.state.amount.currency),
            body: None,
            state: DeliveryState::Queued,
            attention: None,
            tries: 0,
            doubts: 0,
            look_ups: 0,
            slow_tries: 0,
            is_cleared: false,
            next_try_at: at,
            lease: None,
            document_ref: None,
            document_key: None,
            linked_by: None,
            client_key: None,
            ruled_out: Vec::new(),
            hold: None,
            sweep_at: None,
            sweeps: 0,
            last_error: None,
            created_at: at,
            updated_at: at,
            version: 1,
        });
    }

    /// What the accounting system made of it.
    fn pass_on(&mut self, chance: &mut Chance) {
        if self.deliveries.is_empty() {
            self.needs_attention = self.attempt.state.attention.is_some();
            return;
        }
        let place = chance.below(1000);
        let (crm, state) = match place {
            0..5 => (CrmStatus::NeedsAttention, DeliveryState::NeedsAttention),
            5..10 => (CrmStatus::PostedByHand, DeliveryState::PostedByHand),
            _ => (CrmStatus::Synced, DeliveryState::Synced),
        };
        let document =
            (state == DeliveryState::Synced).then(|| format!("ПЛ-{:08}", chance.below(100_000_000)));
        for delivery in &mut self.deliveries {
            delivery.state = state;
            delivery.tries = 1;
            delivery.version = 3;
            delivery.updated_at = delivery.created_at + SignedDuration::from_secs(1);
            delivery.body = Some(body(&self.attempt, delivery));
            delivery.document_ref.clone_from(&document);
            if state == DeliveryState::NeedsAttention {
                delivery.last_error = Some("the client is not known".to_owned());
            }
        }
        self.attempt.state.crm_status = crm;
        self.attempt.state.crm_document_ref = document;
        self.attempt.version += 1;
        self.needs_attention = self.attempt.state.attention.is_some() || crm == CrmStatus::NeedsAttention;
    }
}

fn attempt(journal: &Journal, nth: u64, at: Timestamp, chance: &mut Chance) -> Attempt {
    let (bank, account) = match journal.kind {
        Kind::Ended => chance.weighed(&ACCOUNTS),
        Kind::WaitingForNotification | Kind::WaitingForDelivery | Kind::WaitingForQuestion => {
            ("sber", "main")
        }
    };
    let number = chance.below(1_000_000);
    let amount = (1 + chance.below(300)) * 10_000;
    Attempt {
        id: AttemptId(chance.id(at.as_millisecond())),
        merchant: "main".to_owned(),
        order_number: format!("{}-{nth:08}", prefix(journal)),
        bank: bank.to_owned(),
        bank_account: account.to_owned(),
        bank_order_id: None,
        rrn: None,
        payment_url: None,
        payment_type: chance.weighed(&PAYMENT_TYPES).to_owned(),
        client: Client {
            name: names::full(chance, journal.rows),
            phone: chance
                .permille(970)
                .then(|| format!("+79{:09}", chance.below(1_000_000_000))),
            email: chance.permille(600).then(|| format!("client{number}@example.ru")),
            external_id: chance.permille(500).then(|| format!("{number}")),
        },
        description: chance.permille(300).then(|| "Абонемент на три месяца".to_owned()),
        metadata: Map::new(),
        state: AttemptState::new(Money::new(i64::try_from(amount).unwrap_or(0), Currency::RUB)),
        next_query_at: None,
        last_query_at: None,
        last_query_error: None,
        created_at: at,
        updated_at: at,
        version: 1,
    }
}

/// Journals of different kinds and seeds share no order numbers.
fn prefix(journal: &Journal) -> String {
    let kind = match journal.kind {
        Kind::Ended => "J",
        Kind::WaitingForNotification => "N",
        Kind::WaitingForDelivery => "D",
        Kind::WaitingForQuestion => "Q",
    };
    format!("{kind}{}", journal.seed)
}

fn fact(status: BankStatus, refunded: Option<i64>) -> BankFact {
    BankFact {
        status,
        amount: None,
        refunded,
        paid_at: None,
    }
}

/// About as long as a real one.
fn body(attempt: &Attempt, delivery: &Delivery) -> Vec<u8> {
    let text = format!(
        r#"{{"type":"{}.succeeded","data":{{"id":"{}","attempt_id":"{}","order_number":"{}","amount":{}}}}}"#,
        delivery.kind, delivery.id, attempt.id, attempt.order_number, delivery.amount.amount
    );
    text.into_bytes()
}
