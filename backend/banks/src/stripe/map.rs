//! What payment intents, checkout sessions and charges mean.

use jiff::Timestamp;
use serde_json::Value;
use sverka_app::ports::bank::{Answered, BankError};
use sverka_domain::attempt::BankFact;
use sverka_domain::money::Money;
use sverka_domain::status::BankStatus;

use super::money;

/// The metadata under which our number stands.
pub(super) const NUMBER: &str = "order_number";

/// The shop's number in an object.
pub(super) fn order_number(object: &Value) -> Option<String> {
    text(&object["metadata"], NUMBER).or_else(|| text(object, "client_reference_id"))
}

/// What an intent means. Its charge has to be in it, whole.
pub(super) fn intent(object: &Value) -> Result<Answered, BankError> {
    let charge = &object["latest_charge"];
    let error = &object["last_payment_error"];
    let failed = error.is_object();
    let mut remark = None;
    let fact = match object["status"].as_str() {
        Some("requires_payment_method") if failed => plain(BankStatus::Declined),
        Some("requires_payment_method") => plain(BankStatus::Created),
        Some("requires_confirmation" | "requires_action" | "processing") => plain(BankStatus::Pending),
        Some("requires_capture") => with(BankStatus::Authorized, sum(object, "amount_capturable")?),
        Some("succeeded") => taken(object, charge)?,
        Some("canceled") if held(charge) => with(BankStatus::Reversed, sum(charge, "amount")?),
        Some("canceled") if failed => plain(BankStatus::Declined),
        Some("canceled") => plain(BankStatus::Expired),
        Some(other) => {
            remark = Some(format!("status {other} is not known"));
            plain(BankStatus::Pending)
        }
        None => return Err(unreadable()),
    };
    Ok(Answered {
        fact: Some(fact),
        bank_order_id: text(object, "id"),
        code: text(error, "decline_code")
            .or_else(|| text(error, "code"))
            .or_else(|| text(object, "cancellation_reason"))
            .or_else(|| text(object, "status")),
        message: remark.or_else(|| text(error, "message")),
        rrn: None,
    })
}

/// What a session means: its intent says more, once somebody has begun to pay.
pub(super) fn session(object: &Value) -> Result<Answered, BankError> {
    let inner = &object["payment_intent"];
    let begun = inner.is_object()
        && (inner["status"] != "requires_payment_method" || inner["last_payment_error"].is_object());
    // An expired session cancels its intent, or leaves it without a way to be paid.
    let status = object["status"].as_str().ok_or_else(unreadable)?;
    if begun && !(status == "expired" && inner["status"] == "requires_payment_method") {
        let answered = intent(inner)?;
        return Ok(Answered {
            bank_order_id: text(object, "id"),
            ..answered
        });
    }
    let fact = match (status, object["payment_status"].as_str()) {
        ("open", _) => plain(BankStatus::Created),
        ("expired", _) => plain(BankStatus::Expired),
        ("complete", Some("paid")) => with(BankStatus::Paid, sum(object, "amount_total")?),
        _ => plain(BankStatus::Pending),
    };
    Ok(Answered {
        fact: Some(fact),
        bank_order_id: text(object, "id"),
        code: Some(status.to_owned()),
        message: None,
        rrn: None,
    })
}

/// Money was taken; a part or all of it may have gone back.
fn taken(intent: &Value, charge: &Value) -> Result<BankFact, BankError> {
    let amount = sum(intent, "amount_received")?;
    let back = if charge.is_object() {
        sum(charge, "amount_refunded")?.amount
    } else {
        return Err(unreadable());
    };
    Ok(back_of(amount, back, instant(&charge["created"])))
}

/// What a captured charge means.
pub(super) fn charge(object: &Value) -> Option<BankFact> {
    let captured = object["captured"] == true;
    let amount = sum(object, if captured { "amount_captured" } else { "amount" }).ok()?;
    if !captured {
        return (object["refunded"] != true).then(|| with(BankStatus::Authorized, amount));
    }
    let back = sum(object, "amount_refunded").ok()?.amount;
    Some(back_of(amount, back, instant(&object["created"])))
}

fn back_of(amount: Money, back: i64, paid_at: Option<Timestamp>) -> BankFact {
    let status = match back {
        0 => BankStatus::Paid,
        back if back >= amount.amount => BankStatus::Refunded,
        _ => BankStatus::PartiallyRefunded,
    };
    BankFact {
        refunded: Some(back).filter(|back| *back > 0),
        paid_at,
        ..with(status, amount)
    }
}

/// A cancelled intent that had held the money: its charge went through and was never captured.
fn held(charge: &Value) -> bool {
    charge["status"] == "succeeded" && charge["captured"] == false
}

/// A fact without a sum.
pub(super) fn plain(status: BankStatus) -> BankFact {
    BankFact {
        status,
        amount: None,
        refunded: None,
        paid_at: None,
    }
}

/// A fact with a sum.
pub(super) fn with(status: BankStatus, amount: Money) -> BankFact {
    BankFact {
        amount: Some(amount),
        ..plain(status)
    }
}

/// A sum that has to be there.
pub(super) fn sum(object: &Value, name: &str) -> Result<Money, BankError> {
    let currency = object["currency"].as_str().unwrap_or_default();
    object[name]
        .as_i64()
        .and_then(|minor| money::told(minor, currency))
        .ok_or_else(|| BankError::Unavailable(format!("{name} in the answer is not a sum")))
}

/// Epoch seconds.
pub(super) fn instant(value: &Value) -> Option<Timestamp> {
    Timestamp::from_second(value.as_i64()?).ok()
}

/// Text without the NULs that a database would refuse.
pub(super) fn text(object: &Value, name: &str) -> Option<String> {
    let text = object[name].as_str()?.replace('\0', "");
    Some(text).filter(|text| !text.is_empty())
}

/// An id, of an object that is told by its id or whole.
pub(super) fn id(object: &Value, name: &str) -> Option<String> {
    text(object, name).or_else(|| text(&object[name], "id"))
}

fn unreadable() -> BankError {
    BankError::Unavailable("the answer is not in Stripe's form".to_owned())
}
