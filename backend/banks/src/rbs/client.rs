//! An account at an RBS gateway, as the bank port.

use async_trait::async_trait;
use jiff::Timestamp;
use sverka_app::ports::bank::{
    Abilities, Answered, BankError, BankPort, CallbackReply, Listed, NewOrder, Question, RawCallback,
    Reading, Registered,
};
use sverka_domain::polling::PollPolicy;
use url::Url;

use super::list::{self, Page, Period};
use super::register::Registering;
use super::settings::{AccountCurrency, Credentials, RbsSettings, verifier};
use super::signature::Verifier;
use super::{callback, map, register, self_test, wire};
use crate::settings::{SettingsError, base_url, questions_per_second};
use crate::transport::Transport;

/// What a bank has of its own.
#[derive(Debug, Clone)]
pub(crate) struct Profile {
    /// How often to ask.
    pub(crate) policy: PollPolicy,
    /// The number of its currency, where the settings do not say; none: it is left out of registrations.
    pub(crate) currency: Option<&'static str>,
}

/// An account at an RBS gateway.
#[derive(Debug)]
pub(crate) struct Gateway {
    transport: Transport,
    base_url: Url,
    credentials: Credentials,
    verifier: Verifier,
    currency: AccountCurrency,
    merchant_login: String,
    policy: PollPolicy,
    questions_per_second: u32,
}

impl Gateway {
    /// From settings and the bank's own ways.
    pub(crate) fn new(settings: RbsSettings, bank: Profile) -> Result<Self, SettingsError> {
        Ok(Self {
            transport: Transport::new(settings.ca_certificates.as_deref(), settings.timeout_seconds)?,
            base_url: base_url(&settings.base_url)?,
            credentials: Credentials::new(&settings)?,
            verifier: verifier(&settings)?,
            currency: AccountCurrency::new(settings.currency.as_deref(), bank.currency)?,
            merchant_login: settings.merchant_login.unwrap_or_default(),
            policy: bank.policy,
            questions_per_second: questions_per_second(settings.questions_per_second)?,
        })
    }

    /// Calls a method once, with our credentials.
    async fn call(&self, method: &str, fields: &[(&str, String)]) -> Result<String, BankError> {
        let url = self.base_url.join(method);
        let url = url.map_err(|_| BankError::Refused("base_url is not an address".to_owned()))?;
        let mut form = self.credentials.fields();
        form.extend(fields.iter().map(|(name, value)| (*name, value.as_str())));
        self.transport.post_form(url, &form).await
    }

    async fn ask_by(&self, field: (&str, &str), question: &Question) -> Result<Answered, BankError> {
        let body = self
            .call("getOrderStatusExtended.do", &[(field.0, field.1.to_owned())])
            .await?;
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
        let registering = Registering::new(order, &self.currency)?;
        let body = self.call("register.do", &registering.form()).await?;
        register::registered(wire::registration(&body)?)
    }

    fn abilities(&self) -> Abilities {
        Abilities {
            lists: Some(list::LONGEST),
            signs_self_test: self.verifier.can_sign(),
            ..Abilities::default()
        }
    }

    async fn list(&self, from: Timestamp, to: Timestamp, cursor: Option<&str>) -> Result<Listed, BankError> {
        let (page, period) = (Page::read(cursor)?, Period { from, to });
        let fields = page.fields(period, &self.merchant_login);
        let body = self.call("getLastOrdersForMerchants.do", &fields).await?;
        list::listed(&wire::orders(&body)?, page, period, self.currency.currency)
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
