//! A shop at YooKassa, as the bank port.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use sverka_app::ports::bank::{
    Abilities, Answered, BankError, BankPort, CallbackReply, Listed, NewOrder, Question, RawCallback,
    Reading, Registered,
};
use sverka_domain::polling::{LateSuccess, PollPolicy, PollStep};
use url::Url;

use super::lines::Place;
use super::networks::Networks;
use super::settings::YooKassaSettings;
use super::wire::{self, Payment};
use super::{callback, create, lines, map, self_test};
use crate::settings::{Secret, SettingsError, base_url, questions_per_second};
use crate::transport::{Answer, Request, Transport};

/// Their clock and ours may differ, and an app may record an attempt after it made the payment.
const SLACK: SignedDuration = SignedDuration::from_hours(1);
/// Payments of an order are made while the client tries to pay.
const PAYING: SignedDuration = SignedDuration::from_hours(24);
/// Pages of a hundred that are looked through for one order; more is not a question but a load.
const MOST_PAGES: usize = 50;
/// The longest period of a list in one call.
const LONGEST_PERIOD: SignedDuration = SignedDuration::from_hours(7 * 24);
const PAGE: &str = "100";

/// A shop at YooKassa.
#[derive(Debug)]
pub(crate) struct YooKassa {
    transport: Transport,
    base_url: Url,
    shop_id: String,
    secret_key: Secret,
    networks: Networks,
    order_number_key: String,
    policy: PollPolicy,
    questions_per_second: u32,
}

/// A shop at YooKassa.
pub(crate) fn account(settings: YooKassaSettings) -> Result<YooKassa, SettingsError> {
    settings.check()?;
    Ok(YooKassa {
        transport: Transport::new(settings.ca_certificates.as_deref(), settings.timeout_seconds)?,
        base_url: base_url(&settings.base_url)?,
        networks: Networks::new(settings.networks.as_deref())?,
        order_number_key: settings.order_number_key().to_owned(),
        shop_id: settings.shop_id,
        secret_key: settings.secret_key,
        policy: policy(),
        questions_per_second: questions_per_second(settings.questions_per_second)?,
    })
}

/// A payment is confirmed within an hour or cancelled, and a cancelled one stays so: a later success is another
/// payment of the same order. Missed notifications come again for a day.
fn policy() -> PollPolicy {
    let step = |minutes, seconds| PollStep {
        younger_than: SignedDuration::from_mins(minutes),
        every: SignedDuration::from_secs(seconds),
    };
    PollPolicy {
        steps: vec![
            step(3, 20),
            step(10, 35),
            step(30, 90),
            step(70, 150),
            step(24 * 60, 1800),
        ],
        order_life: SignedDuration::from_hours(1),
        late_success: LateSuccess::within(SignedDuration::from_hours(24)),
        ..PollPolicy::card_gateway()
    }
}

impl YooKassa {
    fn url(&self, path: &[&str], query: &[(&str, &str)]) -> Result<Url, BankError> {
        let mut url = self.base_url.clone();
        url.path_segments_mut()
            .map_err(|()| BankError::Refused("base_url is not an address".to_owned()))?
            .pop_if_empty()
            .extend(path);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Ok(url)
    }

    async fn get(&self, path: &[&str], query: &[(&str, &str)]) -> Result<Answer, BankError> {
        let request = Request::get(self.url(path, query)?).user(&self.shop_id, &self.secret_key);
        self.transport.send(request).await
    }

    /// The payment of an id; nothing where there is none.
    async fn payment(&self, id: &str) -> Result<Option<Payment>, BankError> {
        let answer = self.get(&["payments", id], &[]).await?;
        if answer.status == 404 {
            return Ok(None);
        }
        wire::payment(&text(answer)?, &self.order_number_key).map(Some)
    }

    /// Payments of an order, by the number in their metadata: YooKassa has no look-up by it.
    async fn by_number(&self, question: &Question) -> Result<Vec<Payment>, BankError> {
        let from = (question.created_at - SLACK).to_string();
        let till = (question.created_at + PAYING).min(question.now.max(question.created_at) + SLACK);
        let till = till.to_string();
        let mut cursor: Option<String> = None;
        let mut found = Vec::new();
        for _ in 0..MOST_PAGES {
            let mut query = vec![
                ("created_at.gte", from.as_str()),
                ("created_at.lt", &till),
                ("limit", PAGE),
            ];
            query.extend(cursor.as_deref().map(|cursor| ("cursor", cursor)));
            let page = text(self.get(&["payments"], &query).await?)?;
            let page = wire::payments(&page, &self.order_number_key)?;
            let of_order = |one: &Payment| one.order_number.as_deref() == Some(&question.order_number);
            found.extend(page.items.into_iter().filter(of_order));
            cursor = page.next_cursor;
            if cursor.is_none() {
                return Ok(found);
            }
        }
        Err(BankError::Unavailable(format!(
            "more than {MOST_PAGES} pages of payments to look through; let the app report the payment's id"
        )))
    }

