//! CloudPayments' notifications: a form, signed over the body as it is sent and over the decoded text.

use url::form_urlencoded::Serializer;

use crate::api::{BankSettings, CallbackMethod, Operation, TransactionKind};
use crate::bank::BankOrder;
use crate::callbacks::message::{Claim, FORGERS_KEY, Message};
use crate::cloudpayments::{echoed, fee, invoice, rrn};
use crate::signature::hmac;
use crate::{clock, money};

type Fields = Vec<(&'static str, String)>;

/// The notification; nobody is told that an order's life ended.
pub(crate) fn message(order: &BankOrder, settings: &BankSettings, claim: Claim) -> Option<Message> {
    let success = claim.notice.success;
    let (kind, fields) = match claim.notice.operation {
        Operation::DeclinedByTimeout => return None,
        _ if !success => ("fail", failed(order)),
        Operation::Approved => ("pay", paid(order, claim, "Authorized")),
        // A hold that is taken was told of before.
        Operation::Deposited if order.truth.two_stage && !claim.forged => {
            ("confirm", paid(order, claim, "Completed"))
        }
        Operation::Deposited => ("pay", paid(order, claim, "Completed")),
        Operation::Reversed => ("cancel", cancelled(order, claim)),
        Operation::Refunded => ("refund", refunded(order, claim)?),
    };
    let key = if claim.forged {
        FORGERS_KEY
    } else {
        settings.api_secret.as_deref().unwrap_or_default()
    };
    Some(form(kind, fields, key))
}

/// The question before a payment: no authorisation is in it yet.
pub(crate) fn check(order: &BankOrder, settings: &BankSettings) -> Message {
    let key = settings.api_secret.as_deref().unwrap_or_default();
    let mut fields = shell(order, order.truth.amount);
    fields.push(("Status", "Completed".to_owned()));
    form("check", fields, key)
}

fn form(kind: &'static str, fields: Fields, key: &str) -> Message {
    let text = Serializer::new(String::new()).extend_pairs(&fields).finish();
    let decoded: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    Message {
        method: CallbackMethod::Post,
        kind: Some(kind),
        headers: vec![
            ("Content-HMAC", hmac::base64(key, &text)),
            ("X-Content-HMAC", hmac::base64(key, &decoded.join("&"))),
        ],
        body: Some(("application/x-www-form-urlencoded", text)),
        params: fields
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        ..Message::default()
    }
}

fn paid(order: &BankOrder, claim: Claim, status: &str) -> Fields {
    let sum = claim.amount.unwrap_or_else(|| last_sum(order));
    let mut fields = shell(order, sum);
    fields.extend([
        ("Status", status.to_owned()),
        ("AuthCode", "A1B2C3".to_owned()),
        ("Rrn", rrn(&order.truth.bank_order_id)),
        ("TotalFee", money::decimal(fee(sum))),
        ("GatewayName", "Test".to_owned()),
    ]);
    fields
}

fn failed(order: &BankOrder) -> Fields {
    let mut fields = shell(order, order.truth.amount);
    fields.extend([
        ("Status", "Declined".to_owned()),
        ("Reason", "InsufficientFunds".to_owned()),
        ("ReasonCode", "5051".to_owned()),
    ]);
    fields
}

fn cancelled(order: &BankOrder, claim: Claim) -> Fields {
    let sum = claim.amount.unwrap_or_else(|| last_sum(order));
    vec![
        ("TransactionId", order.truth.bank_order_id.clone()),
        ("Amount", money::decimal(sum)),
        (
            "DateTime",
            clock::utc_text(order.reversed_at.unwrap_or(order.truth.created_at)),
        ),
        ("InvoiceId", invoice(order).to_owned()),
    ]
}

fn refunded(order: &BankOrder, claim: Claim) -> Option<Fields> {
    let refund = order.truth.refunds.last()?;
    Some(vec![
        ("TransactionId", refund.id.clone()),
        ("PaymentTransactionId", order.truth.bank_order_id.clone()),
        ("Amount", money::decimal(claim.amount.unwrap_or(refund.amount))),
        ("DateTime", clock::utc_text(refund.at)),
        ("OperationType", "Refund".to_owned()),
        ("InvoiceId", invoice(order).to_owned()),
        ("Rrn", rrn(&refund.id)),
    ])
}

fn shell(order: &BankOrder, sum: i64) -> Fields {
    let truth = &order.truth;
    let at = last_purchase(order).map_or(truth.created_at, |one| one.at);
    let mut fields = vec![
        ("TransactionId", truth.bank_order_id.clone()),
        ("Amount", money::decimal(sum)),
        ("Currency", truth.currency.clone()),
        ("PaymentAmount", money::decimal(sum)),
        ("PaymentCurrency", truth.currency.clone()),
        ("DateTime", clock::utc_text(at)),
        ("OperationType", "Payment".to_owned()),
        ("InvoiceId", invoice(order).to_owned()),
        ("Name", "TEST CARDHOLDER".to_owned()),
        ("CardFirstSix", "411111".to_owned()),
        ("CardLastFour", "1111".to_owned()),
        ("CardType", "Visa".to_owned()),
        ("CardExpDate", "12/34".to_owned()),
        ("IpAddress", "203.0.113.7".to_owned()),
        ("IpCity", "Санкт-Петербург".to_owned()),
        ("TestMode", "1".to_owned()),
    ];
    for name in ["AccountId", "Email"] {
        fields.extend(echoed(order, name).map(|value| (name, value.to_owned())));
    }
    fields.extend(order.page.description.clone().map(|words| ("Description", words)));
    fields
}

fn last_sum(order: &BankOrder) -> i64 {
    last_purchase(order).map_or(order.truth.amount, |one| one.amount)
}

fn last_purchase(order: &BankOrder) -> Option<&crate::api::Transaction> {
    let all = &order.truth.transactions;
    all.iter().rev().find(|one| one.kind == TransactionKind::Purchase)
}
