//! Answers of the gateway as they come: `PaymentId` is a number in one place and text in another, and so are
//! `Success` and `ErrorCode`.

use serde_json::Value;
use sverka_app::ports::bank::BankError;

use super::reasons;
use crate::json::{flag, integer, object, text};

/// One payment of an order: each new try of the client at a new page has a `PaymentId` of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Payment {
    pub(super) id: Option<String>,
    pub(super) status: String,
    /// What the payment holds or has now, in kopecks: partial reversals and refunds lower it.
    pub(super) amount: Option<i64>,
    pub(super) rrn: Option<String>,
    /// `0` where all is well.
    pub(super) error_code: Option<String>,
    pub(super) message: Option<String>,
}

/// An answer to `Init`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Opened {
    pub(super) payment_id: Option<String>,
    pub(super) payment_url: Option<String>,
}

/// What a call came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Called<T> {
    /// It was done.
    Done(T),
    /// There is no such order or payment.
    NotFound { code: String, message: Option<String> },
}

/// Reads an answer to `CheckOrder`.
pub(super) fn order(body: &str, order_number: &str) -> Result<Called<Vec<Payment>>, BankError> {
    let answer = match checked(body)? {
        Called::Done(answer) => answer,
        Called::NotFound { code, message } => return Ok(Called::NotFound { code, message }),
    };
    same_order(&answer, order_number)?;
    let Some(list) = answer["Payments"].as_array() else {
        return Err(BankError::Unavailable("the answer has no Payments".to_owned()));
    };
    list.iter()
        .map(payment)
        .collect::<Result<_, _>>()
        .map(Called::Done)
}

/// Reads an answer to `GetState`.
pub(super) fn state(body: &str, order_number: &str) -> Result<Called<Payment>, BankError> {
    let answer = match checked(body)? {
        Called::Done(answer) => answer,
        Called::NotFound { code, message } => return Ok(Called::NotFound { code, message }),
    };
    same_order(&answer, order_number)?;
    payment(&answer).map(Called::Done)
}

/// Reads an answer to `Init`.
pub(super) fn opened(body: &str) -> Result<Opened, BankError> {
    match checked(body)? {
        Called::Done(answer) => Ok(Opened {
            payment_id: text(&answer, "PaymentId"),
            payment_url: text(&answer, "PaymentURL"),
        }),
        Called::NotFound { code, message } => Err(refused(&code, message)),
    }
}

/// Reads an answer that says no more than whether it was done.
pub(super) fn done(body: &str) -> Result<(), BankError> {
    match checked(body)? {
        Called::Done(_) => Ok(()),
        Called::NotFound { code, message } => Err(refused(&code, message)),
    }
}

/// An answer with the call's own result seen to: `Success` and `ErrorCode` speak of the call, or of the payment
/// where there is a `Status`.
fn checked(body: &str) -> Result<Called<Value>, BankError> {
    let answer = object(body)?;
    let code = text(&answer, "ErrorCode");
    let about_payment = answer["Status"].is_string() || answer["Payments"].is_array();
    match code.as_deref() {
        Some("0") => Ok(Called::Done(answer)),
        _ if about_payment => Ok(Called::Done(answer)),
        None => match flag(&answer, "Success") {
            Some(true) => Ok(Called::Done(answer)),
            _ => Err(BankError::Unavailable("the answer has no ErrorCode".to_owned())),
        },
        Some(code) => {
            let message = words(&answer);
            if is_not_found(code, message.as_deref()) {
                let code = code.to_owned();
                return Ok(Called::NotFound { code, message });
            }
            Err(refused(code, message))
        }
    }
}

/// The manual lists the code with other meanings too; its words are told apart where they are there.
fn is_not_found(code: &str, message: Option<&str>) -> bool {
    let message = message.unwrap_or_default().to_lowercase();
    let named = ["заказ не найден", "платеж не найден", "платёж не найден"];
    named.iter().any(|words| message.contains(words)) || (code == "7" && message.is_empty())
}

/// 3, 9999 and the like are the bank's own troubles, everything else is for a person.
fn refused(code: &str, message: Option<String>) -> BankError {
    let words = message
        .or_else(|| reasons::words(code).map(str::to_owned))
        .map_or_else(
            || format!("ErrorCode {code}"),
            |words| format!("ErrorCode {code}: {words}"),
        );
    match code {
        "3" | "9999" | "123" | "125" => BankError::Unavailable(words),
        "20" => BankError::Refused(format!("order number already used ({words})")),
        _ => BankError::Refused(words),
    }
}

fn same_order(answer: &Value, order_number: &str) -> Result<(), BankError> {
    match text(answer, "OrderId") {
        Some(number) if number != order_number => Err(BankError::Unavailable(
            "the answer is about another order".to_owned(),
        )),
        _ => Ok(()),
    }
}

fn payment(from: &Value) -> Result<Payment, BankError> {
    let status = text(from, "Status")
        .ok_or_else(|| BankError::Unavailable("a payment in the answer has no Status".to_owned()))?;
    let amount = match &from["Amount"] {
        Value::Null => None,
        _ => Some(
            integer(from, "Amount")
                .filter(|sum| *sum >= 0)
                .ok_or_else(|| BankError::Unavailable("Amount in the answer is not a sum".to_owned()))?,
        ),
    };
    Ok(Payment {
        id: text(from, "PaymentId"),
        status,
        amount,
        rrn: text(from, "RRN").or_else(|| text(from, "Rrn")),
        error_code: text(from, "ErrorCode"),
        message: words(from),
    })
}

/// `Message` and what `Details` adds to it; both may say that there is nothing to say.
fn words(from: &Value) -> Option<String> {
    let told = |name| {
        let words: Option<String> = text(from, name);
        words.filter(|words| !["ok", "none"].contains(&words.to_ascii_lowercase().as_str()))
    };
    match (told("Message"), told("Details")) {
        (Some(message), Some(details)) if message != details => Some(format!("{message} ({details})")),
        (message, details) => message.or(details),
    }
}
