//! Attempts and deliveries as rows: the columns that the store writes, with its values. A test compares them with what
//! the store itself writes.

use jiff::Timestamp;
use serde::Serialize;
use sverka_domain::attempt::Attempt;
use sverka_domain::delivery::Delivery;
use sverka_domain::search::{Searchable, search_text};
use uuid::Uuid;

/// A week, in microseconds.
const BUCKET: i64 = 7 * 24 * 3600 * 1_000_000;

/// A value of a column.
#[derive(Debug, Clone)]
pub(super) enum Value {
    /// Nothing.
    Null,
    /// A text; json as well.
    Text(String),
    /// A number.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// An identifier.
    Id(Uuid),
    /// A time.
    Time(Timestamp),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// A column and its value.
pub(super) type Cell = (&'static str, Value);

/// The row of an attempt.
pub(super) fn attempt(attempt: &Attempt, needs_attention: bool) -> Vec<Cell> {
    let (state, client) = (&attempt.state, &attempt.client);
    let bucket = attempt.created_at.as_microsecond().div_euclid(BUCKET);
    vec![
        ("id", Value::Id(attempt.id.0)),
        ("merchant", text(&attempt.merchant)),
        ("order_number", text(&attempt.order_number)),
        ("bank", text(&attempt.bank)),
        ("bank_account", text(&attempt.bank_account)),
        ("bank_order_id", maybe(attempt.bank_order_id.as_deref())),
        ("rrn", maybe(attempt.rrn.as_deref())),
        ("payment_type", text(&attempt.payment_type)),
        ("client_name", text(&client.name)),
        ("client_phone", maybe(client.phone.as_deref())),
        ("client_email", maybe(client.email.as_deref())),
        ("client_external_id", maybe(client.external_id.as_deref())),
        ("description", maybe(attempt.description.as_deref())),
        ("metadata", json(&attempt.metadata)),
        ("amount", Value::Int(state.amount.amount)),
        ("currency", text(state.amount.currency.as_str())),
        ("facts", json(&state.facts)),
        ("bank_status", text(state.bank_status.into())),
        ("bank_status_source", text(state.bank_status_source.into())),
        ("paid_at", time(state.paid_at)),
        ("refunded", Value::Int(state.refunded)),
        ("attention", maybe(state.attention.map(Into::into))),
        ("crm_status", text(state.crm_status.into())),
        ("crm_document_ref", maybe(state.crm_document_ref.as_deref())),
        ("passed_on", json(&state.passed_on)),
        ("needs_attention", Value::Bool(needs_attention)),
        ("lost_callback", Value::Bool(state.facts.lost_callback())),
        ("next_query_at", time(attempt.next_query_at)),
        ("last_query_at", time(attempt.last_query_at)),
        ("last_query_error", maybe(attempt.last_query_error.as_deref())),
        ("search_text", Value::Text(searched(attempt))),
        (
            "phone_digits",
            client.phone.as_deref().map_or(Value::Null, digits),
        ),
        ("bucket", Value::Int(bucket)),
        ("created_at", Value::Time(attempt.created_at)),
        ("updated_at", Value::Time(attempt.updated_at)),
        ("version", Value::Int(attempt.version)),
        ("payment_url", maybe(attempt.payment_url.as_deref())),
    ]
}

/// The row of a delivery.
pub(super) fn delivery(delivery: &Delivery) -> Vec<Cell> {
    let lease = delivery.lease;
    vec![
        ("id", Value::Id(delivery.id.0)),
        ("attempt_id", Value::Id(delivery.attempt_id.0)),
        ("kind", text(delivery.kind.into())),
        (
            "after_id",
            delivery.after.map_or(Value::Null, |id| Value::Id(id.0)),
        ),
        ("connection", maybe(delivery.connection.as_deref())),
        ("amount", Value::Int(delivery.amount.amount)),
        ("currency", text(delivery.amount.currency.as_str())),
        ("body", delivery.body.clone().map_or(Value::Null, Value::Bytes)),
        ("state", text(delivery.state.into())),
        ("attention", maybe(delivery.attention.map(Into::into))),
        ("tries", Value::Int(delivery.tries.into())),
        ("doubts", Value::Int(delivery.doubts.into())),
        ("next_try_at", Value::Time(delivery.next_try_at)),
        ("lease_id", lease.map_or(Value::Null, |(id, _)| Value::Id(id.0))),
        ("lease_until", time(lease.map(|(_, until)| until))),
        ("document_ref", maybe(delivery.document_ref.as_deref())),
        ("last_error", maybe(delivery.last_error.as_deref())),
        ("created_at", Value::Time(delivery.created_at)),
        ("updated_at", Value::Time(delivery.updated_at)),
        ("version", Value::Int(delivery.version)),
        ("look_ups", Value::Int(delivery.look_ups.into())),
        ("slow_tries", Value::Int(delivery.slow_tries.into())),
        ("is_cleared", Value::Bool(delivery.is_cleared)),
        ("document_key", maybe(delivery.document_key.as_deref())),
        ("linked_by", maybe(delivery.linked_by.map(Into::into))),
        ("client_key", maybe(delivery.client_key.as_deref())),
        ("ruled_out", json(&delivery.ruled_out)),
        ("hold", delivery.hold.as_ref().map_or(Value::Null, json)),
        ("sweep_at", time(delivery.sweep_at)),
        ("sweeps", Value::Int(delivery.sweeps.into())),
    ]
}

fn searched(attempt: &Attempt) -> String {
    search_text(Searchable {
        name: &attempt.client.name,
        phone: attempt.client.phone.as_deref(),
        email: attempt.client.email.as_deref(),
        order_number: &attempt.order_number,
        bank_order_id: attempt.bank_order_id.as_deref(),
        rrn: attempt.rrn.as_deref(),
    })
}

fn digits(phone: &str) -> Value {
    Value::Text(phone.chars().filter(char::is_ascii_digit).collect())
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn maybe(value: Option<&str>) -> Value {
    value.map_or(Value::Null, text)
}

fn time(at: Option<Timestamp>) -> Value {
    at.map_or(Value::Null, Value::Time)
}

fn json<T: Serialize>(value: &T) -> Value {
    Value::Text(serde_json::to_string(value).expect("json"))
}
