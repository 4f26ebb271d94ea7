//! Payments and refunds as YooKassa shows them.

use serde_json::{Map, Value, json};

use crate::api::{OrderState, Refund};
use crate::bank::BankOrder;
use crate::{clock, money};

/// What YooKassa keeps of a payment, in thousandths.
const FEE_PER_MILLE: i64 = 35;

/// Money.
pub(crate) fn amount(order: &BankOrder, minor: i64) -> Value {
    json!({"value": money::decimal(minor), "currency": order.truth.currency})
}

/// A payment. A refunded one stays `succeeded`.
pub(crate) fn payment(order: &BankOrder) -> Value {
    let truth = &order.truth;
    let mut view = Map::new();
    let mut put = |name: &str, value: Value| drop(view.insert(name.to_owned(), value));
    let taken = truth.deposited + truth.refunded;
    let sum = if taken > 0 { taken } else { truth.amount };
    put("id", json!(truth.bank_order_id));
    put("status", json!(status(truth.state)));
    put("amount", amount(order, sum));
    put(
        "paid",
        json!(matches!(truth.state, OrderState::Held) || taken > 0),
    );
    put("refundable", json!(truth.deposited > 0));
    put("test", json!(true));
    put("created_at", json!(clock::iso_text(truth.created_at)));
    put("metadata", metadata(order));
    put(
        "recipient",
        json!({"account_id": truth.account, "gateway_id": "1"}),
    );
    if let Some(description) = &order.page.description {
        put("description", json!(description));
    }
    if matches!(truth.state, OrderState::Registered | OrderState::Acs) {
        put(
            "confirmation",
            json!({"type": "redirect", "return_url": order.page.return_url, "confirmation_url": truth.payment_url}),
        );
    }
    if truth.paid_at.is_some() {
        put(
            "payment_method",
            json!({"type": "bank_card", "id": truth.bank_order_id, "saved": false, "title": "Bank card *1111",
                   "card": {"first6": "411111", "last4": "1111", "expiry_year": "2034", "expiry_month": "12", "card_type": "Visa"}}),
        );
        put(
            "authorization_details",
            json!({"rrn": rrn(&truth.bank_order_id), "auth_code": "123456"}),
        );
    }
    if taken > 0 {
        put("refunded_amount", amount(order, truth.refunded));
        put("income_amount", amount(order, sum - sum * FEE_PER_MILLE / 1_000));
        put(
            "captured_at",
            json!(order.deposited_at.or(truth.paid_at).map(clock::iso_text)),
        );
    }
    if let Some((party, reason)) = cancellation(order) {
        put("cancellation_details", json!({"party": party, "reason": reason}));
    }
    Value::Object(view)
}

/// A refund.
pub(crate) fn refund(order: &BankOrder, refund: &Refund) -> Value {
    json!({
        "id": refund.id,
        "payment_id": order.truth.bank_order_id,
        "status": "succeeded",
        "created_at": clock::iso_text(refund.at),
        "amount": amount(order, refund.amount),
    })
}

/// What the merchant gave; for an order of the control API, its number.
fn metadata(order: &BankOrder) -> Value {
    if order.page.extra.is_empty() {
        return json!({"order_number": order.truth.order_number});
    }
    let fields = order.page.extra.iter();
    Value::Object(fields.map(|(name, value)| (name.clone(), json!(value))).collect())
}

/// YooKassa's word for a state.
pub(crate) fn status(state: OrderState) -> &'static str {
    match state {
        OrderState::Registered | OrderState::Acs => "pending",
        OrderState::Held => "waiting_for_capture",
        OrderState::Paid | OrderState::Refunded | OrderState::PartiallyRefunded => "succeeded",
        OrderState::Reversed | OrderState::Declined | OrderState::Expired => "canceled",
    }
}

fn cancellation(order: &BankOrder) -> Option<(&'static str, &'static str)> {
    match order.truth.state {
        OrderState::Reversed => Some(("merchant", "canceled_by_merchant")),
        OrderState::Declined if order.truth.action_code == 116 => {
            Some(("payment_network", "insufficient_funds"))
        }
        OrderState::Declined => Some(("merchant", "canceled_by_merchant")),
        OrderState::Expired => Some(("yoo_money", "expired_on_confirmation")),
        _ => None,
    }
}

/// Twelve digits made of an id.
fn rrn(id: &str) -> String {
    id.bytes()
        .map(|byte| char::from(b'0' + byte % 10))
        .take(12)
        .collect()
}
