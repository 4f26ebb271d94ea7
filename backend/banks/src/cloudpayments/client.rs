//! An account at CloudPayments, as the bank port.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sverka_app::ports::bank::{
    Abilities, Answered, BankError, BankPort, CallbackReply, Listed, NewOrder, Question, RawCallback,
    Reading, Registered,
};
use sverka_domain::polling::{LateSuccess, PollPolicy};
use url::Url;

use super::settings::CloudPaymentsSettings;
use super::wire::{self, Kind, Transaction};
use super::{callback, list, map, register, self_test};
use crate::settings::{Secret, SettingsError, base_url, questions_per_second};
use crate::transport::{Request, Transport};

/// Refunds of one payment are looked for on so many pages; past that their sum is not known.
const MOST_PAGES: u32 = 20;

/// An account at CloudPayments.
#[derive(Debug)]
pub(crate) struct CloudPayments {
    transport: Transport,
    base_url: Url,
    public_id: String,
    secret: Secret,
    two_stage: bool,
    policy: PollPolicy,
    questions_per_second: u32,
}

/// An account at CloudPayments.
pub(crate) fn account(settings: CloudPaymentsSettings) -> Result<CloudPayments, SettingsError> {
    settings.check()?;
    Ok(CloudPayments {
        transport: Transport::new(settings.ca_certificates.as_deref(), settings.timeout_seconds)?,
        base_url: base_url(&settings.base_url)?,
        public_id: settings.public_id,
        secret: settings.api_secret,
        two_stage: settings.two_stage.unwrap_or(false),
        policy: policy(),
        questions_per_second: questions_per_second(settings.questions_per_second)?,
    })
}

/// There is no order whose life could end, and the payer may try again under the same number days later.
fn policy() -> PollPolicy {
    PollPolicy {
        order_life: SignedDuration::from_hours(24),
        late_success: LateSuccess::within(SignedDuration::from_hours(7 * 24)),
        ..PollPolicy::card_gateway()
    }
}

impl CloudPayments {
    fn url(&self, path: &str) -> Result<Url, BankError> {
        let url = self.base_url.join(path);
        url.map_err(|_| BankError::Refused("base_url is not an address".to_owned()))
    }

    /// Asks once, as the site.
    async fn call(&self, path: &str, question: &Value) -> Result<String, BankError> {
        let request = Request::json(self.url(path)?, question).user(&self.public_id, &self.secret);
        self.transport.send(request).await?.good()
    }

    async fn by_id(&self, id: &str) -> Result<Option<Transaction>, BankError> {
        // Ids are whole numbers; anything else came from elsewhere and is not known there.
        let Ok(id) = id.parse::<u64>() else {
            return Ok(None);
        };
        wire::one(&self.call("payments/get", &json!({"TransactionId": id})).await?)
    }

    /// The last operation under the shop's number; the second version knows refunds too.
    async fn last(&self, number: &str) -> Result<Option<Transaction>, BankError> {
        let body = self
            .call("v2/payments/find", &json!({"InvoiceId": number}))
            .await?;
        let found = wire::one(&body)?;
        match found.as_ref().and_then(|one| one.invoice.as_deref()) {
            Some(invoice) if invoice != number => Err(BankError::Unavailable(
                "the answer is about another order".to_owned(),
            )),
            _ => Ok(found.filter(|one| one.kind != Kind::Other)),
        }
    }

    /// The payment that counts: a known one that has the money before a later refused try.
    async fn payment(
        &self,
        question: &Question,
        last: &Transaction,
    ) -> Result<Option<Transaction>, BankError> {
        if let (Kind::Refund, Some(original)) = (last.kind, &last.original) {
            return self.by_id(original).await;
        }
        let known = question.bank_order_id.as_ref().filter(|id| **id != last.id);
        if last.status == "Declined"
            && let Some(known) = known
            && let Some(known) = self.by_id(known).await?
        {
            return Ok(Some(known));
        }
        Ok(Some(last.clone()))
    }

    /// How much of a payment went back; none when there are more operations than can be looked through.
    async fn back(
        &self,
        payment: &Transaction,
        last: &Transaction,
        question: &Question,
    ) -> Result<Option<i64>, BankError> {
        let last_refund = last.kind == Kind::Refund && last.status == "Completed";
        if payment.status != "Completed" || (!payment.refunded && last.kind != Kind::Refund) {
            return Ok(Some(0));
        }
        if last_refund && last.amount == payment.amount {
            return Ok(Some(last.amount.amount));
        }
        let from = payment.created_at.unwrap_or(question.created_at);
        let to = last
            .created_at
            .filter(|_| last_refund)
            .unwrap_or(question.now.max(from));
        // Their clock and ours may differ.
        let slack = SignedDuration::from_mins(5);
        let mut operations = vec![last.clone()];
        for page in 1..=MOST_PAGES {
            let found = self.page(from - slack, to + slack, page).await?;
            let more = list::is_full(&found);
            operations.extend(found);
            if !more {
                return map::back(payment, &operations).map(Some);
            }
        }
        Ok(None)
    }

    async fn page(&self, from: Timestamp, to: Timestamp, page: u32) -> Result<Vec<Transaction>, BankError> {
        let question = list::question(from, to, page);
        wire::many(&self.call("v2/payments/list", &question).await?)
    }
}

#[async_trait]
impl BankPort for CloudPayments {
    fn read(&self, raw: &RawCallback) -> Reading {
        callback::read(raw, &self.secret)
    }

    /// Also the answer to a Check: whether the order is the right one is for the app to have seen to, since a wrong
    /// answer here would refuse the payment.
    fn acknowledge(&self, _: &RawCallback) -> CallbackReply {
        reply(200, r#"{"code":0}"#)
    }

    /// Anything but code 0 is sent again, so that what we took for a forgery because of a wrong key comes again.
    fn refuse(&self) -> CallbackReply {
        reply(403, r#"{"code":13}"#)
    }

    async fn ask(&self, question: &Question) -> Result<Answered, BankError> {
        let mut last = self.last(&question.order_number).await?;
        if last.is_none()
            && let Some(id) = &question.bank_order_id
        {
            last = self.by_id(id).await?;
        }
        let Some(last) = last else {
            return Ok(map::unknown());
        };
        let Some(payment) = self.payment(question, &last).await? else {
            return Ok(map::unknown());
        };
        let back = self.back(&payment, &last, question).await?;
        Ok(map::answered(&payment, back))
    }

    async fn register(&self, order: &NewOrder) -> Result<Registered, BankError> {
        let amount = order.amount.to_decimal();
        let fields = register::fields(order, &amount, self.two_stage);
        let request = Request::form(self.url("orders/create")?, &fields)
            .user(&self.public_id, &self.secret)
            .header("X-Request-ID", &order.idempotency_key);
        let body = self.transport.send(request).await?.good()?;
        Ok(Registered {
            // The order's own id is not that of the payment to come.
            bank_order_id: None,
            payment_url: wire::page(&body)?,
        })
    }

    /// A registration may be repeated within the hour for which the bank keeps the answer under our key.
    fn abilities(&self) -> Abilities {
        Abilities {
            lists: Some(list::LONGEST),
            repeats_registration: true,
            signs_self_test: true,
            ..Abilities::default()
        }
    }

    async fn list(&self, from: Timestamp, to: Timestamp, cursor: Option<&str>) -> Result<Listed, BankError> {
        let page = list::page(cursor)?;
        let found = self.page(from, to, page).await?;
        Ok(list::listed(&found, to, page))
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
        content_type: "application/json",
        body: body.to_owned(),
    }
}
