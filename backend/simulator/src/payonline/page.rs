//! The payment form's address: checks the key, makes the order, sends the payer to the page.

use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;

use super::answer::{self, Failure};
use super::call::Call;
use crate::api::{Bank, NewOrder, Order};
use crate::{clock, events, money};

/// What the form itself understands; anything else is the merchant's own and is echoed in the callback.
const KNOWN: [&str; 11] = [
    "MerchantId",
    "OrderId",
    "Amount",
    "Currency",
    "ValidUntil",
    "OrderDescription",
    "ReturnUrl",
    "FailUrl",
    "SecurityKey",
    "ContentType",
    "Language",
];

/// Opens the payment page of an order, making the order on the first visit.
pub(crate) async fn open(call: Call) -> HttpResponse {
    match order(&call) {
        Ok(order) => HttpResponse::SeeOther()
            .insert_header((LOCATION, order.payment_url))
            .finish(),
        Err(failure) => answer::failure(&call.form, failure),
    }
}

fn order(call: &Call) -> Result<Order, Failure> {
    let form = &call.form;
    let account = call.enter(&["OrderId", "Amount", "Currency", "ValidUntil", "OrderDescription"])?;
    let number = form.get("OrderId").ok_or(Failure::Parameter)?;
    let amount = form
        .get("Amount")
        .and_then(money::minor)
        .ok_or(Failure::Parameter)?;
    let currency = form.get("Currency").ok_or(Failure::Parameter)?;
    let until = form
        .get("ValidUntil")
        .map(|text| clock::parse_utc("%Y-%m-%d %H:%M:%S", text).ok_or(Failure::Parameter))
        .transpose()?;
    if let Ok(known) = events::truth(&call.simulator, Bank::PayOnline, &account, number) {
        return if known.amount == amount {
            Ok(known)
        } else {
            Err(Failure::Parameter)
        };
    }
    let new = NewOrder {
        order_number: number.to_owned(),
        amount,
        currency: Some(currency.to_owned()),
        description: form.get("OrderDescription").map(str::to_owned),
        return_url: form.get("ReturnUrl").map(str::to_owned),
        life_secs: until.map(|until| (until - clock::now_ms()) / 1_000),
        ..NewOrder::default()
    };
    let made = events::register(&call.simulator, Bank::PayOnline, &account, &new, |order| {
        order.page.fail_url = form.get("FailUrl").map(str::to_owned);
        let own = form.iter().filter(|(name, _)| !KNOWN.contains(name));
        order.page.extra = own
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
    });
    made.map_err(|_| Failure::Parameter)
}
