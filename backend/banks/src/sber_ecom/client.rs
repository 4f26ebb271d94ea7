//! An account at Sber's new gateway, as the bank port.

use async_trait::async_trait;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use sverka_app::ports::bank::{
    Abilities, Answered, BankError, BankPort, CallbackReply, Genuineness, NewOrder, Question, RawCallback,
    Reading, Registered, Says,
};
use sverka_domain::polling::PollPolicy;
use url::Url;

use super::settings::SberEcomSettings;
use crate::rbs::register::{Registering, registered};
use crate::rbs::settings::AccountCurrency;
use crate::rbs::signature::Verifier;
use crate::rbs::wire::Status;
use crate::rbs::{json, map, wire};
use crate::settings::{Secret, SettingsError, base_url, questions_per_second};
use crate::transport::{Request, Transport};

/// An account at the new gateway.
#[derive(Debug)]
pub(crate) struct SberEcom {
    transport: Transport,
    base_url: Url,
    user_name: String,
    password: Secret,
    verifier: Verifier,
    currency: AccountCurrency,
    policy: PollPolicy,
    questions_per_second: u32,
}

/// An account at Sber's new gateway.
pub(crate) fn account(settings: SberEcomSettings) -> Result<SberEcom, SettingsError> {
    settings.check()?;
    Ok(SberEcom {
        transport: Transport::new(settings.ca_certificates.as_deref(), settings.timeout_seconds)?,
        base_url: base_url(&settings.base_url)?,
        user_name: settings.user_name,
        password: settings.password,
        verifier: settings.callback_secret.map_or(Verifier::None, Verifier::Hmac),
        currency: AccountCurrency::new(settings.currency.as_deref(), None)?,
        // Three tries a minute apart, and then a callback is lost: the rhythm of card gateways fits.
        policy: PollPolicy::card_gateway(),
        questions_per_second: questions_per_second(settings.questions_per_second)?,
    })
}

impl SberEcom {
    /// Calls a method once, with our credentials. The language is fixed, since one answer is told by its words only.
    async fn call(&self, method: &str, fields: Map<String, Value>) -> Result<String, BankError> {
        let url = self.base_url.join(method);
        let url = url.map_err(|_| BankError::Refused("base_url is not an address".to_owned()))?;
        let mut body = fields;
        body.insert("userName".to_owned(), Value::from(self.user_name.as_str()));
        body.insert("password".to_owned(), Value::from(self.password.expose()));
        body.insert("language".to_owned(), Value::from("ru"));
        let body = Value::Object(body);
        self.transport.send(Request::json(url, &body)).await?.good()
    }

    /// The gateway takes exactly one of `orderId` and `orderNumber`.
    async fn ask_by(&self, name: &str, value: &str, question: &Question) -> Result<Answered, BankError> {
        let fields = Map::from_iter([(name.to_owned(), Value::from(value))]);
        let body = self.call("getOrderStatusExtended.do", fields).await?;
        let status = wire::status(&body)?;
        if is_unknown(&status) {
            return Ok(map::unknown(&status));
        }
        if let Some(number) = &status.order_number
            && *number != question.order_number
        {
            return Err(BankError::Unavailable(
                "the answer is about another order".to_owned(),
            ));
        }
        map::answered(&status, self.currency.currency)
    }
}

/// Codes 5 and 9 stand for "no such order" as well as for wrong credentials, and only the words tell them apart. Words that
/// we do not know are a refusal, so that a change of the wording is seen and never passes for an order that is not there.
fn is_unknown(status: &Status) -> bool {
    let words = status.error_text.as_deref().unwrap_or_default();
    status.order_status.is_none()
        && matches!(status.error_code, 5 | 9)
        && words.to_lowercase().contains("заказ не найден")
}

#[async_trait]
impl BankPort for SberEcom {
    fn read(&self, raw: &RawCallback) -> Reading {
        if raw.method.eq_ignore_ascii_case("POST") {
            return json::read(&raw.body, &self.verifier);
        }
        Reading {
            genuineness: Genuineness::Unsigned,
            order_number: None,
            bank_order_id: None,
            says: Says::Nothing,
        }
    }

    fn acknowledge(&self, _: &RawCallback) -> CallbackReply {
        reply(200, "OK")
    }

    fn refuse(&self) -> CallbackReply {
        reply(403, "not a callback")
    }

    async fn ask(&self, question: &Question) -> Result<Answered, BankError> {
        if let Some(id) = &question.bank_order_id {
            let answered = self.ask_by("orderId", id, question).await?;
            if answered.fact.is_some() {
                return Ok(answered);
            }
        }
        // An id that the bank does not know came from elsewhere; the order may be there all the same.
        self.ask_by("orderNumber", &question.order_number, question).await
    }

    async fn register(&self, order: &NewOrder) -> Result<Registered, BankError> {
        let fields = fields(Registering::new(order, &self.currency)?);
        let body = self.call("register.do", fields).await?;
        registered(wire::registration(&body)?)
    }

    fn abilities(&self) -> Abilities {
        Abilities {
            signs_self_test: self.verifier.can_sign(),
            ..Abilities::default()
        }
    }

    /// A refused try (`status` 0) of an order that does not exist: whatever happens to it, it can mark nothing paid.
    fn self_test(&self, order_number: &str, now: Timestamp) -> RawCallback {
        let mut body = json!({
            "mdOrder": format!("self-test-{}", now.as_microsecond()),
            "orderNumber": order_number,
            "operation": "deposited",
            "status": 0,
        });
        if let Some(checksum) = self.verifier.checksum(&json::scalars(&body)) {
            body["checksum"] = Value::from(checksum);
        }
        RawCallback {
            method: "POST".to_owned(),
            query: String::new(),
            body: body.to_string().into_bytes(),
            headers: vec![("content-type".to_owned(), "application/json".to_owned())],
            from: None,
        }
    }

    fn policy(&self) -> &PollPolicy {
        &self.policy
    }

    fn questions_per_second(&self) -> u32 {
        self.questions_per_second
    }
}

/// The fields of `register.do`, each in its JSON type.
fn fields(order: Registering<'_>) -> Map<String, Value> {
    let all = [
        ("orderNumber", Some(Value::from(order.order_number))),
        ("amount", Some(Value::from(order.amount))),
        ("currency", order.currency.map(Value::from)),
        ("returnUrl", Some(Value::from(order.return_url))),
        ("description", order.description.map(Value::from)),
        ("sessionTimeoutSecs", order.session_timeout_secs.map(Value::from)),
        (
            "jsonParams",
            Some(Value::Object(order.params)).filter(|params| *params != json!({})),
        ),
    ];
    let told = all
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    told.collect()
}

fn reply(status: u16, body: &str) -> CallbackReply {
    CallbackReply {
        status,
        content_type: "text/plain; charset=utf-8",
        body: body.to_owned(),
    }
}
