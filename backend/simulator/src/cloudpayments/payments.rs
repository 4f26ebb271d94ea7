//! `get`, `find` and `list`, the old ones and those that also see refunds.

use actix_web::HttpResponse;
use serde_json::{Value, json};

use super::call::{Call, failure, model};
use super::view::transactions;
use crate::clock;

const PAGE: usize = 100;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// One transaction.
pub(crate) async fn get(call: Call) -> HttpResponse {
    call.ask(|call| {
        let wanted = call.form.number("TransactionId");
        let found = all(call)
            .into_iter()
            .find(|(_, one)| wanted.is_some() && one["TransactionId"].as_i64() == wanted);
        // A transaction by its id is told as it is, refused or not.
        found.map_or_else(|| failure("Not found"), |(_, one)| model(one))
    })
    .await
}

/// The last payment of an invoice.
pub(crate) async fn find(call: Call) -> HttpResponse {
    call.ask(|call| last(call, |one| one["Type"] == 0)).await
}

/// The last operation of an invoice, refunds included.
pub(crate) async fn find_any(call: Call) -> HttpResponse {
    call.ask(|call| last(call, |_| true)).await
}

fn last(call: &Call, fits: impl Fn(&Value) -> bool) -> Value {
    let Some(wanted) = call.form.get("InvoiceId") else {
        return failure("InvoiceId is required");
    };
    let found = all(call)
        .into_iter()
        .rfind(|(_, one)| one["InvoiceId"] == wanted && fits(one));
    match found {
        None => failure("Not found"),
        Some((_, one)) if one["Status"] == "Declined" => {
            json!({"Model": one, "Success": false, "Message": null})
        }
        Some((_, one)) => model(one),
    }
}

/// The payments of a day, all at once.
pub(crate) async fn list_day(call: Call) -> HttpResponse {
    call.ask(|call| {
        let Some(from) = call.form.get("Date").and_then(|day| day_start(call, day)) else {
            return failure("Date is required");
        };
        let within = all(call)
            .into_iter()
            .filter(|(at, one)| (from..from + DAY_MS).contains(at) && one["Type"] == 0);
        model(within.map(|(_, one)| one).collect())
    })
    .await
}

/// A day begins by the zone that the caller names; Moscow's where it names none that we know.
fn day_start(call: &Call, day: &str) -> Option<i64> {
    let moment = format!("{day} 00:00:00");
    match call.form.get("TimeZone") {
        Some("UTC" | "GMT") => clock::parse_utc("%Y-%m-%d %H:%M:%S", &moment),
        _ => clock::parse_moscow("%Y-%m-%d %H:%M:%S", &moment),
    }
}

/// The operations of a period, old to new, a hundred a page.
pub(crate) async fn list(call: Call) -> HttpResponse {
    call.ask(|call| {
        let bound = |name| call.form.get(name).and_then(clock::parse_iso);
        let (Some(from), Some(to)) = (bound("CreatedDateGte"), bound("CreatedDateLte")) else {
            return failure("CreatedDateGte and CreatedDateLte are required");
        };
        let number = call.form.number("PageNumber").unwrap_or(1);
        let Some(page) = usize::try_from(number)
            .ok()
            .and_then(|number| number.checked_sub(1))
        else {
            return failure("PageNumber is wrong");
        };
        let statuses = call.form.get("Statuses").map(words).unwrap_or_default();
        let fits = |at: i64, one: &Value| {
            (from..=to).contains(&at)
                && (statuses.is_empty() || statuses.iter().any(|word| one["Status"] == **word))
        };
        let fitting = all(call).into_iter().filter(|(at, one)| fits(*at, one));
        model(
            fitting
                .skip(page.saturating_mul(PAGE))
                .take(PAGE)
                .map(|(_, one)| one)
                .collect(),
        )
    })
    .await
}

/// A JSON list, or words with commas.
fn words(text: &str) -> Vec<String> {
    serde_json::from_str(text)
        .unwrap_or_else(|_| text.split(',').map(|word| word.trim().to_owned()).collect())
}

/// Every transaction of the account with its time, oldest first.
fn all(call: &Call) -> Vec<(i64, Value)> {
    let mut found = call
        .books(|books| {
            let orders = books.orders.newest();
            let timed = orders.flat_map(|order| {
                let times: Vec<i64> = order.truth.transactions.iter().map(|one| one.at).collect();
                let shown = transactions(order);
                let waiting = order.truth.created_at;
                shown
                    .into_iter()
                    .enumerate()
                    .map(move |(nth, one)| (times.get(nth).copied().unwrap_or(waiting), one))
                    .collect::<Vec<_>>()
            });
            timed.collect::<Vec<_>>()
        })
        .unwrap_or_default();
    // A stable sort: the transactions of one order keep their sequence within a millisecond.
    found.sort_by_key(|(at, _)| *at);
    found
}
