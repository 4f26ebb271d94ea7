//! Refunds: objects of their own.

use actix_web::HttpResponse;
use serde_json::Value;

use super::call::{Call, Refusal, invalid};
use super::intents::expanded_charge;
use super::list::page;
use super::view::{self, id, refund_balance};
use crate::api::{Bank, Move, Refund, Verb};
use crate::bank::{BankOrder, Refused};
use crate::events::{self, EventError};

/// Gives money back, all that is left where no sum is told.
pub(crate) async fn create(call: Call) -> HttpResponse {
    call.operate(|call| {
        let of = call
            .form
            .get("payment_intent")
            .or_else(|| call.form.get("charge"));
        let of = of.ok_or_else(|| invalid("payment_intent or charge is missing"))?;
        let number = call.view(of, |order| order.truth.order_number.clone())?;
        let how = Move {
            amount: call.form.number("amount"),
            ..Move::default()
        };
        let acted = events::act(
            &call.simulator,
            Bank::Stripe,
            &call.account,
            &number,
            Verb::Refund,
            &how,
        );
        acted.map_err(|error| refused(&error))?;
        let made = call.view(of, |order| {
            let last = order.truth.refunds.last();
            last.map(|refund| view::refund(order, refund))
        })?;
        made.ok_or_else(|| invalid("there is no refund"))
    })
    .await
}

fn refused(error: &EventError) -> Refusal {
    let (code, words) = match error {
        EventError::Refused(Refused::Sum { .. }) => (
            "amount_too_large",
            "Refund amount is greater than unrefunded amount on charge",
        ),
        _ => ("charge_already_refunded", "Charge has already been refunded"),
    };
    Refusal(400, "invalid_request_error", code, words.to_owned())
}

/// One refund.
pub(crate) async fn get(call: Call) -> HttpResponse {
    call.ask(|call| {
        let found = all(call, "").into_iter().find(|one| one["id"] == *call.id);
        found.ok_or_else(|| {
            let words = format!("No such refund: '{}'", call.id);
            Refusal(404, "invalid_request_error", "resource_missing", words)
        })
    })
    .await
}

/// Refunds, newest first.
pub(crate) async fn list(call: Call) -> HttpResponse {
    call.ask(|call| {
        let own = call.form.get("payment_intent").map(|of| id("pi_", of));
        let of_charge = call.form.get("charge");
        let mut found = all(call, "data.");
        found.retain(|one| {
            own.as_ref().is_none_or(|own| one["payment_intent"] == **own)
                && of_charge.is_none_or(|charge| one["charge"] == charge || one["charge"]["id"] == charge)
        });
        page(call, found)
    })
    .await
}

fn all(call: &Call, at: &str) -> Vec<Value> {
    let shown = |order: &BankOrder, refund: &Refund| {
        let mut view = view::refund(order, refund);
        if call.wants(&format!("{at}charge")) {
            view["charge"] = expanded_charge(call, order, &format!("{at}charge."));
        }
        if call.wants(&format!("{at}balance_transaction")) {
            view["balance_transaction"] = refund_balance(order, refund);
        }
        view
    };
    call.books(|books| {
        let refunds = books.orders.newest().flat_map(|order| {
            // The newest of one order first: within a second the list keeps this sequence.
            let own = order.truth.refunds.iter().rev();
            own.map(|refund| shown(order, refund)).collect::<Vec<_>>()
        });
        refunds.collect()
    })
    .unwrap_or_default()
}
