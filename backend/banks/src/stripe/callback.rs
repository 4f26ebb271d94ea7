//! What an event says.

use serde_json::Value;
use sverka_app::ports::bank::{Genuineness, RawCallback, Reading, Says};
use sverka_domain::attempt::BankFact;
use sverka_domain::status::BankStatus;

use super::map::{self, id, plain, text, with};
use super::signature;
use crate::settings::Secret;

/// Reads an event.
pub(super) fn read(raw: &RawCallback, secret: Option<&Secret>) -> Reading {
    let genuineness = signature::judge(raw, secret);
    let Ok(event) = serde_json::from_slice::<Value>(&raw.body) else {
        return Reading {
            genuineness: Genuineness::Forged,
            order_number: None,
            bank_order_id: None,
            says: Says::Nothing,
        };
    };
    let object = &event["data"]["object"];
    let says = says(&event, object);
    Reading {
        genuineness,
        order_number: map::order_number(object),
        bank_order_id: known_by(object),
        says: match genuineness {
            Genuineness::Genuine => says,
            Genuineness::Unsigned => hint(says),
            Genuineness::Forged => Says::Nothing,
        },
    }
}

/// A session or an intent is known by its own id, everything else by its intent's.
fn known_by(object: &Value) -> Option<String> {
    match object["object"].as_str() {
        Some("checkout.session" | "payment_intent") => text(object, "id"),
        Some("charge" | "refund" | "dispute") => id(object, "payment_intent"),
        _ => None,
    }
}

/// What is not under a signature is only a reason to ask.
fn hint(says: Says) -> Says {
    match says {
        Says::Fact(fact) => Says::Hint {
            payment: matches!(fact.status, BankStatus::Paid | BankStatus::Authorized),
        },
        other => other,
    }
}

fn says(event: &Value, object: &Value) -> Says {
    let paid = |name: &str| {
        let paid_at = map::instant(&event["created"]);
        map::sum(object, name).map_or(Says::Hint { payment: true }, |amount| {
            Says::Fact(BankFact {
                paid_at,
                ..with(BankStatus::Paid, amount)
            })
        })
    };
    let ask = |payment| Says::Hint { payment };
    match event["type"].as_str().unwrap_or_default() {
        "checkout.session.completed" if object["payment_status"] == "paid" => paid("amount_total"),
        "checkout.session.async_payment_succeeded" => paid("amount_total"),
        // Paid by a way that takes days, or held.
        "checkout.session.completed" => ask(true),
        "checkout.session.expired" => Says::Fact(plain(BankStatus::Expired)),
        "payment_intent.processing" | "payment_intent.requires_action" => {
            Says::Fact(plain(BankStatus::Pending))
        }
        "payment_intent.amount_capturable_updated" => map::sum(object, "amount_capturable")
            .map_or(ask(true), |amount| {
                Says::Fact(with(BankStatus::Authorized, amount))
            }),
        "payment_intent.succeeded" => paid("amount_received"),
        "charge.captured" | "charge.succeeded" | "charge.refunded" => {
            map::charge(object).map_or(ask(true), Says::Fact)
        }
        // One failed try, the end of a hold or of an order, a refund among others: the bank tells what it came to.
        "checkout.session.async_payment_failed"
        | "payment_intent.payment_failed"
        | "payment_intent.canceled"
        | "charge.failed"
        | "charge.refund.updated"
        | "refund.created"
        | "refund.updated"
        | "refund.failed" => ask(false),
        dispute if dispute.starts_with("charge.dispute.") => ask(false),
        _ => Says::Nothing,
    }
}
