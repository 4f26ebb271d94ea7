//! What a notification says: by whom it was sent is all that speaks for it, so it is never more than a reason
//! to read the payment again.

use serde_json::Value;
use sverka_app::ports::bank::{Genuineness, RawCallback, Reading, Says};

use super::networks::Networks;
use crate::json::text;

/// Reads a notification: POST with JSON, `{"type": "notification", "event": …, "object": …}`.
pub(super) fn read(raw: &RawCallback, networks: &Networks, key: &str) -> Reading {
    let genuineness = match raw.from {
        Some(from) if networks.hold(from) => Genuineness::Genuine,
        _ => Genuineness::Unsigned,
    };
    let told = serde_json::from_slice::<Value>(&raw.body);
    let Some(told) = told.ok().filter(|told| told["type"] == "notification") else {
        // What cannot be read for certain is not guessed at.
        return reading(Genuineness::Forged, None, None, Says::Nothing);
    };
    let object = &told["object"];
    let id = |name| text(object, name).filter(|id| is_id(id));
    match told["event"].as_str().unwrap_or_default() {
        event @ ("payment.succeeded" | "payment.waiting_for_capture" | "payment.canceled") => {
            let payment = event != "payment.canceled";
            let number = text(&object["metadata"], key);
            reading(genuineness, number, id("id"), Says::Hint { payment })
        }
        "refund.succeeded" => reading(genuineness, None, id("payment_id"), Says::Hint { payment: false }),
        // Payouts, deals, saved means of payment.
        _ => reading(genuineness, None, None, Says::Nothing),
    }
}

/// Whether a text can be YooKassa's id of something: a UUID, or one with letters at the end.
pub(super) fn is_id(text: &str) -> bool {
    (8..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn reading(
    genuineness: Genuineness,
    order_number: Option<String>,
    bank_order_id: Option<String>,
    says: Says,
) -> Reading {
    Reading {
        genuineness,
        order_number,
        bank_order_id,
        says,
    }
}
