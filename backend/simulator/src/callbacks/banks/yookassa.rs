//! YooKassa's notifications: the whole object as it is now, in JSON that nobody signs.

use serde_json::{Value, json};

use crate::api::{Operation, OrderState};
use crate::bank::BankOrder;
use crate::callbacks::message::{Claim, Message};
use crate::yookassa::{amount, payment, refund};

/// The notification. A refused try of a payment that lives on is told to nobody.
pub(crate) fn message(order: &BankOrder, claim: Claim) -> Option<Message> {
    let mut object = payment(order);
    let event = match (claim.notice.operation, claim.notice.success) {
        (Operation::Refunded, true) => {
            object = refund(order, order.truth.refunds.last()?);
            "refund.succeeded"
        }
        (Operation::Deposited, true) => {
            object["status"] = json!("succeeded");
            object["paid"] = json!(true);
            "payment.succeeded"
        }
        (Operation::Approved, true) => {
            object["status"] = json!("waiting_for_capture");
            object["paid"] = json!(true);
            "payment.waiting_for_capture"
        }
        (Operation::Reversed, true) | (Operation::DeclinedByTimeout, _) => "payment.canceled",
        (Operation::Approved | Operation::Deposited, false) if order.truth.state == OrderState::Declined => {
            "payment.canceled"
        }
        _ => return None,
    };
    if let Some(sum) = claim.amount {
        object["amount"] = amount(order, sum);
    }
    Some(Message::json(&notification(event, &object)))
}

fn notification(event: &str, object: &Value) -> Value {
    json!({"type": "notification", "event": event, "object": object})
}
