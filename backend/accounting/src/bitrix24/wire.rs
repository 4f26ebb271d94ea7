//! The shapes of the portal's answers. Numbers come as numbers or as text, sums as JSON numbers.

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use sverka_domain::money::{Currency, Money};

/// What stands around every answer.
#[derive(Debug, Deserialize)]
pub(super) struct Envelope {
    pub(super) result: Option<Value>,
    /// `"QUERY_LIMIT_EXCEEDED"`, or a number such as `0`, `100`, `200040300020`.
    #[serde(default, deserialize_with = "text")]
    pub(super) error: Option<String>,
    #[serde(default)]
    pub(super) error_description: Option<String>,
    #[serde(default)]
    pub(super) time: Spent,
}

/// What the request took.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Spent {
    /// When the oldest minute of used-up server time is forgotten, in Unix seconds.
    pub(super) operating_reset_at: Option<i64>,
}

/// A payment: the few fields that both families of methods show. An `Option` is missing from the shorter one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Payment {
    #[serde(deserialize_with = "number")]
    pub(super) id: u64,
    #[serde(default, deserialize_with = "text")]
    pub(super) account_number: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) paid: Option<String>,
    #[serde(default)]
    pub(super) date_paid: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) emp_paid_id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    sum: Option<String>,
    #[serde(default)]
    currency: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) order_id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) xml_id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) ps_invoice_id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) pay_voucher_num: Option<String>,
    #[serde(default)]
    pub(super) comments: Option<String>,
}

impl Payment {
    pub(super) fn is_paid(&self) -> bool {
        self.paid.as_deref() == Some("Y")
    }

    /// Its sum, where it can be read.
    pub(super) fn amount(&self) -> Option<Money> {
        let currency: Currency = self.currency.as_deref()?.parse().ok()?;
        money(self.sum.as_deref()?, currency)
    }
}

/// A deal.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Deal {
    #[serde(deserialize_with = "number")]
    pub(super) id: u64,
    #[serde(default)]
    pub(super) title: Option<String>,
}

/// A product of a deal.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Row {
    #[serde(deserialize_with = "number")]
    pub(super) id: u64,
    #[serde(default, deserialize_with = "text")]
    price: Option<String>,
    #[serde(default, deserialize_with = "text")]
    quantity: Option<String>,
}

impl Row {
    /// How many, as it came.
    pub(super) fn quantity(&self) -> Option<serde_json::Number> {
        serde_json::from_str(self.quantity.as_deref()?).ok()
    }

    /// What it costs, in millionths of the minor unit: prices and quantities have fractions.
    pub(super) fn cost(&self, currency: Currency) -> Option<i128> {
        let price = decimal(self.price.as_deref()?, currency.exponent() as usize + 3)?;
        let quantity = decimal(self.quantity.as_deref()?, 3)?;
        price.checked_mul(quantity)
    }
}

/// How many of [`Row::cost`]'s parts are one minor unit.
pub(super) const PARTS: i128 = 1_000_000;

/// A decimal text with so many digits after the point, as a whole number; further digits must be zero.
fn decimal(text: &str, digits: usize) -> Option<i128> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let (kept, rest) = fraction.split_at_checked(fraction.len().min(digits))?;
    if rest.bytes().any(|digit| digit != b'0') {
        return None;
    }
    format!("{whole}{kept:0<digits$}").parse().ok()
}

/// A sum as JSON writes numbers (`100`, `99.9`, `99.9000`).
fn money(text: &str, currency: Currency) -> Option<Money> {
    let minor = decimal(text, currency.exponent() as usize)?;
    Some(Money::new(i64::try_from(minor).ok()?, currency))
}

/// A sum as the portal reads it: a JSON number with the currency's digits.
pub(super) fn sum(money: Money) -> Value {
    serde_json::from_str(&money.to_decimal()).unwrap_or_default()
}

/// A contact.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Contact {
    #[serde(deserialize_with = "number")]
    pub(super) id: u64,
    #[serde(default)]
    last_name: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    second_name: Option<String>,
}

impl Contact {
    pub(super) fn full_name(&self) -> String {
        let parts = [&self.last_name, &self.name, &self.second_name];
        let parts = parts.into_iter().flatten().map(|part| part.trim());
        parts
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// A text, or a number as text; `null` and `""` are nothing.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => Some(text).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let known = text(deserializer)?.and_then(|text| text.parse().ok());
    known.ok_or_else(|| serde::de::Error::custom("not a number of a record"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payment(sum: &str) -> Option<Money> {
        let text = format!(r#"{{"id":"7","sum":{sum},"currency":"RUB"}}"#);
        serde_json::from_str::<Payment>(&text).unwrap().amount()
    }

    #[test]
    fn a_sum_is_read_to_the_kopeck_however_it_is_written() {
        for (sum, minor) in [
            ("4500", Some(450_000)),
            ("4500.5", Some(450_050)),
            ("\"4500.50\"", Some(450_050)),
            ("4500.5000", Some(450_050)),
            ("4500.505", None),
            ("\"\"", None),
            ("null", None),
        ] {
            assert_eq!(payment(sum).map(|money| money.amount), minor, "{sum}");
        }
    }

    #[test]
    fn the_cost_of_a_row_keeps_fractions_of_a_kopeck() {
        let row: Row = serde_json::from_str(r#"{"id":1,"price":33.335,"quantity":3}"#).unwrap();
        assert_eq!(row.cost(Currency::RUB), Some(10_000_500_000));
        assert_eq!(row.quantity().unwrap().to_string(), "3");
    }

    #[test]
    fn a_code_is_text_or_a_number() {
        for (error, code) in [("0", "0"), ("\"0\"", "0"), ("\"ACCESS_DENIED\"", "ACCESS_DENIED")] {
            let text = format!(r#"{{"error":{error},"error_description":"нет"}}"#);
            let envelope: Envelope = serde_json::from_str(&text).unwrap();
            assert_eq!(envelope.error.as_deref(), Some(code));
        }
    }
}
