//! `getOrderStatusExtended.do`.

use actix_web::HttpResponse;
use serde_json::{Map, Value, json};

use super::call::{self, Call};
use crate::api::{Bank, OrderState};
use crate::bank::BankOrder;

/// The state of one order.
pub(crate) async fn extended(call: Call) -> HttpResponse {
    call.query(find).await
}

fn find(call: &Call) -> Value {
    let (by_id, by_number) = (call.form.has("orderId"), call.form.has("orderNumber"));
    if !by_id && !by_number {
        return call::error(4, "Ожидается [orderId] или [orderNumber]");
    }
    if by_id && by_number && call.bank == Bank::SberEcom {
        return call::error(5, "Ожидается только одно из [orderId], [orderNumber]");
    }
    let Some(number) = call.order_number() else {
        return call.no_order();
    };
    let mut world = call.simulator.world();
    let order = world
        .account(call.bank, &call.account)
        .and_then(|books| books.orders.get(&number));
    order.map_or_else(|| call.no_order(), view)
}

/// An order in the extended format.
pub(crate) fn view(order: &BankOrder) -> Value {
    let truth = &order.truth;
    let mut answer = Map::new();
    let mut put = |name: &str, value: Value| answer.insert(name.to_owned(), value);
    put("errorCode", json!("0"));
    put("errorMessage", json!("Успешно"));
    put("orderNumber", json!(truth.order_number));
    put("orderStatus", json!(order_status(truth.state)));
    put("actionCode", json!(truth.action_code));
    put("actionCodeDescription", json!(description(truth.action_code)));
    put("amount", json!(truth.amount));
    put("currency", json!(truth.currency));
    put("date", json!(truth.created_at));
    put("ip", json!("203.0.113.7"));
    put("merchantOrderParams", json!([]));
    put(
        "attributes",
        json!([{"name": "mdOrder", "value": truth.bank_order_id}]),
    );
    put("paymentAmountInfo", amounts(order));
    if let Some(description) = &order.page.description {
        put("orderDescription", json!(description));
    }
    for (name, at) in [
        ("authDateTime", truth.paid_at),
        ("depositedDate", order.deposited_at),
        ("reversedDate", order.reversed_at),
        ("refundedDate", order.refunded_at),
    ] {
        if let Some(at) = at {
            put(name, json!(at));
        }
    }
    if truth.paid_at.is_some() {
        put("authRefNum", json!(reference(&truth.bank_order_id)));
        put("terminalId", json!("123456"));
        put("paymentWay", json!("CARD"));
        put("chargeback", json!(false));
        put(
            "cardAuthInfo",
            json!({"maskedPan": "411111**1111", "pan": "411111**1111", "expiration": "203412", "cardholderName": "TEST CARDHOLDER", "approvalCode": "123456", "paymentSystem": "VISA"}),
        );
        put(
            "bankInfo",
            json!({"bankName": "TEST CARD", "bankCountryCode": "RU", "bankCountryName": "Россия"}),
        );
    }
    if !truth.refunds.is_empty() {
        put("refunds", refunds(order));
    }
    Value::Object(answer)
}

fn amounts(order: &BankOrder) -> Value {
    let truth = &order.truth;
    json!({
        "paymentState": payment_state(truth.state),
        "approvedAmount": truth.approved,
        "depositedAmount": truth.deposited,
        "refundedAmount": truth.refunded,
        "feeAmount": 0,
    })
}

fn refunds(order: &BankOrder) -> Value {
    let one = |refund: &crate::api::Refund| {
        let mut value = json!({"date": refund.at, "amount": refund.amount, "referenceNumber": reference(&refund.id), "actionCode": 0});
        if let Some(id) = &refund.external_id {
            value["externalRefundId"] = json!(id);
        }
        value
    };
    order.truth.refunds.iter().map(one).collect()
}

fn order_status(state: OrderState) -> u8 {
    match state {
        OrderState::Registered => 0,
        OrderState::Held => 1,
        OrderState::Paid => 2,
        OrderState::Reversed => 3,
        OrderState::Refunded | OrderState::PartiallyRefunded => 4,
        OrderState::Acs => 5,
        OrderState::Declined | OrderState::Expired => 6,
    }
}

/// The words of `paymentAmountInfo.paymentState`, also of the filter of the list.
pub(crate) fn payment_state(state: OrderState) -> &'static str {
    match state {
        OrderState::Registered | OrderState::Acs => "CREATED",
        OrderState::Held => "APPROVED",
        OrderState::Paid => "DEPOSITED",
        OrderState::Reversed => "REVERSED",
        OrderState::Refunded | OrderState::PartiallyRefunded => "REFUNDED",
        OrderState::Declined | OrderState::Expired => "DECLINED",
    }
}

fn description(action_code: i64) -> &'static str {
    match action_code {
        -100 => "Не было попыток оплаты",
        -2006 => "Отменено магазином",
        -2007 => "Истёк срок, отведённый на оплату заказа",
        116 => "Недостаточно средств на карте",
        _ => "",
    }
}

/// Twelve digits made of an id: the reference number that the acquirer prints.
fn reference(id: &str) -> String {
    let digits: String = id.bytes().map(|byte| char::from(b'0' + byte % 10)).collect();
    digits.chars().rev().take(12).collect()
}
