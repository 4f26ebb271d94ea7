//! Callbacks of Sber's newer gateway: JSON that nobody signs, so a forgery looks like the bank's own.

use serde_json::json;

use crate::bank::BankOrder;
use crate::callbacks::message::{Claim, Message};

/// The callback.
pub(crate) fn message(order: &BankOrder, claim: Claim) -> Message {
    Message::json(&json!({
        "mdOrder": order.truth.bank_order_id,
        "orderNumber": order.truth.order_number,
        "operation": claim.notice.operation.as_str(),
        "status": i32::from(claim.notice.success),
        "additionalParams": {},
    }))
}
