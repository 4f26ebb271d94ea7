//! A webhook's body, its fields in one fixed order, so that the same payment always gives the same bytes; and its
//! headers, which are those of the try.

use jiff::Timestamp;
use serde::Serialize;
use sverka_app::ports::accounting::Outgoing;
use sverka_domain::attempt::Attempt;
use sverka_domain::client::Client;
use sverka_domain::delivery::{Delivery, DeliveryKind};
use sverka_domain::ids::{AttemptId, DeliveryId};
use sverka_domain::money::Money;

use super::signature::Keys;

#[derive(Debug, Serialize)]
struct Payload<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    /// When it happened: RFC 3339, UTC.
    timestamp: Timestamp,
    data: Data<'a>,
}

#[derive(Debug, Serialize)]
struct Data<'a> {
    delivery_id: DeliveryId,
    attempt_id: AttemptId,
    order_number: &'a str,
    bank: &'a str,
    bank_account: &'a str,
    bank_order_id: Option<&'a str>,
    payment_type: &'a str,
    amount: Money,
    client: &'a Client,
    paid_at: Option<Timestamp>,
    /// The payment's delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    refund_of: Option<DeliveryId>,
}

/// The bytes that pass `delivery` of `attempt` on.
pub(crate) fn compose(attempt: &Attempt, delivery: &Delivery) -> Vec<u8> {
    let paid_at = attempt.state.paid_at;
    let (kind, timestamp) = match delivery.kind {
        DeliveryKind::Payment => ("payment.succeeded", paid_at.unwrap_or(delivery.created_at)),
        DeliveryKind::Refund => ("payment.refunded", delivery.created_at),
    };
    let payload = Payload {
        kind,
        timestamp,
        data: Data {
            delivery_id: delivery.id,
            attempt_id: attempt.id,
            order_number: &attempt.order_number,
            bank: &attempt.bank,
            bank_account: &attempt.bank_account,
            bank_order_id: attempt.bank_order_id.as_deref(),
            payment_type: &attempt.payment_type,
            amount: delivery.amount,
            client: &attempt.client,
            paid_at,
            refund_of: delivery.after.filter(|_| delivery.kind == DeliveryKind::Refund),
        },
    };
    // Plain structs of text and numbers: there is nothing in them that JSON could refuse.
    serde_json::to_vec(&payload).unwrap_or_default()
}

/// The headers of one try.
pub(crate) fn headers(outgoing: &Outgoing, keys: &Keys) -> [(&'static str, String); 4] {
    let id = outgoing.delivery_id.to_string();
    headers_of(&id, outgoing.at, &outgoing.body, keys)
}

/// The headers of anything that is signed like a delivery.
pub(super) fn headers_of(id: &str, at: Timestamp, body: &[u8], keys: &Keys) -> [(&'static str, String); 4] {
    let seconds = at.as_second();
    [
        ("content-type", "application/json".to_owned()),
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", seconds.to_string()),
        ("webhook-signature", keys.sign(id, seconds, body)),
    ]
}
