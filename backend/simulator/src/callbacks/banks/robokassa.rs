//! Robokassa's notifications: ResultURL tells of success only; ResultUrl2, where there is one, also of a hold.

use std::collections::BTreeMap;

use serde_json::json;

use crate::api::{BankSettings, CallbackMethod, Operation};
use crate::bank::BankOrder;
use crate::callbacks::message::{Claim, FORGERS_KEY, Message};
use crate::robokassa::TEST_KEY;
use crate::signature::robokassa::{hash, jws};
use crate::{clock, money};

/// The notifications of an event.
pub(crate) fn messages(order: &BankOrder, settings: &BankSettings, claim: Claim) -> Vec<Message> {
    let second = |state| second(order, settings, claim, state);
    match (claim.notice.operation, claim.notice.success) {
        (Operation::Deposited, true) => {
            let first = first(order, settings, claim);
            std::iter::once(first).chain(second("OK")).collect()
        }
        (Operation::Approved, true) => second("HOLD").into_iter().collect(),
        _ => Vec::new(),
    }
}

fn sum(order: &BankOrder, claim: Claim) -> i64 {
    let truth = &order.truth;
    let taken = if claim.forged || truth.deposited == 0 {
        truth.amount
    } else {
        truth.deposited
    };
    claim.amount.unwrap_or(taken)
}

/// ResultURL. The sum has six digits behind the point, and is signed so.
fn first(order: &BankOrder, settings: &BankSettings, claim: Claim) -> Message {
    let sum = money::decimal(sum(order, claim));
    let out_sum = format!("{sum}0000");
    let number = order.truth.order_number.as_str();
    let password = if claim.forged {
        FORGERS_KEY
    } else {
        settings.second_password.as_deref().unwrap_or_default()
    };
    let signature = hash(
        settings.hash.unwrap_or_default(),
        &[&out_sum, number, password],
        &order.page.extra,
    );
    let mut params: BTreeMap<String, String> = order.page.extra.iter().cloned().collect();
    let own = [
        ("OutSum", out_sum.as_str()),
        ("InvId", number),
        ("SignatureValue", &signature.to_uppercase()),
        ("Fee", "0.00"),
        ("EMail", ""),
        ("PaymentMethod", "BankCard"),
        ("IncSum", &sum),
        ("IncCurrLabel", "BankCardPSR"),
    ];
    params.extend(own.map(|(name, value)| (name.to_owned(), value.to_owned())));
    Message::form(settings.callback_method.unwrap_or_default(), params)
}

/// ResultUrl2: a compact JWS. `None`: the account's key cannot sign.
fn second(order: &BankOrder, settings: &BankSettings, claim: Claim, state: &str) -> Option<Message> {
    let number = order.truth.order_number.as_str();
    let data = json!({
        "shop": settings.merchant_id,
        "opKey": order.truth.bank_order_id,
        "invId": number,
        "paymentMethod": "BankCard",
        "incSum": money::decimal(sum(order, claim)),
        "state": state,
    });
    let payload = json!({
        "header": {
            "type": "PaymentStateNotification",
            "version": "1.0.0",
            "timestamp": (clock::now_ms() / 1_000).to_string(),
        },
        "data": data,
    });
    let key = settings.callback_private_key.as_deref().unwrap_or(TEST_KEY);
    let text = jws(key, &payload, claim.forged)?;
    Some(Message {
        method: CallbackMethod::Post,
        body: Some(("application/json", text)),
        to_second: true,
        ..Message::json(&data)
    })
}
