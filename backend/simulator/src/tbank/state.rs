//! `GetState` of one payment and `CheckOrder` of all payments under a number.

use actix_web::HttpResponse;
use serde_json::{Value, json};

use super::call::{Call, NOT_FOUND};
use super::{NO_MONEY, WITHDRAWN};
use crate::api::OrderState;
use crate::bank::{BankOrder, Former};

/// One payment.
pub(crate) async fn of_payment(call: Call) -> HttpResponse {
    call.ask(|call| {
        let order = call.order()?;
        let id = call.text("PaymentId").ok_or(NOT_FOUND)?;
        let mut found = payments(&order)
            .into_iter()
            .find(|one| one["PaymentId"] == id.as_str())
            .ok_or(NOT_FOUND)?;
        found["OrderId"] = json!(order.truth.order_number);
        // Here the code is text and `Success` is not.
        found["Success"] = json!(true);
        found["ErrorCode"] = json!("0");
        Ok(found)
    })
    .await
}

/// All payments, the latest first.
pub(crate) async fn of_order(call: Call) -> HttpResponse {
    call.ask(|call| {
        let number = call.text("OrderId").ok_or(NOT_FOUND)?;
        let order = call.order()?;
        Ok(json!({"OrderId": number, "Payments": payments(&order)}))
    })
    .await
}

fn payments(order: &BankOrder) -> Vec<Value> {
    let truth = &order.truth;
    let mut latest = payment(&truth.bank_order_id, amount(order), status(order));
    if truth.paid_at.is_some() {
        latest["RRN"] = json!(reference(&truth.bank_order_id));
    }
    let former = |one: &Former| {
        let status = match one.state {
            OrderState::Declined => "REJECTED",
            OrderState::Expired => "DEADLINE_EXPIRED",
            _ => "NEW",
        };
        payment(&one.id, one.amount, status)
    };
    let earlier = order.former.iter().rev().map(former);
    std::iter::once(latest).chain(earlier).collect()
}

/// `Success` is text and `ErrorCode` a number in this list, as the bank has it.
fn payment(id: &str, amount: i64, status: &str) -> Value {
    let refused = matches!(status, "REJECTED" | "AUTH_FAIL");
    let code = if refused { NO_MONEY } else { "0" };
    json!({
        "PaymentId": id,
        "Amount": amount,
        "Status": status,
        "Success": (!refused).to_string(),
        "ErrorCode": code.parse().unwrap_or(0_i64),
    })
}

/// What is held or taken now: partial reversals and refunds lower it.
pub(super) fn amount(order: &BankOrder) -> i64 {
    let truth = &order.truth;
    match truth.state {
        OrderState::Held => truth.approved,
        OrderState::Paid | OrderState::PartiallyRefunded => truth.deposited,
        OrderState::Reversed | OrderState::Refunded => 0,
        OrderState::Registered | OrderState::Acs | OrderState::Declined | OrderState::Expired => truth.amount,
    }
}

/// The word for the state of the latest payment.
pub(super) fn status(order: &BankOrder) -> &'static str {
    let truth = &order.truth;
    match truth.state {
        OrderState::Registered if truth.failed_tries > 0 => "AUTH_FAIL",
        OrderState::Registered => "NEW",
        OrderState::Acs => "3DS_CHECKING",
        OrderState::Held if order.reversed_at.is_some() => "PARTIAL_REVERSED",
        OrderState::Held => "AUTHORIZED",
        OrderState::Paid => "CONFIRMED",
        OrderState::Reversed => "REVERSED",
        OrderState::Refunded => "REFUNDED",
        OrderState::PartiallyRefunded => "PARTIAL_REFUNDED",
        OrderState::Declined if truth.action_code == WITHDRAWN => "CANCELED",
        OrderState::Declined => "REJECTED",
        OrderState::Expired => "DEADLINE_EXPIRED",
    }
}

/// Twelve digits made of an id.
fn reference(id: &str) -> String {
    format!("{id:0>12}").chars().rev().take(12).collect()
}
