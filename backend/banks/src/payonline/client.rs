//! An account at PayOnline, as the bank port.

use async_trait::async_trait;
use jiff::Timestamp;
use sverka_app::ports::bank::{
    Abilities, Answered, BankError, BankPort, CallbackReply, Listed, NewOrder, Question, RawCallback,
    Reading, Registered,
};
use sverka_domain::polling::PollPolicy;
use url::Url;

use super::period::{Period, of_paying, of_refunds};
use super::settings::PayOnlineSettings;
use super::wire::{self, DATE, State, Transaction};
use super::{books, callback, map, page, self_test, signature};
use crate::settings::{Secret, SettingsError, base_url, questions_per_second};
use crate::transport::Transport;

const ALL_STATES: &str = "PreAuthorized,Pending,Settled,Voided,Declined";

/// An account at PayOnline.
#[derive(Debug)]
pub(crate) struct PayOnline {
    transport: Transport,
    base_url: Url,
    merchant_id: String,
    secret: Secret,
    language: String,
    policy: PollPolicy,
    questions_per_second: u32,
}

/// An account at PayOnline.
pub(crate) fn account(settings: PayOnlineSettings) -> Result<PayOnline, SettingsError> {
    PayOnline::new(settings)
}

impl PayOnline {
    fn new(settings: PayOnlineSettings) -> Result<Self, SettingsError> {
        settings.check()?;
        Ok(Self {
            transport: Transport::new(settings.ca_certificates.as_deref(), settings.timeout_seconds)?,
            base_url: base_url(&settings.base_url)?,
            merchant_id: settings.merchant_id,
            secret: settings.private_security_key,
            language: settings.language.unwrap_or_else(|| "ru".to_owned()),
            policy: PollPolicy::card_gateway(),
            questions_per_second: questions_per_second(settings.questions_per_second)?,
        })
    }

    /// Calls a method once; the fields are signed in the order given.
    async fn call(&self, path: &str, fields: &[(&str, &str)]) -> Result<String, BankError> {
        let url = self.base_url.join(path);
        let url = url.map_err(|_| BankError::Refused("base_url is not an address".to_owned()))?;
        let mut form = vec![("MerchantId", self.merchant_id.as_str())];
        form.extend_from_slice(fields);
        let signed: Vec<_> = form
            .iter()
            .map(|(name, value)| (*name, value.as_bytes()))
            .collect();
        let key = signature::security_key(&signed, &self.secret);
        form.extend([("SecurityKey", key.as_str()), ("ContentType", "text")]);
        self.transport.post_form(url, &form).await
    }

    async fn search(&self, by: (&str, &str), order_number: &str) -> Result<Vec<Transaction>, BankError> {
        let found = wire::search(&self.call("payment/search/", &[by]).await?)?;
        Ok(of_order(found, order_number))
    }

    async fn transactions(&self, period: Period, kind: &str) -> Result<Vec<Transaction>, BankError> {
        let (from, till) = (
            period.0.strftime(DATE).to_string(),
            period.1.strftime(DATE).to_string(),
        );
        let fields = [
            ("DateFrom", from.as_str()),
            ("DateTill", &till),
            ("Type", kind),
            ("Status", ALL_STATES),
        ];
        wire::list(&self.call("payment/transaction/list/", &fields).await?)
    }

    async fn of_period(
        &self,
        period: Period,
        kind: &str,
        order_number: &str,
    ) -> Result<Vec<Transaction>, BankError> {
        let listed = self.transactions(period, kind).await?;
        Ok(of_order(listed, order_number))
    }

    /// Good payments by Search: by our number, or else by the transaction that a notification named.
    async fn good(&self, question: &Question) -> Result<Vec<Transaction>, BankError> {
        let number = question.order_number.as_str();
        let found = self.search(("OrderId", number), number).await?;
        if !found.is_empty() {
            return Ok(found);
        }
        match &question.bank_order_id {
            Some(id) => self.search(("TransactionId", id), number).await,
            None => Ok(found),
        }
    }

    /// Refunds are transactions of their own and possible only once the money was taken.
    async fn refunds(
        &self,
        good: &[Transaction],
        question: &Question,
    ) -> Result<Vec<Transaction>, BankError> {
        let mut refunds = Vec::new();
        if let Some(payment) = good.first().filter(|one| one.state == State::Settled) {
            let paid_at = payment.at.unwrap_or(question.created_at);
            for period in of_refunds(paid_at, question.now) {
                refunds.extend(self.of_period(period, "Refund", &question.order_number).await?);
            }
        }
        Ok(refunds)
    }
}

fn of_order(transactions: Vec<Transaction>, order_number: &str) -> Vec<Transaction> {
    transactions
        .into_iter()
        .filter(|one| one.order_number == order_number)
        .collect()
}

#[async_trait]
impl BankPort for PayOnline {
    fn read(&self, raw: &RawCallback) -> Reading {
        callback::read(raw, &self.secret)
    }

    fn acknowledge(&self, _: &RawCallback) -> CallbackReply {
        reply(200, "OK")
    }

    fn refuse(&self) -> CallbackReply {
        reply(403, "SecurityKey is wrong")
    }

    /// Search knows good payments whenever they were made; refusals and cancellations are only in List,
    /// which is asked about the days in which the client tries to pay.
    async fn ask(&self, question: &Question) -> Result<Answered, BankError> {
        let mut found = self.good(question).await?;
        if found.is_empty() {
            let period = of_paying(question.created_at, question.now);
            found = self.of_period(period, "Purchase", &question.order_number).await?;
        }
        let good = map::good(found.clone());
        if good.is_empty() {
            return Ok(map::unpaid(&found));
        }
        let refunds = self.refunds(&good, question).await?;
        map::paid(&good, &refunds)
    }

    async fn register(&self, order: &NewOrder) -> Result<Registered, BankError> {
        page::page(
            &self.base_url,
            &self.language,
            &self.merchant_id,
            &self.secret,
            order,
        )
    }

    fn abilities(&self) -> Abilities {
        Abilities {
            lists: Some(books::LONGEST),
            repeats_registration: true,
            signs_self_test: true,
            ..Abilities::default()
        }
    }

    async fn list(&self, from: Timestamp, to: Timestamp, cursor: Option<&str>) -> Result<Listed, BankError> {
        let page = books::Page::read(cursor)?;
        let period = books::period(from, to)?;
        let transactions = self.transactions(period, page.kind()).await?;
        let lines = transactions
            .into_iter()
            .filter_map(|one| books::line(one, from, to));
        Ok(Listed {
            lines: lines.collect::<Result<_, _>>()?,
            next: page.next(),
        })
    }

    fn self_test(&self, order_number: &str, now: Timestamp) -> RawCallback {
        self_test::notification(&self.secret, order_number, now)
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
