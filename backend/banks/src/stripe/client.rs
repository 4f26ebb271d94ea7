//! An account at Stripe, as the bank port.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use sverka_app::ports::bank::{
    Abilities, Answered, BankError, BankPort, CallbackReply, Listed, NewOrder, Question, RawCallback,
    Reading, Registered,
};
use sverka_domain::polling::{LateSuccess, PollPolicy};
use url::Url;

use super::list::{self, Place};
use super::settings::StripeSettings;
use super::{callback, errors, map, register, self_test};
use crate::settings::{Secret, SettingsError, base_url, questions_per_second};
use crate::transport::{Request, Transport};

/// The version of the API whose shapes are read here, whatever the account's own is.
const VERSION: (&str, &str) = ("Stripe-Version", "2024-06-20");

/// An account at Stripe.
#[derive(Debug)]
pub(crate) struct Stripe {
    transport: Transport,
    base_url: Url,
    secret_key: Secret,
    webhook_secret: Option<Secret>,
    hold: bool,
    policy: PollPolicy,
    questions_per_second: u32,
}

/// An account at Stripe.
pub(crate) fn account(settings: StripeSettings) -> Result<Stripe, SettingsError> {
    settings.check()?;
    Ok(Stripe {
        transport: Transport::new(settings.ca_certificates.as_deref(), settings.timeout_seconds)?,
        base_url: base_url(&settings.base_url)?,
        secret_key: settings.secret_key,
        webhook_secret: settings.webhook_secret,
        hold: settings.hold.unwrap_or(false),
        policy: policy(),
        questions_per_second: questions_per_second(settings.questions_per_second)?,
    })
}

/// A session lives a day, and some ways to pay take days to succeed.
fn policy() -> PollPolicy {
    PollPolicy {
        order_life: SignedDuration::from_hours(24),
        late_success: LateSuccess::within(SignedDuration::from_hours(14 * 24)),
        ..PollPolicy::card_gateway()
    }
}

impl Stripe {
    fn url(&self, path: &[&str]) -> Result<Url, BankError> {
        let mut url = self.base_url.clone();
        url.path_segments_mut()
            .map_err(|()| BankError::Refused("base_url is not an address".to_owned()))?
            .pop_if_empty()
            .extend(path);
        Ok(url)
    }

    /// Asks once, with our key.
    async fn get(&self, mut url: Url, parameters: &[(&str, String)]) -> Result<Option<Value>, BankError> {
        url.query_pairs_mut().extend_pairs(parameters);
        let request = Request::get(url)
            .token(&self.secret_key)
            .header(VERSION.0, VERSION.1);
        errors::object(self.transport.send(request).await?)
    }

    /// By an id of a session or of an intent; none when Stripe does not know it.
    async fn by_id(&self, id: &str) -> Result<Option<(Value, Answered)>, BankError> {
        let expand = |what: &str| [("expand[]", what.to_owned())];
        if id.starts_with("cs_") {
            let url = self.url(&["v1", "checkout", "sessions", id])?;
            let found = self.get(url, &expand("payment_intent.latest_charge")).await?;
            return found
                .map(|found| map::session(&found).map(|answered| (found, answered)))
                .transpose();
        }
        if !id.starts_with("pi_") {
            return Ok(None);
        }
        let url = self.url(&["v1", "payment_intents", id])?;
        let found = self.get(url, &expand("latest_charge")).await?;
        found
            .map(|found| map::intent(&found).map(|answered| (found, answered)))
            .transpose()
    }

    /// By our number in the intents' metadata. Stripe's search is behind the truth by a minute or so.
    async fn by_number(&self, number: &str) -> Result<Option<Answered>, BankError> {
        let quoted = number.replace('\\', "\\\\").replace('\'', "\\'");
        let parameters = [
            ("query", format!("metadata['{}']:'{quoted}'", map::NUMBER)),
            ("limit", "100".to_owned()),
            ("expand[]", "data.latest_charge".to_owned()),
        ];
        let url = self.url(&["v1", "payment_intents", "search"])?;
        let found = self.get(url, &parameters).await?;
        let Some(found) = found.as_ref().and_then(|found| found["data"].as_array()) else {
            return Err(BankError::Unavailable("the answer is not a list".to_owned()));
        };
        // The search knows no case; our numbers do.
        let ours = found
            .iter()
            .filter(|one| map::order_number(one).as_deref() == Some(number));
        best(ours.map(map::intent).collect::<Result<_, _>>()?)
    }
}

