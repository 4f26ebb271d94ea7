//! Callbacks of Sber's newer gateway: JSON, whatever it says only a reason to ask.
//!
//! Its description 1.0.4 has a `checksum` without saying how it is made over JSON, and 1.0.7 has none. Where a secret is
//! set and the checksum fits the gateway's old rule over the scalars of the object, the callback is the bank's own; where it
//! does not fit, nothing is proved either way.

use serde_json::Value;
use sverka_app::ports::bank::{Genuineness, Reading, Says};

use super::callback::nothing;
use super::signature::Verifier;
use crate::form::Form;

/// Reads a callback.
pub(crate) fn read(body: &[u8], verifier: &Verifier) -> Reading {
    let Ok(told) = serde_json::from_slice::<Value>(body) else {
        return nothing(Genuineness::Forged);
    };
    let text = |name: &str| {
        let text = told[name]
            .as_str()
            .filter(|text| !text.is_empty() && !text.contains('\0'));
        text.map(str::to_owned)
    };
    let genuineness = match verifier.judge(&scalars(&told)) {
        Genuineness::Genuine => Genuineness::Genuine,
        Genuineness::Unsigned | Genuineness::Forged => Genuineness::Unsigned,
    };
    Reading {
        genuineness,
        order_number: text("orderNumber"),
        bank_order_id: text("mdOrder"),
        says: says(&told),
    }
}

fn says(told: &Value) -> Says {
    let done = told["status"] == 1 || told["status"] == "1";
    let operation = told["operation"].as_str().unwrap_or_default();
    match operation.to_ascii_lowercase().as_str() {
        "approved" | "deposited" if done => Says::Hint { payment: true },
        "approved" | "deposited" | "reversed" | "refunded" | "declinedbytimeout" => {
            Says::Hint { payment: false }
        }
        // An order that was just registered, saved cards, subscriptions.
        _ => Says::Nothing,
    }
}

/// What a checksum can cover: the object's own scalars, as they would stand in a form.
pub(crate) fn scalars(told: &Value) -> Form {
    let fields = told.as_object().into_iter().flatten();
    let pairs = fields.filter_map(|(name, value)| {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(_) | Value::Bool(_) => value.to_string(),
            Value::Null | Value::Array(_) | Value::Object(_) => return None,
        };
        Some((name.clone(), text))
    });
    Form::of(pairs)
}
