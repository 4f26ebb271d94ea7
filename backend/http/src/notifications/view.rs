//! A notification as the API shows it.

use jiff::Timestamp;
use serde::Serialize;
use sverka_app::callbacks::ReadAgain;
use sverka_app::ports::bank::{Genuineness, Reading, Says};
use sverka_app::ports::store::{Notification, NotificationVerdict};
use sverka_domain::ids::{AttemptId, NotificationId};
use sverka_domain::money::Money;
use sverka_domain::status::BankStatus;
use utoipa::ToSchema;

/// One notification, in short.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NotificationView {
    id: NotificationId,
    /// Code of the bank.
    bank: String,
    /// Name of the bank account whose address it came to.
    bank_account: String,
    /// When it came first.
    #[schema(value_type = String, format = DateTime)]
    received_at: Timestamp,
    method: String,
    verdict: NotificationVerdict,
    /// The order number in it.
    #[schema(required = true)]
    order_number: Option<String>,
    /// The bank order id in it.
    #[schema(required = true)]
    bank_order_id: Option<String>,
    #[schema(required = true)]
    attempt_id: Option<AttemptId>,
    /// How many times the very same came again.
    repeats: u32,
    #[schema(required = true)]
    remote_addr: Option<String>,
    /// When its raw form was dropped, as old as it was: query, body, headers and the sender's address are empty then.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    raw_dropped_at: Option<Timestamp>,
}

/// How it stands with the signature.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum GenuinenessView {
    /// The signature is good.
    Genuine,
    /// There is no signature.
    Unsigned,
    /// The signature is wrong.
    Forged,
}

/// What kind of thing it says.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum SaysView {
    /// Something that the signature covers.
    Fact,
    /// Something to ask the bank about.
    Hint,
    /// Nothing about a payment.
    Nothing,
}

/// A notification as it is read now, with today's secrets.
#[derive(Debug, Serialize, ToSchema)]
struct ReadingView {
    genuineness: GenuinenessView,
    says: SaysView,
    /// Of a fact.
    #[schema(required = true)]
    bank_status: Option<BankStatus>,
    /// Of a fact.
    #[schema(required = true)]
    amount: Option<Money>,
}

/// One notification, raw.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NotificationDetail {
    #[serde(flatten)]
    notification: NotificationView,
    /// The raw query string.
    query: String,
    /// The raw body; bytes that are not UTF-8 are shown as U+FFFD.
    body: String,
    /// Names and values of the headers that are kept.
    headers: Vec<[String; 2]>,
    /// As it is read now; null when its bank account is not configured any more, or its raw form was dropped.
    #[schema(required = true)]
    reading: Option<ReadingView>,
}

impl From<Notification> for NotificationView {
    fn from(notification: Notification) -> Self {
        Self {
            id: notification.id,
            bank: notification.account.bank,
            bank_account: notification.account.account,
            received_at: notification.received_at,
            method: notification.raw.method,
            verdict: notification.verdict,
            order_number: notification.order_number,
            bank_order_id: notification.bank_order_id,
            attempt_id: notification.attempt_id,
            repeats: notification.repeats,
            remote_addr: notification.raw.from.map(|from| from.to_string()),
            raw_dropped_at: notification.raw_dropped_at,
        }
    }
}

impl From<ReadAgain> for NotificationDetail {
    fn from(shown: ReadAgain) -> Self {
        let raw = &shown.notification.raw;
        let headers = raw.headers.iter();
        Self {
            query: raw.query.clone(),
            body: String::from_utf8_lossy(&raw.body).into_owned(),
            headers: headers
                .map(|(name, value)| [name.clone(), value.clone()])
                .collect(),
            reading: shown.reading.map(ReadingView::from),
            notification: shown.notification.into(),
        }
    }
}

impl From<Reading> for ReadingView {
    fn from(reading: Reading) -> Self {
        let (says, fact) = match reading.says {
            Says::Fact(fact) => (SaysView::Fact, Some(fact)),
            Says::Hint { .. } => (SaysView::Hint, None),
            Says::Nothing => (SaysView::Nothing, None),
        };
        Self {
            genuineness: match reading.genuineness {
                Genuineness::Genuine => GenuinenessView::Genuine,
                Genuineness::Unsigned => GenuinenessView::Unsigned,
                Genuineness::Forged => GenuinenessView::Forged,
            },
            says,
            bank_status: fact.as_ref().map(|fact| fact.status),
            amount: fact.and_then(|fact| fact.amount),
        }
    }
}