/// The intent that counts: one that took the money, before one that holds it, before one under way, before the rest.
/// Sums are never added up: a second payment on one order is a mistake for a person to see.
fn best(mut answers: Vec<Answered>) -> Result<Option<Answered>, BankError> {
    use sverka_domain::status::BankStatus;
    let rank = |answer: &Answered| match answer.fact.as_ref().map(|fact| fact.status) {
        Some(status) if status.was_paid() => 0,
        Some(BankStatus::Authorized) => 1,
        Some(BankStatus::Pending) => 2,
        Some(BankStatus::Reversed) => 3,
        Some(BankStatus::Created) => 4,
        _ => 5,
    };
    let paid = answers.iter().filter(|answer| rank(answer) == 0).count();
    answers.sort_by_key(rank);
    let mut first = answers.into_iter().next();
    if let Some(first) = first.as_mut().filter(|_| paid > 1) {
        first.message = Some(format!("{paid} payment intents on one order took money"));
    }
    Ok(first)
}

#[async_trait]
impl BankPort for Stripe {
    fn read(&self, raw: &RawCallback) -> Reading {
        callback::read(raw, self.webhook_secret.as_ref())
    }

    fn acknowledge(&self, _: &RawCallback) -> CallbackReply {
        reply(200, r#"{"received":true}"#)
    }

    /// Anything but 2xx is sent again for days, so that what we took for a forgery because of a wrong secret comes again.
    fn refuse(&self) -> CallbackReply {
        reply(403, r#"{"error":"signature"}"#)
    }

    async fn ask(&self, question: &Question) -> Result<Answered, BankError> {
        if let Some(id) = &question.bank_order_id
            && let Some((found, answered)) = self.by_id(id).await?
        {
            return match map::order_number(&found) {
                Some(number) if number != question.order_number => Err(BankError::Unavailable(
                    "the answer is about another order".to_owned(),
                )),
                _ => Ok(answered),
            };
        }
        let found = self.by_number(&question.order_number).await?;
        Ok(found.unwrap_or(Answered {
            fact: None,
            bank_order_id: None,
            code: None,
            message: None,
            rrn: None,
        }))
    }

    async fn register(&self, order: &NewOrder) -> Result<Registered, BankError> {
        let fields = register::fields(order, self.hold)?;
        let form: Vec<_> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let request = Request::form(self.url(&["v1", "checkout", "sessions"])?, &form)
            .token(&self.secret_key)
            .header(VERSION.0, VERSION.1)
            .header("Idempotency-Key", &order.idempotency_key);
        let session = errors::object(self.transport.send(request).await?)?;
        register::registered(session.as_ref())
    }

    fn abilities(&self) -> Abilities {
        Abilities {
            lists: Some(list::LONGEST),
            repeats_registration: true,
            signs_self_test: self.webhook_secret.is_some(),
            ..Abilities::default()
        }
    }

    async fn list(&self, from: Timestamp, to: Timestamp, cursor: Option<&str>) -> Result<Listed, BankError> {
        let place = Place::read(cursor)?;
        let url = self.base_url.join(place.list.path());
        let url = url.map_err(|_| BankError::Refused("base_url is not an address".to_owned()))?;
        let page = self.get(url, &list::parameters(&place, from, to)).await?;
        list::listed(&place, &page.unwrap_or_default())
    }

    fn self_test(&self, order_number: &str, now: Timestamp) -> RawCallback {
        self_test::notification(self.webhook_secret.as_ref(), order_number, now)
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
        content_type: "application/json",
        body: body.to_owned(),
    }
}
