//! What a notification says: never more than a reason to ask, since its result is not signed.

use sverka_app::ports::bank::{Genuineness, RawCallback, Reading, Says};

use super::signature;
use crate::form::Form;
use crate::settings::Secret;

/// Reads a notification: GET with a query or POST with a form, as set in the cabinet.
pub(super) fn read(raw: &RawCallback, secret: &Secret) -> Reading {
    let is_post = raw.method.eq_ignore_ascii_case("POST");
    let text = if is_post {
        raw.body.as_slice()
    } else {
        raw.query.as_bytes()
    };
    let Ok(form) = Form::parse(text) else {
        return Reading {
            genuineness: Genuineness::Forged,
            order_number: None,
            bank_order_id: None,
            says: Says::Nothing,
        };
    };
    let genuineness = signature::judge(&form, secret);
    let order_number = form.text("OrderId").map(str::to_owned);
    let payment = speaks_of_payment(&form);
    let says = match genuineness {
        Genuineness::Genuine | Genuineness::Unsigned if order_number.is_some() => Says::Hint { payment },
        _ => Says::Nothing,
    };
    Reading {
        genuineness,
        order_number,
        // A refused try has a transaction of its own, which is not what the order is known by.
        bank_order_id: form.text("TransactionID").filter(|_| payment).map(str::to_owned),
        says,
    }
}

/// Only a refusal carries codes; 200 means success wherever PayOnline uses it.
fn speaks_of_payment(form: &Form) -> bool {
    let refused = form.bytes("Code").is_some_and(|code| code != b"200");
    !refused && form.bytes("ErrorCode").is_none()
}
