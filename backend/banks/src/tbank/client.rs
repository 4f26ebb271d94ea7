//! A terminal at T-Bank, as the bank port.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};
use sverka_app::ports::bank::{
    Abilities, Answered, BankError, BankPort, CallbackReply, NewOrder, Question, RawCallback, Reading,
    Registered,
};
use sverka_domain::polling::{PollPolicy, PollStep};
use url::Url;

use super::settings::TBankSettings;
use super::wire::{self, Called};
use super::{callback, init, map, self_test, token};
use crate::settings::{Secret, SettingsError, base_url, questions_per_second};
use crate::transport::{Request, Transport};

/// A terminal at T-Bank.
#[derive(Debug)]
pub(crate) struct TBank {
    transport: Transport,
    base_url: Url,
    terminal_key: String,
    password: Secret,
    notification_url: Option<String>,
    policy: PollPolicy,
    questions_per_second: u32,
}

/// A terminal at T-Bank.
pub(crate) fn account(settings: TBankSettings) -> Result<TBank, SettingsError> {
    settings.check()?;
    Ok(TBank {
        transport: Transport::new(settings.ca_certificates.as_deref(), settings.timeout_seconds)?,
        base_url: base_url(&settings.base_url)?,
        terminal_key: settings.terminal_key,
        password: settings.password,
        notification_url: settings.notification_url,
        policy: policy(),
        questions_per_second: questions_per_second(settings.questions_per_second)?,
    })
}

/// A page lives for a day and may wait for 3-D Secure for a day and a half; a notification that was missed comes
/// again by the hour.
fn policy() -> PollPolicy {
    let step = |minutes, seconds| PollStep {
        younger_than: SignedDuration::from_mins(minutes),
        every: SignedDuration::from_secs(seconds),
    };
    PollPolicy {
        steps: vec![
            step(3, 20),
            step(10, 40),
            step(60, 120),
            step(6 * 60, 900),
            step(36 * 60, 3600),
        ],
        order_life: SignedDuration::from_hours(36),
        ..PollPolicy::card_gateway()
    }
}

impl TBank {
    /// Calls a method once, under our token.
    async fn call(&self, method: &str, mut fields: Map<String, Value>) -> Result<String, BankError> {
        let url = self.base_url.join(method);
        let url = url.map_err(|_| BankError::Refused("base_url is not an address".to_owned()))?;
        fields.insert("TerminalKey".to_owned(), json!(self.terminal_key));
        let token = token::token(&fields, &self.password);
        fields.insert("Token".to_owned(), json!(token));
        let body = Value::Object(fields);
        self.transport.send(Request::json(url, &body)).await?.good()
    }

    /// All payments of an order: a client who was refused opens the page again, and that is another payment.
    async fn check_order(&self, question: &Question) -> Result<Answered, BankError> {
        let body = self
            .call("CheckOrder", one("OrderId", &question.order_number))
            .await?;
        Ok(match wire::order(&body, &question.order_number)? {
            Called::Done(payments) => map::answered(payments, question.amount),
            Called::NotFound { code, message } => map::unknown(Some(code), message),
        })
    }

    async fn get_state(&self, id: &str, question: &Question) -> Result<Answered, BankError> {
        let body = self.call("GetState", one("PaymentId", id)).await?;
        Ok(match wire::state(&body, &question.order_number)? {
            Called::Done(payment) => map::answered(vec![payment], question.amount),
            Called::NotFound { code, message } => map::unknown(Some(code), message),
        })
    }
}

fn one(name: &str, value: &str) -> Map<String, Value> {
    Map::from_iter([(name.to_owned(), json!(value))])
}

#[async_trait]
impl BankPort for TBank {
    fn read(&self, raw: &RawCallback) -> Reading {
        callback::read(raw, &self.terminal_key, &self.password)
    }

    /// Exactly this and nothing else, or the notification comes again.
    fn acknowledge(&self, _: &RawCallback) -> CallbackReply {
        reply(200, "OK")
    }

    fn refuse(&self) -> CallbackReply {
        reply(403, "Token is wrong")
    }

    /// The order, since a later payment of it may have succeeded; the payment we know of where the order tells
    /// nothing.
    async fn ask(&self, question: &Question) -> Result<Answered, BankError> {
        let answered = self.check_order(question).await?;
        match &question.bank_order_id {
            Some(id) if answered.fact.is_none() => self.get_state(id, question).await,
            _ => Ok(answered),
        }
    }

    async fn register(&self, order: &NewOrder) -> Result<Registered, BankError> {
        let fields = init::fields(order, self.notification_url.as_deref())?;
        init::registered(wire::opened(&self.call("Init", fields).await?)?)
    }

    fn abilities(&self) -> Abilities {
        Abilities {
            resends: true,
            signs_self_test: true,
            ..Abilities::default()
        }
    }

    async fn resend(&self) -> Result<(), BankError> {
        wire::done(&self.call("Resend", Map::new()).await?)
    }

    fn self_test(&self, order_number: &str, now: Timestamp) -> RawCallback {
        self_test::notification(&self.terminal_key, &self.password, order_number, now)
    }

    fn policy(&self) -> &PollPolicy {
        &self.policy
    }

    fn questions_per_second(&self) -> u32 {
        self.questions_per_second
    }
}

fn reply(status: u16, body: &str) -> CallbackReply {
    CallbackReply {
        status,
        content_type: "text/plain; charset=utf-8",
        body: body.to_owned(),
    }
}