    async fn page(
        &self,
        what: &str,
        time: &str,
        (from, to): (Timestamp, Timestamp),
        cursor: Option<&str>,
    ) -> Result<String, BankError> {
        let (from, to) = (from.to_string(), to.to_string());
        let (gte, lt) = (format!("{time}.gte"), format!("{time}.lt"));
        let mut query = vec![
            (gte.as_str(), from.as_str()),
            (&lt, &to),
            ("status", "succeeded"),
            ("limit", PAGE),
        ];
        query.extend(cursor.map(|cursor| ("cursor", cursor)));
        text(self.get(&[what], &query).await?)
    }
}

/// The text of a good answer; a refusal in YooKassa's own words. 202 is an old way to say "not yet".
fn text(answer: Answer) -> Result<String, BankError> {
    if answer.status == 202 {
        return Err(BankError::Unavailable("HTTP 202: not done yet".to_owned()));
    }
    let refused = answer.status.is_client_error() && answer.status != 429;
    match wire::refusal(&answer.body).filter(|_| refused) {
        Some(words) => Err(BankError::Refused(format!(
            "HTTP {}: {words}",
            answer.status.as_u16()
        ))),
        None => answer.good(),
    }
}

#[async_trait]
impl BankPort for YooKassa {
    fn read(&self, raw: &RawCallback) -> Reading {
        callback::read(raw, &self.networks, &self.order_number_key)
    }

    fn acknowledge(&self, _: &RawCallback) -> CallbackReply {
        reply(200, "OK")
    }

    fn refuse(&self) -> CallbackReply {
        reply(403, "the sender is not YooKassa")
    }

    /// By the id where it is known. Without it, or when that payment is over without money, by the number: the
    /// client may have paid by another payment of the order.
    async fn ask(&self, question: &Question) -> Result<Answered, BankError> {
        let mut found = Vec::new();
        if let Some(id) = question.bank_order_id.as_deref().filter(|id| callback::is_id(id))
            && let Some(payment) = self.payment(id).await?
        {
            if payment
                .order_number
                .as_ref()
                .is_some_and(|number| *number != question.order_number)
            {
                return Err(BankError::Unavailable(
                    "the answer is about another order".to_owned(),
                ));
            }
            found.push(payment);
        }
        if found.iter().all(map::is_over) {
            found.extend(self.by_number(question).await?);
        }
        Ok(map::answered(found))
    }

    async fn register(&self, order: &NewOrder) -> Result<Registered, BankError> {
        let body = create::body(order, &self.order_number_key)?;
        let request = Request::json(self.url(&["payments"], &[])?, &body)
            .user(&self.shop_id, &self.secret_key)
            .header("Idempotence-Key", &order.idempotency_key);
        let answer = text(self.transport.send(request).await?)?;
        create::registered(wire::payment(&answer, &self.order_number_key)?)
    }

    fn abilities(&self) -> Abilities {
        Abilities {
            lists: Some(LONGEST_PERIOD),
            repeats_registration: true,
            ..Abilities::default()
        }
    }

    async fn list(&self, from: Timestamp, to: Timestamp, cursor: Option<&str>) -> Result<Listed, BankError> {
        let place = Place::read(cursor)
            .ok_or_else(|| BankError::Refused("the cursor is not one of ours".to_owned()))?;
        match place {
            Place::Payments(cursor) => {
                let page = self
                    .page("payments", "captured_at", (from, to), cursor.as_deref())
                    .await?;
                let page = wire::payments(&page, &self.order_number_key)?;
                Ok(lines::of_payments(page, from, to))
            }
            Place::Refunds(cursor) => {
                let page = self
                    .page("refunds", "created_at", (from, to), cursor.as_deref())
                    .await?;
                Ok(lines::of_refunds(wire::refunds(&page)?, from, to))
            }
        }
    }

    fn self_test(&self, order_number: &str, now: Timestamp) -> RawCallback {
        self_test::notification(&self.order_number_key, order_number, now)
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
