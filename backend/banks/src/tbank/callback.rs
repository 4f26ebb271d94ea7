//! What a notification says.
//!
//! The token is over the values run together, so that digits could be moved between neighbouring fields. What
//! says that money came is taken from it all the same, as the bank means it to be: its sum has to be the
//! attempt's, and the bank is asked afterwards. Of money that went back it is only a reason to ask, because an
//! order may have other payments.

use serde_json::{Map, Value};
use sverka_app::ports::bank::{Genuineness, RawCallback, Reading, Says};
use sverka_domain::attempt::BankFact;
use sverka_domain::money::{Currency, Money};
use sverka_domain::status::BankStatus;

use super::map::{State, state};
use super::token;
use crate::json::{flag, text};
use crate::settings::Secret;

/// Reads a notification: POST with JSON.
pub(super) fn read(raw: &RawCallback, terminal_key: &str, password: &Secret) -> Reading {
    let Ok(Value::Object(fields)) = serde_json::from_slice::<Value>(&raw.body) else {
        return nothing(Genuineness::Forged);
    };
    let genuineness = token::judge(&fields, terminal_key, password);
    if genuineness == Genuineness::Forged {
        return nothing(genuineness);
    }
    let told = Value::Object(fields);
    if !is_of_payment(&told) {
        return nothing(genuineness);
    }
    let says = says(&told);
    let says = match genuineness {
        Genuineness::Genuine => says,
        _ => hint(says),
    };
    Reading {
        genuineness,
        order_number: text(&told, "OrderId"),
        // A refused payment is not what the order is known by: the next try has an id of its own.
        bank_order_id: text(&told, "PaymentId").filter(|_| speaks_of_payment(&says)),
        says,
    }
}

fn nothing(genuineness: Genuineness) -> Reading {
    Reading {
        genuineness,
        order_number: None,
        bank_order_id: None,
        says: Says::Nothing,
    }
}

/// Saved cards, accounts and fiscal receipts come to the same address.
fn is_of_payment(told: &Value) -> bool {
    let has = |name: &str| !told[name].is_null();
    has("OrderId")
        && has("Status")
        && told["Status"] != "RECEIPT"
        && !["RequestKey", "NotificationType", "AccountToken"]
            .iter()
            .any(|name| has(name))
}

fn says(told: &Value) -> Says {
    let fact = |status, amount: Option<Money>| {
        Says::Fact(BankFact {
            status,
            amount,
            refunded: None,
            paid_at: None,
        })
    };
    let good = flag(told, "Success") == Some(true) && text(told, "ErrorCode").is_none_or(|code| code == "0");
    match told["Status"].as_str().and_then(state) {
        Some(State::Taken | State::Held) if told["Status"] == "PARTIAL_REVERSED" || !good => {
            Says::Hint { payment: good }
        }
        Some(state @ (State::Taken | State::Held)) => match amount(told) {
            Some(sum) if state == State::Taken => fact(BankStatus::Paid, Some(sum)),
            Some(sum) => fact(BankStatus::Authorized, Some(sum)),
            None => Says::Hint { payment: true },
        },
        Some(State::Declined) => fact(BankStatus::Declined, None),
        Some(State::Expired) => fact(BankStatus::Expired, None),
        _ => Says::Hint { payment: false },
    }
}

/// Kopecks, as a plain whole number and nothing else.
fn amount(told: &Value) -> Option<Money> {
    let sum = told["Amount"].as_i64().filter(|sum| *sum > 0)?;
    Some(Money::new(sum, Currency::RUB))
}

/// What is not under a signature is only a reason to ask.
fn hint(says: Says) -> Says {
    match says {
        Says::Fact(fact) => Says::Hint {
            payment: matches!(fact.status, BankStatus::Paid | BankStatus::Authorized),
        },
        other => other,
    }
}

fn speaks_of_payment(says: &Says) -> bool {
    match says {
        Says::Fact(fact) => matches!(fact.status, BankStatus::Paid | BankStatus::Authorized),
        Says::Hint { payment } => *payment,
        Says::Nothing => false,
    }
}

/// The fields of a notification of our own making: see [`super::self_test`].
pub(super) fn signed(mut fields: Map<String, Value>, password: &Secret) -> Vec<u8> {
    let token = token::token(&fields, password);
    fields.insert("Token".to_owned(), token.into());
    Value::Object(fields).to_string().into_bytes()
}
