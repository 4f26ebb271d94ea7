//! T-Bank's notifications: POST of JSON under a `Token`.

use serde_json::{Map, Value, json};

use crate::api::{BankSettings, Operation, OrderState};
use crate::bank::BankOrder;
use crate::callbacks::message::{Claim, FORGERS_KEY, Message};
use crate::signature::tbank::token;
use crate::tbank::{NO_MONEY, WITHDRAWN};

/// The notification. Failed tries of a payment that lives on and the end of its life are told to nobody.
pub(crate) fn message(order: &BankOrder, settings: &BankSettings, claim: Claim) -> Option<Message> {
    let truth = &order.truth;
    let (status, sum) = match (claim.notice.operation, claim.notice.success) {
        (Operation::Approved, true) => ("AUTHORIZED", truth.approved),
        (Operation::Deposited, true) => ("CONFIRMED", truth.deposited),
        (Operation::Reversed, true) if truth.state == OrderState::Held => {
            ("PARTIAL_REVERSED", truth.approved)
        }
        (Operation::Reversed, true) => ("REVERSED", 0),
        (Operation::Refunded, true) if truth.state == OrderState::Refunded => ("REFUNDED", 0),
        (Operation::Refunded, true) => ("PARTIAL_REFUNDED", truth.deposited),
        (Operation::Approved | Operation::Deposited, false) if truth.state == OrderState::Declined => {
            match truth.action_code {
                WITHDRAWN => ("CANCELED", truth.amount),
                _ => ("REJECTED", truth.amount),
            }
        }
        _ => return None,
    };
    // A forgery claims what was never taken.
    let sum = if claim.forged { truth.amount } else { sum };
    let rejected = status == "REJECTED";
    let id: i64 = truth.bank_order_id.parse().unwrap_or_default();
    let all = json!({
        "TerminalKey": settings.merchant_id,
        "OrderId": truth.order_number,
        "Success": !rejected,
        "Status": status,
        "PaymentId": id,
        "ErrorCode": if rejected { NO_MONEY } else { "0" },
        "Amount": claim.amount.unwrap_or(sum),
        "CardId": 322_264,
        "Pan": "430000******0777",
        "ExpDate": "1230",
    });
    let mut fields: Map<String, Value> = all.as_object()?.clone();
    let password = if claim.forged {
        FORGERS_KEY
    } else {
        settings.password.as_deref().unwrap_or_default()
    };
    let signature = token(password, &fields);
    fields.insert("Token".to_owned(), json!(signature));
    Some(Message::json(&Value::Object(fields)))
}
