//! An entry of the timeline as the API shows it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sverka_app::ports::store::{
    ActorKind, EventKind, EventSource, Notification, NotificationVerdict, TimelineEntry, Try,
};
use sverka_domain::delivery::DeliveryKind;
use sverka_domain::ids::{DeliveryId, EventId, NotificationId};
use sverka_domain::status::{BankStatus, CrmStatus};
use utoipa::ToSchema;

/// Who did it.
#[derive(Debug, Serialize, ToSchema)]
struct ActorView {
    kind: ActorKind,
    #[schema(required = true)]
    id: Option<String>,
    #[schema(required = true)]
    name: Option<String>,
}

/// A change of the bank status.
#[derive(Debug, Serialize, ToSchema)]
struct BankStatusChange {
    from: BankStatus,
    to: BankStatus,
}

/// A change of the CRM status.
#[derive(Debug, Serialize, ToSchema)]
struct CrmStatusChange {
    from: CrmStatus,
    to: CrmStatus,
}

/// A notification as it came.
#[derive(Debug, Serialize, ToSchema)]
struct RawNotification {
    id: NotificationId,
    #[schema(value_type = String, format = DateTime)]
    received_at: Timestamp,
    method: String,
    /// The raw query string.
    query: String,
    /// The raw body; bytes that are not UTF-8 are shown as U+FFFD.
    body: String,
    headers: BTreeMap<String, String>,
    verdict: NotificationVerdict,
    /// How many times the very same came again.
    repeats: u32,
    #[schema(required = true)]
    remote_addr: Option<String>,
    /// When its raw form was dropped, as old as it was: query, body, headers and the sender's address are empty then.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    raw_dropped_at: Option<Timestamp>,
}

/// What a try came to.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum VerdictView {
    /// It was applied now.
    Applied,
    /// The system had it before.
    AlreadyThere,
    /// Surely not applied.
    NotApplied,
    /// Refused for good.
    Refused,
    /// Nobody knows.
    Unknown,
}

/// A try to pass a payment or refund on.
#[derive(Debug, Serialize, ToSchema)]
struct DeliveryTryView {
    delivery_id: DeliveryId,
    #[schema(required = true)]
    kind: Option<DeliveryKind>,
    /// 0: queued, not tried.
    r#try: u32,
    /// Null while under way.
    #[schema(required = true)]
    verdict: Option<VerdictView>,
    #[schema(required = true)]
    http_status: Option<u16>,
    /// The other system's own words.
    #[schema(required = true)]
    answer: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    next_try_at: Option<Timestamp>,
}

/// One entry of the timeline.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TimelineEntryView {
    id: EventId,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    kind: EventKind,
    source: EventSource,
    actor: ActorView,
    #[schema(required = true)]
    bank_status: Option<BankStatusChange>,
    #[schema(required = true)]
    crm_status: Option<CrmStatusChange>,
    #[schema(required = true)]
    reason: Option<String>,
    #[schema(required = true)]
    document_ref: Option<String>,
    #[schema(required = true)]
    notification: Option<RawNotification>,
    /// What the bank answered, as `query_bank` shows it.
    #[schema(value_type = Option<super::bank_query::BankAnswer>, required = true)]
    bank_answer: Option<Value>,
    #[schema(required = true)]
    delivery: Option<DeliveryTryView>,
    /// Anything else.
    #[schema(value_type = Object)]
    details: Map<String, Value>,
}

impl From<TimelineEntry> for TimelineEntryView {
    fn from((mut event, notification, tried): TimelineEntry) -> Self {
        let bank_answer = event.details.remove("answer");
        // Before the first try, the entry itself says what was queued.
        let queued = event
            .details
            .get("kind")
            .and_then(Value::as_str)
            .and_then(|kind| kind.parse().ok());
        Self {
            id: event.id,
            at: event.at,
            kind: event.kind,
            source: event.source,
            actor: ActorView {
                kind: event.actor.kind,
                id: event.actor.id,
                name: event.actor.name,
            },
            bank_status: event.bank_status.map(|(from, to)| BankStatusChange { from, to }),
            crm_status: event.crm_status.map(|(from, to)| CrmStatusChange { from, to }),
            reason: event.reason,
            document_ref: event.document_ref,
            notification: notification.map(raw),
            bank_answer,
            delivery: event.delivery.map(|which| delivery(which, tried, queued)),
            details: event.details,
        }
    }
}

fn raw(notification: Notification) -> RawNotification {
    RawNotification {
        id: notification.id,
        received_at: notification.received_at,
        method: notification.raw.method,
        query: notification.raw.query,
        body: String::from_utf8_lossy(&notification.raw.body).into_owned(),
        headers: notification.raw.headers.into_iter().collect(),
        verdict: notification.verdict,
        repeats: notification.repeats,
        remote_addr: notification.raw.from.map(|from| from.to_string()),
        raw_dropped_at: notification.raw_dropped_at,
    }
}

fn named(verdict: &str) -> Option<VerdictView> {
    serde_json::from_value(Value::String(verdict.to_owned())).ok()
}

fn delivery(
    (delivery_id, number): (DeliveryId, u32),
    tried: Option<Try>,
    queued: Option<DeliveryKind>,
) -> DeliveryTryView {
    let kind = tried.as_ref().map(|tried| tried.kind).or(queued);
    let verdict = tried.as_ref().and_then(|tried| named(tried.verdict.as_deref()?));
    let http_status = tried.as_ref().and_then(|tried| tried.http_status);
    let (answer, next_try_at) = tried.map_or((None, None), |t| (t.answer, t.next_try_at));
    DeliveryTryView {
        delivery_id,
        kind,
        r#try: number,
        verdict,
        http_status,
        answer,
        next_try_at,
    }
}
