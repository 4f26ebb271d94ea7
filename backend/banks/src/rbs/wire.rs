//! Answers of the gateway as they come: which fields there are depends on a version set for the merchant,
//! and numbers may be strings.

use serde_json::Value;
use sverka_app::ports::bank::BankError;

use super::amounts::Amounts;

/// An answer to `getOrderStatusExtended.do`, every part of it optional.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Status {
    pub(crate) order_number: Option<String>,
    pub(crate) order_id: Option<String>,
    pub(crate) order_status: Option<i64>,
    pub(crate) action_code: Option<i64>,
    pub(crate) action_text: Option<String>,
    /// `authRefNum`, the number of the card network.
    pub(crate) rrn: Option<String>,
    /// Numeric code of the currency.
    pub(crate) currency: Option<String>,
    pub(super) amounts: Amounts,
    /// Epoch milliseconds of the payment.
    pub(crate) paid_at: Option<i64>,
    /// The same of the release of a hold or a payment.
    pub(crate) reversed_at: Option<i64>,
    /// Refunds that were made, one by one where the version tells of them.
    pub(super) refunds: Vec<Refund>,
    /// What the gateway charged, in minor units.
    pub(crate) fee: Option<i64>,
    /// The call's own result.
    pub(crate) error_code: i64,
    pub(crate) error_text: Option<String>,
}

/// One refund of an order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Refund {
    pub(super) amount: i64,
    /// Epoch milliseconds.
    pub(super) at: Option<i64>,
    /// `referenceNumber`, its own number of the card network.
    pub(super) rrn: Option<String>,
}

/// An answer to `getLastOrdersForMerchants.do`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Orders {
    pub(super) orders: Vec<Status>,
    /// How many there are on all pages.
    pub(super) total: Option<i64>,
    pub(super) error_code: i64,
    pub(super) error_text: Option<String>,
}

/// An answer to `register.do`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Registration {
    pub(super) order_id: Option<String>,
    pub(super) form_url: Option<String>,
    pub(super) error_code: i64,
    pub(super) error_text: Option<String>,
}

/// Reads an order's status.
pub(crate) fn status(body: &str) -> Result<Status, BankError> {
    order(&object(body)?)
}

/// Reads a page of orders.
pub(super) fn orders(body: &str) -> Result<Orders, BankError> {
    let answer = object(body)?;
    let orders = answer["orderStatuses"].as_array().map(Vec::as_slice);
    Ok(Orders {
        orders: orders
            .unwrap_or_default()
            .iter()
            .map(order)
            .collect::<Result<_, _>>()?,
        total: integer(&answer, "totalCount"),
        error_code: error_code(&answer)?,
        error_text: text(&answer, "errorMessage"),
    })
}

fn order(answer: &Value) -> Result<Status, BankError> {
    let sums = &answer["paymentAmountInfo"];
    let listed = refunds(&answer["refunds"])?;
    let refunded = whole(sums, "refundedAmount")?.or_else(|| total(&listed));
    let date = |name: &str| integer(answer, name);
    let refunds = match refunded {
        // Told as a sum only: one refund, of which no more is known.
        Some(amount) if amount > 0 && listed.is_empty() => vec![Refund {
            amount,
            at: date("refundedDate"),
            rrn: None,
        }],
        _ => listed,
    };
    Ok(Status {
        order_number: text(answer, "orderNumber"),
        order_id: attribute(&answer["attributes"], "mdOrder").or_else(|| text(answer, "orderId")),
        order_status: integer(answer, "orderStatus"),
        action_code: integer(answer, "actionCode"),
        action_text: text(answer, "actionCodeDescription"),
        rrn: text(answer, "authRefNum"),
        currency: text(answer, "currency"),
        amounts: Amounts {
            registered: sum(answer, "amount")?,
            approved: whole(sums, "approvedAmount")?,
            deposited: whole(sums, "depositedAmount")?,
            refunded,
        },
        paid_at: ["depositedDate", "authDateTime", "date"]
            .iter()
            .find_map(|name| date(name)),
        reversed_at: date("reversedDate"),
        refunds,
        fee: sum(sums, "feeAmount")?,
        error_code: error_code(answer)?,
        error_text: text(answer, "errorMessage"),
    })
}

/// Reads the answer to a registration.
pub(crate) fn registration(body: &str) -> Result<Registration, BankError> {
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

/// A sum together with its part that was paid by an electronic certificate of the state, which stands beside it.
fn whole(from: &Value, name: &str) -> Result<Option<i64>, BankError> {
    let money = sum(from, name)?;
    match sum(from, &format!("{name}Certificate"))? {
        None | Some(0) => Ok(money),
        Some(certificate) => Ok(Some(money.unwrap_or(0).saturating_add(certificate))),
    }
}

/// The refunds that were made; those that failed are in the list too.
fn refunds(list: &Value) -> Result<Vec<Refund>, BankError> {
    let mut made = Vec::new();
    for refund in list.as_array().map(Vec::as_slice).unwrap_or_default() {
        let amount = sum(refund, "amount")?.unwrap_or(0);
        if amount > 0 && matches!(integer(refund, "actionCode"), None | Some(0)) {
            made.push(Refund {
                amount,
                at: integer(refund, "date"),
                rrn: text(refund, "referenceNumber"),
            });
        }
    }
    Ok(made)
}

/// The sum of all refunds, for versions that list them without `refundedAmount`.
fn total(refunds: &[Refund]) -> Option<i64> {
    let total = refunds
        .iter()
        .fold(0_i64, |total, one| total.saturating_add(one.amount));
    Some(total).filter(|total| *total > 0)
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
