//! Answers of the gateway as they come: which fields there are depends on a version set for the merchant,
//! and numbers may be strings.

use serde_json::Value;
use sverka_app::ports::bank::BankError;

use super::amounts::Amounts;

/// An answer to `getOrderStatusExtended.do`, every part of it optional.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Status {
    pub(super) order_number: Option<String>,
    pub(super) order_id: Option<String>,
    pub(super) order_status: Option<i64>,
    pub(super) action_code: Option<i64>,
    pub(super) action_text: Option<String>,
    /// `authRefNum`, the number of the card network.
    pub(super) rrn: Option<String>,
    /// Numeric code of the currency.
    pub(super) currency: Option<String>,
    pub(super) amounts: Amounts,
    /// Epoch milliseconds of the payment.
    pub(super) paid_at: Option<i64>,
    /// The call's own result.
    pub(super) error_code: i64,
    pub(super) error_text: Option<String>,
}

/// An answer to `register.do`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Registration {
    pub(super) order_id: Option<String>,
    pub(super) form_url: Option<String>,
    pub(super) error_code: i64,
    pub(super) error_text: Option<String>,
}

/// Reads an order's status.
pub(super) fn status(body: &str) -> Result<Status, BankError> {
    let answer = object(body)?;
    let sums = &answer["paymentAmountInfo"];
    let refunded = match sum(sums, "refundedAmount")? {
        Some(refunded) => Some(refunded),
        None => refunds(&answer["refunds"])?,
    };
    Ok(Status {
        order_number: text(&answer, "orderNumber"),
        order_id: attribute(&answer["attributes"], "mdOrder").or_else(|| text(&answer, "orderId")),
        order_status: integer(&answer, "orderStatus"),
        action_code: integer(&answer, "actionCode"),
        action_text: text(&answer, "actionCodeDescription"),
        rrn: text(&answer, "authRefNum"),
        currency: text(&answer, "currency"),
        amounts: Amounts {
            registered: sum(&answer, "amount")?,
            approved: sum(sums, "approvedAmount")?,
            deposited: sum(sums, "depositedAmount")?,
            refunded,
        },
        paid_at: ["depositedDate", "authDateTime", "date"]
            .iter()
            .find_map(|name| integer(&answer, name)),
        error_code: error_code(&answer)?,
        error_text: text(&answer, "errorMessage"),
    })
}

/// Reads the answer to a registration.
pub(super) fn registration(body: &str) -> Result<Registration, BankError> {
    let answer = object(body)?;
    Ok(Registration {
        order_id: text(&answer, "orderId"),
        form_url: text(&answer, "formUrl"),
        error_code: error_code(&answer)?,
        error_text: text(&answer, "errorMessage"),
    })
}

fn object(body: &str) -> Result<Value, BankError> {
    serde_json::from_str(body)
        .ok()
        .filter(Value::is_object)
        .ok_or_else(|| BankError::Unavailable("the answer is not JSON".to_owned()))
}

/// No code means that all is well; a code that is no number means that we do not understand each other.
fn error_code(answer: &Value) -> Result<i64, BankError> {
    match &answer["errorCode"] {
        Value::Null => Ok(0),
        _ => integer(answer, "errorCode")
            .ok_or_else(|| BankError::Unavailable("errorCode in the answer is not a number".to_owned())),
    }
}

/// A sum that is there has to be readable: one that is not must never pass for one that is missing.
fn sum(from: &Value, name: &str) -> Result<Option<i64>, BankError> {
    match &from[name] {
        Value::Null => Ok(None),
        _ => match integer(from, name) {
            Some(sum) if sum >= 0 => Ok(Some(sum)),
            _ => Err(BankError::Unavailable(format!(
                "{name} in the answer is not a sum"
            ))),
        },
    }
}

/// The sum of all refunds that were made, for versions that list them without `refundedAmount`.
fn refunds(list: &Value) -> Result<Option<i64>, BankError> {
    let Some(list) = list.as_array() else {
        return Ok(None);
    };
    let mut total = 0_i64;
    for refund in list {
        if matches!(integer(refund, "actionCode"), None | Some(0)) {
            total = total.saturating_add(sum(refund, "amount")?.unwrap_or(0));
        }
    }
    Ok(Some(total).filter(|total| *total > 0))
}

fn integer(from: &Value, name: &str) -> Option<i64> {
    match &from[name] {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Text without the NULs that a database would refuse.
fn text(from: &Value, name: &str) -> Option<String> {
    let text = match &from[name] {
        Value::String(text) => text.replace('\0', ""),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

fn attribute(list: &Value, name: &str) -> Option<String> {
    let found = list.as_array()?.iter().find(|one| one["name"] == name)?;
    text(found, "value")
}
