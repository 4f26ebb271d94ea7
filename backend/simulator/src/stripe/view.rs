//! Sessions, intents, charges and refunds as Stripe shows them.

use serde_json::{Map, Value, json};

use crate::api::{OrderState, Refund};
use crate::bank::BankOrder;

/// What Stripe keeps of a charge, in thousandths.
const FEE_PER_MILLE: i64 = 29;

/// The id of the intent behind a session, a charge or itself.
pub(super) fn intent_id(id: &str) -> Option<String> {
    let own = ["pi_", "cs_test_", "ch_"]
        .iter()
        .find_map(|prefix| id.strip_prefix(prefix))?;
    Some(format!("pi_{own}"))
}

/// The id of another object that belongs to an intent, or of a refund.
pub(super) fn id(prefix: &str, of: &str) -> String {
    format!("{prefix}{}", of.strip_prefix("pi_").unwrap_or(of))
}

/// Whether a payer has tried: an intent is made with the first try.
pub(super) fn is_tried(order: &BankOrder) -> bool {
    order.truth.state != OrderState::Registered || order.truth.failed_tries > 0
}

fn taken(order: &BankOrder) -> i64 {
    order.truth.deposited + order.truth.refunded
}

fn seconds(ms: i64) -> i64 {
    ms.div_euclid(1_000)
}

/// What the merchant gave for this kind of object; an order of the control API has its number.
fn metadata(order: &BankOrder, of: &str) -> Value {
    if order.page.extra.is_empty() {
        return json!({"order_number": order.truth.order_number});
    }
    let own = order.page.extra.iter().filter_map(|(name, value)| {
        let name = name.strip_prefix(of)?.strip_prefix('.')?;
        Some((name.to_owned(), json!(value)))
    });
    Value::Object(own.collect::<Map<_, _>>())
}

/// A checkout session; its intent only once somebody has tried.
pub(crate) fn session(order: &BankOrder) -> Value {
    let truth = &order.truth;
    let status = match truth.state {
        OrderState::Registered | OrderState::Acs => "open",
        OrderState::Declined | OrderState::Expired => "expired",
        _ => "complete",
    };
    let reference = order
        .page
        .extra
        .iter()
        .find(|(name, _)| name == "client_reference_id");
    let own = order.page.extra.is_empty().then_some(&truth.order_number);
    json!({
        "id": id("cs_test_", &truth.bank_order_id),
        "object": "checkout.session",
        "amount_total": truth.amount,
        "amount_subtotal": truth.amount,
        "client_reference_id": reference.map(|(_, value)| value).or(own),
        "created": seconds(truth.created_at),
        "currency": truth.currency,
        "expires_at": seconds(truth.expires_at),
        "livemode": false,
        "metadata": metadata(order, "session"),
        "mode": "payment",
        "payment_intent": is_tried(order).then_some(&truth.bank_order_id),
        "payment_status": if taken(order) > 0 { "paid" } else { "unpaid" },
        "status": status,
        "success_url": order.page.return_url,
        "cancel_url": order.page.fail_url,
        "url": (status == "open").then_some(&truth.payment_url),
    })
}

/// A payment intent.
pub(crate) fn intent(order: &BankOrder) -> Value {
    let truth = &order.truth;
    let mut view = json!({
        "id": truth.bank_order_id,
        "object": "payment_intent",
        "amount": truth.amount,
        "amount_capturable": if truth.state == OrderState::Held { truth.approved } else { 0 },
        "amount_received": taken(order),
        "capture_method": if truth.two_stage { "manual" } else { "automatic" },
        "created": seconds(truth.created_at),
        "currency": truth.currency,
        "description": order.page.description,
        "latest_charge": has_charge(order).then(|| id("ch_", &truth.bank_order_id)),
        "last_payment_error": null,
        "canceled_at": null,
        "cancellation_reason": null,
        "livemode": false,
        "metadata": metadata(order, "intent"),
        "payment_method_types": ["card"],
        "status": status(truth.state),
    });
    if is_refused(order) {
        view["last_payment_error"] = refusal();
    }
    if let Some(reason) = cancellation(truth.state) {
        view["canceled_at"] = json!(seconds(order.reversed_at.unwrap_or(truth.expires_at)));
        view["cancellation_reason"] = json!(reason);
    }
    view
}

