//! An account at an RBS gateway, as the bank port.

use async_trait::async_trait;
use jiff::Timestamp;
use sverka_app::ports::bank::{
    Abilities, Answered, BankError, BankPort, CallbackReply, NewOrder, Question, RawCallback, Reading,
    Registered,
};
use sverka_domain::polling::PollPolicy;
use url::Url;

use super::settings::{AccountCurrency, Credentials, RbsSettings, verifier};
use super::signature::Verifier;
use super::{callback, map, register, self_test, wire};
use crate::settings::{SettingsError, base_url, questions_per_second};
use crate::transport::Transport;

/// An account at an RBS gateway.
#[derive(Debug)]
pub(crate) struct Gateway {
    transport: Transport,
    base_url: Url,
    credentials: Credentials,
    verifier: Verifier,
    currency: AccountCurrency,
    policy: PollPolicy,
    questions_per_second: u32,
}

impl Gateway {
    /// From settings and the bank's own rhythm.
    pub(crate) fn new(settings: RbsSettings, policy: PollPolicy) -> Result<Self, SettingsError> {
        Ok(Self {
            transport: Transport::new(settings.ca_certificates.as_deref(), settings.timeout_seconds)?,
            base_url: base_url(&settings.base_url)?,
            credentials: Credentials::new(&settings)?,
            verifier: verifier(&settings)?,
            currency: AccountCurrency::new(settings.currency.as_deref())?,
            policy,
            questions_per_second: questions_per_second(settings.questions_per_second)?,
        })
    }

    /// Calls a method once, with our credentials.
    async fn call(&self, method: &str, fields: &[(&str, &str)]) -> Result<String, BankError> {
        let url = self.base_url.join(method);
        let url = url.map_err(|_| BankError::Refused("base_url is not an address".to_owned()))?;
        let mut form = self.credentials.fields();
        form.extend_from_slice(fields);
        self.transport.post_form(url, &form).await
    }

    async fn ask_by(&self, field: (&str, &str), question: &Question) -> Result<Answered, BankError> {
        let body = self.call("getOrderStatusExtended.do", &[field]).await?;
        let status = wire::status(&body)?;
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

#[async_trait]
impl BankPort for Gateway {
    fn read(&self, raw: &RawCallback) -> Reading {
        callback::read(raw, &self.verifier, self.currency.currency)
    }

    fn acknowledge(&self, _: &RawCallback) -> CallbackReply {
        reply(200, "OK")
    }

    /// Anything but 200 is a failure to the gateway, so a callback that we took for a forgery because of
    /// a wrong key comes again.
    fn refuse(&self) -> CallbackReply {
        reply(403, "checksum is wrong")
    }

    async fn ask(&self, question: &Question) -> Result<Answered, BankError> {
        let number = ("orderNumber", question.order_number.as_str());
        let Some(id) = &question.bank_order_id else {
            return self.ask_by(number, question).await;
        };
        let answered = self.ask_by(("orderId", id), question).await?;
        // An id that the bank does not know came from elsewhere; the order may be there all the same.
        if answered.fact.is_none() && self.credentials.may_ask_by_number() {
            return self.ask_by(number, question).await;
        }
        Ok(answered)
    }

    async fn register(&self, order: &NewOrder) -> Result<Registered, BankError> {
        let amount = order.amount.amount.to_string();
        let fields = register::fields(order, &amount, &self.currency)?;
        let body = self.call("register.do", &fields).await?;
        register::registered(wire::registration(&body)?)
    }

    fn abilities(&self) -> Abilities {
        Abilities {
            signs_self_test: self.verifier.can_sign(),
            ..Abilities::default()
        }
    }

    fn self_test(&self, order_number: &str, now: Timestamp) -> RawCallback {
        self_test::notification(&self.verifier, order_number, now)
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
