//! Refunds: objects of their own.

use actix_web::HttpResponse;
use serde_json::Value;

use super::call::{Call, NOT_FOUND, Refusal};
use super::payments::{page, sum, within, wrong};
use super::view;
use crate::api::{Bank, Move, Verb};
use crate::events;

/// Gives money back.
pub(crate) async fn create(call: Call) -> HttpResponse {
    call.operate(|call, body| {
        let (amount, _) = sum(&body["amount"])?.ok_or(wrong("amount"))?;
        let id = body["payment_id"].as_str().ok_or(wrong("payment_id"))?;
        let number = call.number_of(id).ok_or(NOT_FOUND)?;
        events::act(
            &call.simulator,
            Bank::YooKassa,
            &call.account,
            &number,
            Verb::Refund,
            &Move::of(amount),
        )
        .map_err(|_| Refusal(400, "invalid_request", "Refund amount is too large", "amount"))?;
        let made = call.books(|books| {
            let order = books.orders.get(&number)?;
            Some(view::refund(order, order.truth.refunds.last()?))
        });
        made.flatten().ok_or(NOT_FOUND)
    })
    .await
}

/// One refund.
pub(crate) async fn get(call: Call) -> HttpResponse {
    call.ask(|call| {
        let mut all = all(call).into_iter();
        all.find(|refund| refund["id"] == call.id.as_str())
            .ok_or(NOT_FOUND)
    })
    .await
}

/// Refunds of a period or of a payment, newest first.
pub(crate) async fn list(call: Call) -> HttpResponse {
    call.ask(|call| {
        let mut found = all(call);
        found.retain(|refund| {
            let at = refund["created_at"].as_str().and_then(crate::clock::parse_iso);
            let fits = |name: &str| call.query.get(name).is_none_or(|wanted| refund[name] == wanted);
            within(call, "created_at", at) && fits("payment_id") && fits("status")
        });
        page(call, found)
    })
    .await
}

fn all(call: &Call) -> Vec<Value> {
    let mut found = call
        .books(|books| {
            let refunds = books.orders.newest().flat_map(|order| {
                order
                    .truth
                    .refunds
                    .iter()
                    .map(|refund| (refund.at, view::refund(order, refund)))
            });
            refunds.collect::<Vec<_>>()
        })
        .unwrap_or_default();
    found.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    found.into_iter().map(|(_, refund)| refund).collect()
}
