//! PayOnline's callbacks: GET or a POST form, signed over five fields.

use std::collections::BTreeMap;

use crate::api::{BankSettings, Operation, TransactionKind};
use crate::bank::BankOrder;
use crate::callbacks::message::{Claim, FORGERS_KEY, Message};
use crate::signature::payonline;
use crate::{clock, money};

/// The callback; PayOnline documents success and decline of a payment, no more.
pub(crate) fn message(order: &BankOrder, settings: &BankSettings, claim: Claim) -> Option<Message> {
    matches!(claim.notice.operation, Operation::Approved | Operation::Deposited).then(|| {
        Message::form(
            settings.callback_method.unwrap_or_default(),
            params(order, settings, claim),
        )
    })
}

fn params(order: &BankOrder, settings: &BankSettings, claim: Claim) -> BTreeMap<String, String> {
    let purchase = order
        .truth
        .transactions
        .iter()
        .rev()
        .find(|one| one.kind == TransactionKind::Purchase);
    let at = clock::utc_text(purchase.map_or(order.truth.created_at, |one| one.at));
    let sum = claim
        .amount
        .or(purchase.map(|one| one.amount))
        .unwrap_or(order.truth.amount);
    let sum = money::decimal(sum);
    let key = if claim.forged {
        FORGERS_KEY
    } else {
        settings.private_security_key.as_deref().unwrap_or_default()
    };
    let signed = [
        ("DateTime", at.as_str()),
        ("TransactionID", &order.truth.bank_order_id),
        ("OrderId", &order.truth.order_number),
        ("Amount", &sum),
        ("Currency", &order.truth.currency),
    ];
    let security_key = payonline::security_key(key, &signed);
    let mut params: BTreeMap<String, String> = order.page.extra.iter().cloned().collect();
    let rest = [
        ("SecurityKey", security_key.as_str()),
        ("PaymentAmount", &sum),
        ("PaymentCurrency", &order.truth.currency),
        ("CardHolder", "TEST CARDHOLDER"),
        ("CardNumber", "************1111"),
        ("Country", "RU"),
        ("IpAddress", "203.0.113.7"),
        ("IpCountry", "RU"),
        ("BinCountry", "RU"),
        ("Provider", "Card"),
        ("ECI", "5"),
    ];
    params.extend(
        signed
            .iter()
            .chain(&rest)
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    );
    if !claim.notice.success {
        params.insert("Code".to_owned(), "5205".to_owned());
        params.insert("ErrorCode".to_owned(), "3".to_owned());
    }
    params
}
