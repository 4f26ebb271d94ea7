//! A transaction as CloudPayments shows it.

use serde_json::{Value, json};

use crate::api::{OrderState, Transaction, TransactionKind, TransactionStatus};
use crate::bank::BankOrder;
use crate::{clock, money};

/// What the bank keeps of a payment, in thousandths.
const FEE_PER_MILLE: i64 = 35;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// A decimal text as a JSON number of just these digits.
pub(super) fn number(decimal: &str) -> Value {
    serde_json::from_str(decimal).unwrap_or(Value::Null)
}

/// The shop's own number; several orders may have the same.
pub(crate) fn invoice(order: &BankOrder) -> &str {
    echoed(order, "InvoiceId").unwrap_or(&order.truth.order_number)
}

/// What the shop gave at the order's creation.
pub(crate) fn echoed<'a>(order: &'a BankOrder, name: &str) -> Option<&'a str> {
    let found = order.page.extra.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.as_str())
}

/// All transactions of an order, oldest first: payments, the one at 3-D Secure, refunds.
pub(super) fn transactions(order: &BankOrder) -> Vec<Value> {
    let mut shown: Vec<Value> = order
        .truth
        .transactions
        .iter()
        .map(|one| model(order, one))
        .collect();
    if shown.is_empty() && order.truth.state == OrderState::Acs {
        shown.push(waiting(order));
    }
    shown
}

/// One transaction.
pub(super) fn model(order: &BankOrder, one: &Transaction) -> Value {
    let (status, code) = status(one);
    let declined = one.status == TransactionStatus::Declined;
    let mut view = shell(order, &one.id, one.amount, one.at, status, code);
    view["Reason"] = json!(if declined { "InsufficientFunds" } else { "Approved" });
    view["ReasonCode"] = json!(if declined { 5051 } else { 0 });
    view["CardHolderMessage"] = json!(if declined {
        "Недостаточно средств на карте"
    } else {
        "Оплата успешно проведена"
    });
    if !declined {
        view["AuthDateIso"] = json!(clock::bare_iso_text(one.at));
        view["AuthCode"] = json!("A1B2C3");
        view["Rrn"] = json!(rrn(&one.id));
    }
    match one.kind {
        TransactionKind::Refund => refund(&mut view, order),
        TransactionKind::Purchase if code == 3 => taken(&mut view, order, one),
        TransactionKind::Purchase => {}
    }
    view
}

fn taken(view: &mut Value, order: &BankOrder, one: &Transaction) {
    let at = order.deposited_at.unwrap_or(one.at);
    let fee = fee(one.amount);
    view["ConfirmDateIso"] = json!(clock::bare_iso_text(at));
    view["TotalFee"] = number(&money::decimal(fee));
    view["Refunded"] = json!(order.truth.state == OrderState::Refunded);
    if one.status == TransactionStatus::Settled {
        view["PayoutDateIso"] = json!(clock::bare_iso_text(at + DAY_MS));
        view["PayoutAmount"] = number(&money::decimal(one.amount - fee));
    }
}

fn refund(view: &mut Value, order: &BankOrder) {
    let purchase = order
        .truth
        .transactions
        .iter()
        .rev()
        .find(|one| one.kind == TransactionKind::Purchase && one.status != TransactionStatus::Declined);
    view["Type"] = json!(1);
    view["OriginalTransactionId"] = purchase.map_or(Value::Null, |one| number(&one.id));
    view["ConfirmDateIso"] = view["AuthDateIso"].clone();
}

/// At the issuer's page: not yet a try that has come to anything.
fn waiting(order: &BankOrder) -> Value {
    let truth = &order.truth;
    shell(
        order,
        &truth.bank_order_id,
        truth.amount,
        truth.created_at,
        "AwaitingAuthentication",
        1,
    )
}

fn shell(order: &BankOrder, id: &str, sum: i64, at: i64, status: &str, code: u8) -> Value {
    let truth = &order.truth;
    let amount = number(&money::decimal(sum));
    json!({
        "TransactionId": number(id),
        "Amount": amount,
        "Currency": truth.currency,
        "CurrencyCode": 0,
        "PaymentAmount": amount,
        "PaymentCurrency": truth.currency,
        "InvoiceId": invoice(order),
        "AccountId": echoed(order, "AccountId"),
        "Email": echoed(order, "Email"),
        "Description": order.page.description,
        "CreatedDateIso": clock::bare_iso_text(at),
        "TestMode": true,
        "IpAddress": "203.0.113.7",
        "IpCountry": "RU",
        "CardFirstSix": "411111",
        "CardLastFour": "1111",
        "CardExpDate": "12/34",
        "CardType": "Visa",
        "Issuer": "TEST CARD",
        "Status": status,
        "StatusCode": code,
        "Name": "TEST CARDHOLDER",
        "GatewayName": "Test",
        "Refunded": false,
        "Type": 0,
    })
}

/// The word and its number.
fn status(one: &Transaction) -> (&'static str, u8) {
    match (one.kind, one.status) {
        (TransactionKind::Purchase, TransactionStatus::PreAuthorized) => ("Authorized", 2),
        (_, TransactionStatus::Voided) => ("Cancelled", 4),
        (_, TransactionStatus::Declined) => ("Declined", 5),
        _ => ("Completed", 3),
    }
}

/// What the bank keeps of a sum.
pub(crate) fn fee(sum: i64) -> i64 {
    sum * FEE_PER_MILLE / 1_000
}

/// Twelve digits made of an id.
pub(crate) fn rrn(id: &str) -> String {
    format!("{id:0>12}")
}
