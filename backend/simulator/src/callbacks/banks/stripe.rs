//! Stripe's events: JSON, signed over the time of sending and the body.

use serde_json::{Value, json};

use crate::api::{BankSettings, CallbackMethod, Operation};
use crate::bank::BankOrder;
use crate::callbacks::message::{Claim, FORGERS_KEY, Message};
use crate::clock;
use crate::stripe::{charge, intent, session};

/// The event. A payment through a page is told as the end of its session, any other one as its intent.
pub(crate) fn message(order: &BankOrder, settings: &BankSettings, claim: Claim) -> Message {
    let (kind, object) = told(order, claim);
    let event = json!({
        "id": event_id(order, kind, claim),
        "object": "event",
        "api_version": "2024-06-20",
        "created": clock::now_ms().div_euclid(1_000),
        "data": {"object": object},
        "livemode": false,
        "pending_webhooks": 1,
        "request": {"id": null, "idempotency_key": null},
        "type": kind,
    });
    let key = if claim.forged {
        Some(FORGERS_KEY.to_owned())
    } else {
        settings.callback_secret.clone()
    };
    Message {
        method: CallbackMethod::Post,
        timed_key: key,
        ..Message::json(&event)
    }
}

fn told(order: &BankOrder, claim: Claim) -> (&'static str, Value) {
    let is_of_page = !order.page.extra.is_empty() && !order.truth.two_stage;
    match (claim.notice.operation, claim.notice.success) {
        (Operation::Approved | Operation::Deposited, false) => {
            ("payment_intent.payment_failed", intent(order))
        }
        (Operation::Approved, true) => ("payment_intent.amount_capturable_updated", intent(order)),
        (Operation::Deposited, true) if is_of_page && !claim.forged => {
            let mut object = session(order);
            overwrite(&mut object, claim.amount, &["amount_total", "amount_subtotal"]);
            ("checkout.session.completed", object)
        }
        (Operation::Deposited, true) => {
            let mut object = intent(order);
            object["status"] = json!("succeeded");
            let sum = claim
                .amount
                .or_else(|| claim.forged.then_some(order.truth.amount));
            overwrite(&mut object, sum, &["amount", "amount_received"]);
            ("payment_intent.succeeded", object)
        }
        (Operation::Reversed, _) => ("payment_intent.canceled", intent(order)),
        (Operation::Refunded, _) => ("charge.refunded", charge(order)),
        (Operation::DeclinedByTimeout, _) => ("checkout.session.expired", session(order)),
    }
}

fn overwrite(object: &mut Value, sum: Option<i64>, names: &[&str]) {
    for name in names {
        if let Some(sum) = sum {
            object[*name] = json!(sum);
        }
    }
}

/// The same event always has the same id, however often it is sent.
fn event_id(order: &BankOrder, kind: &str, claim: Claim) -> String {
    let truth = &order.truth;
    let words = [
        truth.bank_order_id.as_str(),
        kind,
        if claim.forged { "forged" } else { "" },
        &truth.failed_tries.to_string(),
        &truth.refunds.len().to_string(),
    ];
    format!("evt_{}", order.word(&words))
}
