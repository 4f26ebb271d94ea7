//! Checkout sessions: a page where a payer can pay.

use actix_web::HttpResponse;
use serde_json::Value;

use super::call::{Call, Outcome, Refusal, invalid};
use super::intents::expanded as expanded_intent;
use super::list::page;
use super::view::{self, id};
use crate::api::{Bank, Move, NewOrder, Verb};
use crate::bank::BankOrder;
use crate::events::{self, EventError};
use crate::{clock, form::Form};

const LIFE_SECS: i64 = 24 * 3_600;

/// Makes a session.
pub(crate) async fn create(call: Call) -> HttpResponse {
    call.operate(|call| {
        let form = &call.form;
        if form.get("mode") != Some("payment") {
            return Err(invalid("mode: only payment is simulated"));
        }
        let price = |name: &str| form.get(&format!("line_items[0][price_data]{name}"));
        let quantity = form.number("line_items[0][quantity]").unwrap_or(1);
        let sum = price("[unit_amount]")
            .and_then(|text| text.parse::<i64>().ok()?.checked_mul(quantity))
            .filter(|sum| *sum > 0)
            .ok_or_else(|| invalid("line_items[0][price_data][unit_amount] is missing"))?;
        let currency =
            price("[currency]").ok_or_else(|| invalid("line_items[0][price_data][currency] is missing"))?;
        let success_url = form
            .get("success_url")
            .ok_or_else(|| invalid("success_url is missing"))?;
        let description = form
            .get("payment_intent_data[description]")
            .or_else(|| price("[product_data][name]"));
        let mut new = NewOrder {
            order_number: number(form),
            amount: sum,
            currency: Some(currency.to_ascii_lowercase()),
            two_stage: form.get("payment_intent_data[capture_method]") == Some("manual"),
            description: description.map(str::to_owned),
            return_url: Some(success_url.to_owned()),
            life_secs: Some(life_secs(form)),
        };
        register(call, &mut new)
    })
    .await
}

/// The shop's own number, wherever it put it.
fn number(form: &Form) -> String {
    [
        "client_reference_id",
        "metadata[order_number]",
        "payment_intent_data[metadata][order_number]",
    ]
    .iter()
    .find_map(|name| form.get(name))
    .map_or_else(|| format!("session-{}", clock::now_ms()), str::to_owned)
}

fn life_secs(form: &Form) -> i64 {
    let until = form.number("expires_at");
    until.map_or(LIFE_SECS, |until| until - clock::now_ms().div_euclid(1_000))
}

/// Nothing hinders a shop from making several sessions for one number of its own.
fn register(call: &Call, new: &mut NewOrder) -> Outcome {
    let number = new.order_number.clone();
    for nth in 2.. {
        let made = events::register(&call.simulator, Bank::Stripe, &call.account, new, |order| {
            order.page.extra = told(&call.form);
            order.page.fail_url = call.form.get("cancel_url").map(str::to_owned);
            let session = id("cs_test_", &order.truth.bank_order_id);
            order.page.return_url = order
                .page
                .return_url
                .take()
                .map(|url| url.replace("{CHECKOUT_SESSION_ID}", &session));
        });
        match made {
            Ok(order) => return call.view(&order.bank_order_id, view::session),
            Err(EventError::Taken(_)) => new.order_number = format!("{number}~{nth}"),
            Err(_) => break,
        }
    }
    Err(invalid("the session could not be made"))
}

/// The metadata of the session and of the intent, told apart, and the shop's reference.
fn told(form: &Form) -> Vec<(String, String)> {
    let own = |name: &str, value: &str| {
        let key = |prefix: &str| {
            let rest = name.strip_prefix(prefix)?.strip_suffix(']')?;
            Some(rest.to_owned())
        };
        let name = if name == "client_reference_id" {
            name.to_owned()
        } else if let Some(key) = key("metadata[") {
            format!("session.{key}")
        } else {
            format!("intent.{}", key("payment_intent_data[metadata][")?)
        };
        Some((name, value.to_owned()))
    };
    form.iter().filter_map(|(name, value)| own(name, value)).collect()
}

/// One session.
pub(crate) async fn get(call: Call) -> HttpResponse {
    call.ask(|call| call.view(&call.id, |order| expanded(call, order, "")))
        .await
}

/// Sessions, newest first.
pub(crate) async fn list(call: Call) -> HttpResponse {
    call.ask(|call| {
        let wanted = |one: &Value, name: &str| call.form.get(name).is_none_or(|wanted| one[name] == wanted);
        let all = call.books(|books| {
            let all = books.orders.newest().map(|order| expanded(call, order, "data."));
            all.filter(|one| wanted(one, "payment_intent") && wanted(one, "status"))
                .collect()
        });
        page(call, all.unwrap_or_default())
    })
    .await
}

fn expanded(call: &Call, order: &BankOrder, at: &str) -> Value {
    let mut view = view::session(order);
    let path = format!("{at}payment_intent");
    if call.wants(&path) && view["payment_intent"].is_string() {
        view["payment_intent"] = expanded_intent(call, order, &format!("{path}."));
    }
    view
}

/// Ends a session that nobody paid.
pub(crate) async fn expire(call: Call) -> HttpResponse {
    call.operate(|call| {
        let number = call.view(&call.id, |order| order.truth.order_number.clone())?;
        events::act(
            &call.simulator,
            Bank::Stripe,
            &call.account,
            &number,
            Verb::Expire,
            &Move::default(),
        )
        .map_err(|_| {
            let words = "Only Checkout Sessions with a status in [\"open\"] can be expired";
            Refusal(400, "invalid_request_error", "", words.to_owned())
        })?;
        call.view(&call.id, view::session)
    })
    .await
}