/// Stripe's word for a state.
pub(super) fn status(state: OrderState) -> &'static str {
    match state {
        OrderState::Registered => "requires_payment_method",
        OrderState::Acs => "requires_action",
        OrderState::Held => "requires_capture",
        OrderState::Paid | OrderState::Refunded | OrderState::PartiallyRefunded => "succeeded",
        OrderState::Reversed | OrderState::Declined | OrderState::Expired => "canceled",
    }
}

fn cancellation(state: OrderState) -> Option<&'static str> {
    match state {
        OrderState::Reversed => Some("requested_by_customer"),
        OrderState::Declined => Some("abandoned"),
        OrderState::Expired => Some("automatic"),
        _ => None,
    }
}

fn is_refused(order: &BankOrder) -> bool {
    let open = matches!(order.truth.state, OrderState::Registered | OrderState::Declined);
    open && order.truth.failed_tries > 0
}

fn refusal() -> Value {
    json!({"type": "card_error", "code": "card_declined", "decline_code": "insufficient_funds",
           "message": "Your card has insufficient funds."})
}

/// Whether there was anything to charge, with success or without.
pub(super) fn has_charge(order: &BankOrder) -> bool {
    order.truth.paid_at.is_some() || is_refused(order)
}

/// The latest charge of an intent. A hold that was let go counts as refunded.
pub(crate) fn charge(order: &BankOrder) -> Value {
    let truth = &order.truth;
    let refused = is_refused(order);
    let taken = taken(order);
    let sum = if taken > 0 { taken } else { truth.amount };
    let released = truth.state == OrderState::Reversed;
    let returned = if released { sum } else { truth.refunded };
    let mut view = json!({
        "id": id("ch_", &truth.bank_order_id),
        "object": "charge",
        "amount": sum,
        "amount_captured": taken,
        "amount_refunded": returned,
        "balance_transaction": (taken > 0).then(|| id("txn_", &truth.bank_order_id)),
        "captured": taken > 0,
        "created": seconds(order.deposited_at.or(truth.paid_at).unwrap_or(truth.created_at)),
        "currency": truth.currency,
        "description": order.page.description,
        "disputed": false,
        "failure_code": null,
        "failure_message": null,
        "livemode": false,
        "metadata": metadata(order, "intent"),
        "paid": !refused,
        "payment_intent": truth.bank_order_id,
        "payment_method_details": {"type": "card", "card": {"brand": "visa", "last4": "1111"}},
        "refunded": returned > 0 && returned == sum,
        "status": if refused { "failed" } else { "succeeded" },
    });
    if refused {
        view["failure_code"] = json!("card_declined");
        view["failure_message"] = refusal()["message"].clone();
    }
    view
}

/// What a charge did to the balance.
pub(super) fn charge_balance(order: &BankOrder) -> Value {
    let sum = taken(order);
    let at = order
        .deposited_at
        .or(order.truth.paid_at)
        .unwrap_or(order.truth.created_at);
    balance(
        order,
        &order.truth.bank_order_id,
        "charge",
        (sum, sum * FEE_PER_MILLE / 1_000),
        at,
    )
}

/// What a refund did to it: Stripe keeps the fee.
pub(super) fn refund_balance(order: &BankOrder, refund: &Refund) -> Value {
    balance(order, &refund.id, "refund", (-refund.amount, 0), refund.at)
}

fn balance(order: &BankOrder, of: &str, kind: &str, (sum, fee): (i64, i64), at: i64) -> Value {
    json!({
        "id": id("txn_", of),
        "object": "balance_transaction",
        "amount": sum,
        "available_on": seconds(at) + 2 * 24 * 3_600,
        "created": seconds(at),
        "currency": order.truth.currency,
        "fee": fee,
        "net": sum - fee,
        "status": "pending",
        "type": kind,
    })
}

/// A refund.
pub(super) fn refund(order: &BankOrder, refund: &Refund) -> Value {
    json!({
        "id": id("re_", &refund.id),
        "object": "refund",
        "amount": refund.amount,
        "balance_transaction": id("txn_", &refund.id),
        "charge": id("ch_", &order.truth.bank_order_id),
        "created": seconds(refund.at),
        "currency": order.truth.currency,
        "metadata": {},
        "payment_intent": order.truth.bank_order_id,
        "reason": null,
        "status": "succeeded",
    })
}
