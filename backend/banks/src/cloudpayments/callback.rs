//! What a notification says.
//!
//! Its type is not among its fields: it is named by the address that is pasted in the cabinet (`…?type=pay`), which is not
//! under the signature. So money is believed in only where the signed fields themselves show it: a payment that the
//! issuer has answered carries an authorisation code, a gateway, a reference number or a fee, and a Check does not.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use sverka_app::ports::bank::{Genuineness, RawCallback, Reading, Says};
use sverka_domain::attempt::BankFact;
use sverka_domain::money::Money;
use sverka_domain::status::BankStatus;

use super::fields::{Fields, Notification};
use super::signature;
use crate::settings::Secret;

/// Fields that only an authorised payment has.
const AUTHORISED: [&str; 4] = ["AuthCode", "GatewayName", "Rrn", "TotalFee"];

/// Reads a notification.
pub(super) fn read(raw: &RawCallback, secret: &Secret) -> Reading {
    let Some(told) = Notification::read(raw) else {
        return Reading {
            genuineness: Genuineness::Forged,
            order_number: None,
            bank_order_id: None,
            says: Says::Nothing,
        };
    };
    let proof = signature::judge(raw, told.text, secret);
    let fields = &told.fields;
    let genuineness = match proof.genuineness {
        Genuineness::Genuine if fields.repeated() => Genuineness::Forged,
        other => other,
    };
    let (says, bank_order_id) = says(fields, told.kind.as_deref());
    let certain = genuineness == Genuineness::Genuine && !(proof.decoded_only && fields.ambiguous());
    Reading {
        genuineness,
        order_number: fields.get("InvoiceId").map(str::to_owned),
        bank_order_id: bank_order_id.map(str::to_owned),
        says: match genuineness {
            Genuineness::Forged => Says::Nothing,
            _ if certain => says,
            _ => hint(says),
        },
    }
}

/// What is not certain is only a reason to ask.
fn hint(says: Says) -> Says {
    match says {
        Says::Fact(fact) => Says::Hint {
            payment: matches!(fact.status, BankStatus::Paid | BankStatus::Authorized),
        },
        other => other,
    }
}

/// What it says, and the id by which the payment is known. A refused try has an id of its own, which is not that.
fn says<'a>(fields: &'a Fields, kind: Option<&str>) -> (Says, Option<&'a str>) {
    let id = fields.get("TransactionId");
    if let Some(payment) = fields.get("PaymentTransactionId") {
        // The sum is of this refund alone, and there may have been others.
        return (Says::Hint { payment: false }, Some(payment));
    }
    if id.is_none() || kind == Some("recurrent") || kind == Some("receipt") {
        return (Says::Nothing, None);
    }
    if fields.has("ReasonCode") || fields.has("Reason") || kind == Some("fail") {
        return (Says::Hint { payment: false }, None);
    }
    if matches!(fields.get("OperationType"), Some(other) if other != "Payment") {
        return (Says::Nothing, None);
    }
    let Some(status) = fields.get("Status") else {
        return (cancelled(fields, kind), id);
    };
    let authorised = AUTHORISED.iter().any(|name| fields.has(name));
    if kind == Some("check") || (!authorised && kind.is_none()) {
        // The payer has just pressed the button; this very try may still be refused.
        return (Says::Fact(fact(BankStatus::Pending, None, None)), None);
    }
    let status = match status {
        "Completed" => BankStatus::Paid,
        "Authorized" => BankStatus::Authorized,
        "Cancelled" => return (Says::Hint { payment: false }, id),
        "Declined" => return (Says::Hint { payment: false }, None),
        _ => return (Says::Hint { payment: true }, id),
    };
    let amount = amount(fields).filter(|_| authorised);
    let says = match amount {
        Some(amount) => {
            let paid_at = fields.get("DateTime").and_then(date);
            let paid_at = paid_at.filter(|_| status == BankStatus::Paid);
            Says::Fact(fact(status, Some(amount), paid_at))
        }
        None => Says::Hint { payment: true },
    };
    (says, id)
}

/// Only a cancellation has no status, but nothing else in it says what it is.
fn cancelled(fields: &Fields, kind: Option<&str>) -> Says {
    if kind == Some("cancel") {
        Says::Fact(fact(BankStatus::Reversed, amount(fields), None))
    } else {
        Says::Hint { payment: false }
    }
}

fn fact(status: BankStatus, amount: Option<Money>, paid_at: Option<Timestamp>) -> BankFact {
    BankFact {
        status,
        amount,
        refunded: None,
        paid_at,
    }
}

fn amount(fields: &Fields) -> Option<Money> {
    let currency = fields.get("Currency")?.parse().ok()?;
    Money::from_decimal(fields.get("Amount")?, currency).ok()
}

/// `yyyy-MM-dd HH:mm:ss`, UTC.
fn date(text: &str) -> Option<Timestamp> {
    let date = DateTime::strptime("%Y-%m-%d %H:%M:%S", text).ok()?;
    TimeZone::UTC.to_timestamp(date).ok()
}
