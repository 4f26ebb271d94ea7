//! One callback, ready for the wire: the shape that all banks' callbacks share.

use std::collections::BTreeMap;

use serde_json::Value;
use url::form_urlencoded::Serializer;

use super::banks;
use crate::api::{Bank, BankSettings, CallbackMethod};
use crate::bank::{BankOrder, Notice};

/// A key nobody was given.
pub(crate) const FORGERS_KEY: &str = "the forger does not know the key";

/// What a callback claims.
#[derive(Clone, Copy)]
pub(crate) struct Claim {
    pub(crate) notice: Notice,
    pub(crate) forged: bool,
    pub(crate) amount: Option<i64>,
}

/// A request to the merchant. The body is text from the start: signatures are made over it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Message {
    pub(crate) method: CallbackMethod,
    /// Added to the address.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: Vec<(&'static str, String)>,
    /// Content type and text.
    pub(crate) body: Option<(&'static str, String)>,
    /// What it says, for the log.
    pub(crate) params: BTreeMap<String, String>,
    /// It goes to the second address, where there is one.
    pub(crate) to_second: bool,
    /// What stands in the address for `{type}`.
    pub(crate) kind: Option<&'static str>,
    /// The key of a signature over the time of sending: each try has its own.
    pub(crate) timed_key: Option<String>,
}

impl Message {
    /// Parameters in the query or in a form body.
    pub(crate) fn form(method: CallbackMethod, params: BTreeMap<String, String>) -> Self {
        let (query, body) = match method {
            CallbackMethod::Get => (params.clone().into_iter().collect(), None),
            CallbackMethod::Post => {
                let text = Serializer::new(String::new()).extend_pairs(&params).finish();
                (Vec::new(), Some(("application/x-www-form-urlencoded", text)))
            }
        };
        Self {
            method,
            query,
            body,
            params,
            ..Self::default()
        }
    }

    /// A JSON body.
    pub(crate) fn json(value: &Value) -> Self {
        Self {
            method: CallbackMethod::Post,
            body: Some(("application/json", value.to_string())),
            params: scalars(value),
            ..Self::default()
        }
    }
}

/// The scalars of an object and of what is in it, by dotted name.
fn scalars(value: &Value) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut inner = vec![(String::new(), value)];
    while let Some((name, value)) = inner.pop() {
        match value {
            Value::Object(fields) => inner.extend(fields.iter().map(|(field, value)| {
                let dot = if name.is_empty() { "" } else { "." };
                (format!("{name}{dot}{field}"), value)
            })),
            Value::String(text) => drop(found.insert(name, text.clone())),
            Value::Number(_) | Value::Bool(_) => drop(found.insert(name, value.to_string())),
            Value::Null | Value::Array(_) => {}
        }
    }
    found
}

/// The callbacks in the bank's protocol; none when the bank tells nobody of such an event.
pub(crate) fn build(order: &BankOrder, settings: &BankSettings, claim: Claim) -> Vec<Message> {
    let message = match order.truth.bank {
        Bank::Sber | Bank::Alfa | Bank::Vtb => Some(banks::rbs::message(order, settings, claim)),
        Bank::SberEcom => Some(banks::sber_ecom::message(order, claim)),
        Bank::PayOnline => banks::payonline::message(order, settings, claim),
        Bank::Tbank => banks::tbank::message(order, settings, claim),
        Bank::YooKassa => banks::yookassa::message(order, claim),
        Bank::CloudPayments => banks::cloudpayments::message(order, settings, claim),
        Bank::Robokassa => return banks::robokassa::messages(order, settings, claim),
        Bank::Stripe => Some(banks::stripe::message(order, settings, claim)),
    };
    message.into_iter().collect()
}

/// Whether the merchant's answer says to the bank that it need not come again.
pub(crate) fn is_taken(bank: Bank, order_number: &str, status: u16, body: &str) -> bool {
    match bank {
        Bank::Sber | Bank::Alfa | Bank::Vtb | Bank::SberEcom | Bank::PayOnline | Bank::YooKassa => {
            status == 200
        }
        Bank::Tbank => status == 200 && body == "OK",
        Bank::CloudPayments => {
            let code = serde_json::from_str::<Value>(body)
                .ok()
                .map(|answer| answer["code"].clone());
            status == 200 && code == Some(Value::from(0))
        }
        Bank::Robokassa => status == 200 && body.trim() == format!("OK{order_number}"),
        Bank::Stripe => (200..300).contains(&status),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_bank_wants_its_own_answer() {
        let taken = |bank, status, body| is_taken(bank, "42", status, body);
        assert!(taken(Bank::Sber, 200, "anything") && !taken(Bank::Sber, 201, ""));
        assert!(taken(Bank::Tbank, 200, "OK") && !taken(Bank::Tbank, 200, "ok"));
        assert!(taken(Bank::CloudPayments, 200, r#"{"code":0}"#));
        assert!(!taken(Bank::CloudPayments, 200, r#"{"code":13}"#) && !taken(Bank::CloudPayments, 200, ""));
        assert!(taken(Bank::Robokassa, 200, "OK42\n") && !taken(Bank::Robokassa, 200, "OK"));
        assert!(taken(Bank::Stripe, 204, "") && !taken(Bank::Stripe, 302, ""));
    }

    #[test]
    fn what_a_json_callback_says_is_logged_by_dotted_names() {
        let message = Message::json(&json!({"a": 1, "b": {"c": "x", "d": [1]}, "e": null, "f": true}));
        let logged: Vec<_> = message
            .params
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        assert_eq!(logged, ["a=1", "b.c=x", "f=true"]);
    }
}
