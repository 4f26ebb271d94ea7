//! Payments: create, get, list, capture, cancel.

use actix_web::HttpResponse;
use serde_json::{Value, json};

use super::call::{Call, NOT_FOUND, Outcome, Refusal};
use super::view::{payment, status};
use crate::api::{Bank, Move, NewOrder, OrderState, Verb};
use crate::bank::BankOrder;
use crate::events::{self, EventError};
use crate::{clock, money};

/// Where shops put their own number.
const NUMBERS: [&str; 4] = ["order_number", "orderNumber", "order_id", "orderId"];
/// How long a payer may take.
const LIFE_SECS: i64 = 3_600;
const MOST: i64 = 100;

/// Makes a payment.
pub(crate) async fn create(call: Call) -> HttpResponse {
    call.operate(|call, body| {
        let (sum, currency) = sum(&body["amount"])?.ok_or(wrong("amount"))?;
        let metadata: Vec<(String, String)> = body["metadata"]
            .as_object()
            .into_iter()
            .flatten()
            .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
            .collect();
        if metadata.len() > 16 {
            return Err(wrong("metadata"));
        }
        let return_url = body["confirmation"]["return_url"].as_str();
        if body["confirmation"]["type"] != "redirect" || return_url.is_none() {
            return Err(wrong("confirmation"));
        }
        let told = NUMBERS
            .iter()
            .find_map(|wanted| metadata.iter().find(|(name, _)| name == wanted));
        let mut new = NewOrder {
            order_number: told.map_or_else(
                || format!("payment-{}", clock::now_ms()),
                |(_, number)| number.clone(),
            ),
            amount: sum,
            currency: Some(currency),
            two_stage: body["capture"] != true,
            description: body["description"].as_str().map(str::to_owned),
            return_url: return_url.map(str::to_owned),
            life_secs: Some(LIFE_SECS),
        };
        register(call, &mut new, &metadata)
    })
    .await
}

/// Nothing hinders a shop from making several payments for one number of its own.
fn register(call: &Call, new: &mut NewOrder, metadata: &[(String, String)]) -> Outcome {
    let number = new.order_number.clone();
    for nth in 2.. {
        let made = events::register(&call.simulator, Bank::YooKassa, &call.account, new, |order| {
            order.page.extra = metadata.to_vec();
        });
        match made {
            Ok(order) => return shown(call, &order.order_number),
            Err(EventError::Taken(_)) => new.order_number = format!("{number}~{nth}"),
            Err(_) => break,
        }
    }
    Err(wrong("amount"))
}

/// One payment.
pub(crate) async fn get(call: Call) -> HttpResponse {
    call.ask(|call| shown(call, &call.number_of(&call.id).ok_or(NOT_FOUND)?))
        .await
}

/// Takes held money, all or a part.
pub(crate) async fn capture(call: Call) -> HttpResponse {
    call.operate(|call, body| {
        let how = Move {
            amount: sum(&body["amount"])?.map(|(sum, _)| sum),
            ..Move::default()
        };
        act(call, Verb::Pay, &how)
    })
    .await
}

/// Releases held money.
pub(crate) async fn cancel(call: Call) -> HttpResponse {
    call.operate(|call, _| act(call, Verb::Reverse, &Move::default()))
        .await
}

fn act(call: &Call, verb: Verb, how: &Move) -> Outcome {
    let number = call.number_of(&call.id).ok_or(NOT_FOUND)?;
    let held = call.books(|books| books.orders.get(&number).map(|order| order.truth.state));
    if held.flatten() != Some(OrderState::Held) {
        let words = "Payment should be in status waiting_for_capture";
        return Err(Refusal(400, "invalid_request", words, ""));
    }
    events::act(&call.simulator, Bank::YooKassa, &call.account, &number, verb, how)
        .map_err(|_| wrong("amount"))?;
    shown(call, &number)
}

/// Payments of a period, newest first.
pub(crate) async fn list(call: Call) -> HttpResponse {
    call.ask(|call| {
        let found = call.books(|books| {
            let fits = |order: &&BankOrder| {
                let wanted = call.query.get("status");
                within(call, "created_at", Some(order.truth.created_at))
                    && within(call, "captured_at", order.deposited_at)
                    && wanted.is_none_or(|wanted| wanted == status(order.truth.state))
            };
            let all = books.orders.newest().filter(fits).map(payment);
            all.collect::<Vec<Value>>()
        });
        page(call, found.unwrap_or_default())
    })
    .await
}

/// Whether a time is in the period that the query names, if it names one.
pub(super) fn within(call: &Call, name: &str, at: Option<i64>) -> bool {
    let bound = |suffix: &str| {
        call.query
            .get(&format!("{name}.{suffix}"))
            .and_then(clock::parse_iso)
    };
    let fits = |suffix: &str, fits: fn(i64, i64) -> bool| {
        bound(suffix).is_none_or(|bound| at.is_some_and(|at| fits(at, bound)))
    };
    fits("gte", |at, bound| at >= bound)
        && fits("gt", |at, bound| at > bound)
        && fits("lte", |at, bound| at <= bound)
        && fits("lt", |at, bound| at < bound)
}

/// One page: the cursor is the id of its first object.
pub(super) fn page(call: &Call, all: Vec<Value>) -> Outcome {
    let limit = call.query.number("limit").unwrap_or(10);
    if !(1..=MOST).contains(&limit) {
        return Err(wrong("limit"));
    }
    let start = match call.query.get("cursor") {
        None => 0,
        Some(cursor) => all
            .iter()
            .position(|one| one["id"] == cursor)
            .ok_or(wrong("cursor"))?,
    };
    let mut rest = all.into_iter().skip(start);
    let items: Vec<Value> = rest.by_ref().take(usize::try_from(limit).unwrap_or(10)).collect();
    let mut answer = json!({"type": "list", "items": items});
    if let Some(next) = rest.next() {
        answer["next_cursor"] = next["id"].clone();
    }
    Ok(answer)
}

fn shown(call: &Call, number: &str) -> Outcome {
    call.books(|books| books.orders.get(number).map(payment))
        .flatten()
        .ok_or(NOT_FOUND)
}

/// A sum and its currency.
pub(super) fn sum(told: &Value) -> Result<Option<(i64, String)>, Refusal> {
    if told.is_null() {
        return Ok(None);
    }
    let sum = told["value"]
        .as_str()
        .and_then(money::minor)
        .filter(|sum| *sum > 0);
    match (sum, told["currency"].as_str()) {
        (Some(sum), Some(currency)) => Ok(Some((sum, currency.to_owned()))),
        _ => Err(wrong("amount")),
    }
}

/// A parameter that will not do.
pub(super) fn wrong(parameter: &'static str) -> Refusal {
    Refusal(400, "invalid_request", "Incorrect value", parameter)
}
