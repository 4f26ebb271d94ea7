//! What a notification says: a payment by the first address, a hold or a payment by the second.

use serde_json::Value;
use sverka_app::ports::bank::{Genuineness, RawCallback, Reading, Says};
use sverka_domain::attempt::BankFact;
use sverka_domain::money::{Currency, Money};
use sverka_domain::status::BankStatus;

use super::hash::HashKind;
use super::jws::{self, Verifier};
use super::signature;
use crate::form::Form;
use crate::settings::Secret;

/// What notifications are checked with.
#[derive(Debug)]
pub(super) struct Keys {
    pub(super) login: String,
    pub(super) password2: Secret,
    pub(super) hash: HashKind,
    pub(super) test_mode: bool,
    pub(super) verifier: Option<Verifier>,
}

/// Reads a notification: GET with a query, POST with a form, or POST with a JWS.
pub(super) fn read(raw: &RawCallback, keys: &Keys) -> Reading {
    let text = text(raw);
    if let Some(body) = jws_body(raw) {
        return jws::read(body, keys.verifier.as_ref())
            .map_or_else(|| nothing(Genuineness::Forged), |message| second(message, keys));
    }
    match Form::parse(text) {
        Ok(form) => first(&form, text, keys),
        Err(_) => nothing(Genuineness::Forged),
    }
}

fn text(raw: &RawCallback) -> &[u8] {
    if raw.method.eq_ignore_ascii_case("POST") {
        raw.body.as_slice()
    } else {
        raw.query.as_bytes()
    }
}

/// The body, if it is a JWS.
fn jws_body(raw: &RawCallback) -> Option<&str> {
    let is_post = raw.method.eq_ignore_ascii_case("POST");
    let body = std::str::from_utf8(&raw.body).ok().filter(|_| is_post)?.trim();
    jws::is_jws(body).then_some(body)
}

/// What has to stand behind `OK` in the answer: the number as it came.
pub(super) fn number(raw: &RawCallback) -> String {
    let told = match jws_body(raw) {
        Some(body) => jws::read(body, None).and_then(|message| text_of(&message.data["invId"])),
        None => Form::parse(text(raw))
            .ok()
            .and_then(|form| form.text("InvId").map(str::to_owned)),
    };
    // It is echoed to whoever asks, so nothing but digits.
    told.filter(|told| told.bytes().all(|byte| byte.is_ascii_digit()))
        .unwrap_or_default()
}

fn nothing(genuineness: Genuineness) -> Reading {
    Reading {
        genuineness,
        order_number: None,
        bank_order_id: None,
        says: Says::Nothing,
    }
}

/// ResultURL tells of success and of nothing else.
fn first(form: &Form, raw: &[u8], keys: &Keys) -> Reading {
    let genuineness = signature::judge(form, raw, &keys.password2, keys.hash);
    let order_number = form.text("InvId").map(str::to_owned);
    let sum = form
        .text("OutSum")
        .and_then(|sum| Money::from_decimal(sum, Currency::RUB).ok());
    // Whether it was a test is not under the signature; test passwords are another pair, so this only
    // catches a shop that gave both modes the same one.
    let in_mode = keys.test_mode || form.text("IsTest") != Some("1");
    let says = match (genuineness, sum) {
        (Genuineness::Forged, _) => Says::Nothing,
        _ if order_number.is_none() => Says::Nothing,
        // Nobody pays nothing: a self-test.
        (_, Some(sum)) if sum.amount == 0 => Says::Hint { payment: false },
        (Genuineness::Genuine, Some(sum)) if in_mode => Says::Fact(BankFact {
            status: BankStatus::Paid,
            amount: Some(sum),
            refunded: None,
            paid_at: None,
        }),
        _ => Says::Hint { payment: true },
    };
    Reading {
        genuineness,
        order_number,
        bank_order_id: None,
        says,
    }
}

/// ResultUrl2. `incSum` is what the client paid, the system's fee included, so it is not the attempt's sum: a hold is
/// believed without a sum, and a payment only makes us ask.
fn second(message: jws::Message, keys: &Keys) -> Reading {
    let data = &message.data;
    let order_number = text_of(&data["invId"]);
    let genuineness = match message.genuineness {
        // Signed by Robokassa, for another shop.
        Genuineness::Genuine if data["shop"] != keys.login.as_str() => Genuineness::Forged,
        other => other,
    };
    let state = data["state"].as_str().unwrap_or_default().to_ascii_uppercase();
    let says = match (genuineness, state.as_str()) {
        (Genuineness::Forged, _) => Says::Nothing,
        _ if order_number.is_none() => Says::Nothing,
        (Genuineness::Genuine, "HOLD") => Says::Fact(BankFact {
            status: BankStatus::Authorized,
            amount: None,
            refunded: None,
            paid_at: None,
        }),
        (_, "HOLD" | "OK") => Says::Hint { payment: true },
        _ => Says::Hint { payment: false },
    };
    Reading {
        genuineness,
        order_number,
        bank_order_id: text_of(&data["opKey"]),
        says,
    }
}

fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.replace('\0', ""),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}
