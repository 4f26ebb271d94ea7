//! What a callback says. GET with a query by default, POST with the same names in a form if so ordered;
//! the newer gateway posts JSON without a checksum.

use sverka_app::ports::bank::{Genuineness, RawCallback, Reading, Says};
use sverka_domain::attempt::BankFact;
use sverka_domain::money::{Currency, Money};
use sverka_domain::status::BankStatus;

use super::amounts::{Amounts, Back};
use super::signature::{Verifier, is_ambiguous};
use super::{json, map};
use crate::form::Form;

/// Reads a callback.
pub(super) fn read(raw: &RawCallback, verifier: &Verifier, account: Currency) -> Reading {
    let is_post = raw.method.eq_ignore_ascii_case("POST");
    let text = if is_post {
        raw.body.as_slice()
    } else {
        raw.query.as_bytes()
    };
    if is_post && text.trim_ascii_start().starts_with(b"{") {
        return json::read(text, verifier);
    }
    match Form::parse(text) {
        Ok(form) => read_form(&form, verifier, account),
        // What cannot be read for certain is not guessed at.
        Err(_) => nothing(Genuineness::Forged),
    }
}

/// A callback that says nothing.
pub(super) fn nothing(genuineness: Genuineness) -> Reading {
    Reading {
        genuineness,
        order_number: None,
        bank_order_id: None,
        says: Says::Nothing,
    }
}

fn read_form(form: &Form, verifier: &Verifier, account: Currency) -> Reading {
    let genuineness = verifier.judge(form);
    let told = says(form, account);
    Reading {
        genuineness,
        order_number: form.text("orderNumber").map(str::to_owned),
        bank_order_id: form
            .text("mdOrder")
            .or_else(|| form.text("mdorder"))
            .map(str::to_owned),
        says: match genuineness {
            Genuineness::Genuine if !is_ambiguous(form) => told,
            Genuineness::Genuine | Genuineness::Unsigned => hint(told),
            Genuineness::Forged => Says::Nothing,
        },
    }
}

/// What is not under a signature is only a reason to ask.
fn hint(told: Says) -> Says {
    match told {
        Says::Fact(fact) => Says::Hint {
            payment: matches!(fact.status, BankStatus::Paid | BankStatus::Authorized),
        },
        other => other,
    }
}

fn says(form: &Form, account: Currency) -> Says {
    let Some(operation) = form.text("operation") else {
        return Says::Nothing;
    };
    let done = form.text("status") == Some("1");
    match operation.to_ascii_lowercase().as_str() {
        // The end of an order's life is no matter of success or failure.
        "declinedbytimeout" => Says::Fact(fact(BankStatus::Expired, None)),
        "approved" if done => money_fact(form, account, BankStatus::Authorized, Amounts::held),
        "deposited" if done => money_fact(form, account, BankStatus::Paid, Amounts::captured),
        "reversed" if done => money_fact(form, account, BankStatus::Reversed, Amounts::held),
        "refunded" if done => refunded(form, account),
        "approved" | "deposited" | "reversed" | "refunded" | "declinedcardpresent" => {
            Says::Hint { payment: false }
        }
        // Saved cards, subscriptions, an order that was just registered.
        _ => Says::Nothing,
    }
}

fn fact(status: BankStatus, amount: Option<Money>) -> BankFact {
    BankFact {
        status,
        amount,
        refunded: None,
        paid_at: None,
    }
}

fn money_fact(form: &Form, account: Currency, status: BankStatus, sum: fn(&Amounts) -> Option<i64>) -> Says {
    match amounts(form) {
        Ok(amounts) => {
            let currency = map::currency(form.text("currency"), account);
            let amount = sum(&amounts).map(|sum| Money::new(sum, currency));
            Says::Fact(fact(status, amount))
        }
        Err(Unreadable) => Says::Hint {
            payment: status != BankStatus::Reversed,
        },
    }
}

/// A refund without its sum, which is what most merchants get, may be of a part: the bank has to be asked.
fn refunded(form: &Form, account: Currency) -> Says {
    let Ok(amounts) = amounts(form) else {
        return Says::Hint { payment: false };
    };
    let (status, refunded) = match amounts.back() {
        Back::Nothing => return Says::Hint { payment: false },
        Back::Part(sum) => (BankStatus::PartiallyRefunded, Some(sum)),
        Back::All(sum) => (BankStatus::Refunded, sum),
    };
    let currency = map::currency(form.text("currency"), account);
    Says::Fact(BankFact {
        refunded,
        ..fact(status, amounts.captured().map(|sum| Money::new(sum, currency)))
    })
}

struct Unreadable;

fn amounts(form: &Form) -> Result<Amounts, Unreadable> {
    let sum = |name| match form.bytes(name) {
        None | Some(b"") => Ok(None),
        Some(value) => {
            let value = std::str::from_utf8(value).ok().and_then(|text| text.parse().ok());
            value.filter(|sum: &i64| *sum >= 0).map(Some).ok_or(Unreadable)
        }
    };
    let deposited = match sum("depositedAmount")? {
        Some(deposited) => Some(deposited),
        None => sum("paymentAmount")?,
    };
    Ok(Amounts {
        registered: sum("amount")?,
        approved: sum("approvedAmount")?,
        deposited,
        refunded: sum("refundedAmount")?,
    })
}
