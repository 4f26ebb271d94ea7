//! Payment intents and their charges: get, list, search, capture, cancel.

use actix_web::HttpResponse;
use serde_json::{Value, json};

use super::call::{Call, Outcome, Refusal, invalid};
use super::list::page;
use super::view::{self, charge_balance, has_charge, is_tried};
use crate::api::{Bank, Move, OrderState, Verb};
use crate::bank::{BankOrder, withdraw};
use crate::events;

/// One intent.
pub(crate) async fn get(call: Call) -> HttpResponse {
    call.ask(|call| call.view(&call.id, |order| expanded(call, order, "")))
        .await
}

/// Intents, newest first.
pub(crate) async fn list(call: Call) -> HttpResponse {
    call.ask(|call| {
        let all = tried(call, |order| expanded(call, order, "data."));
        page(call, all)
    })
    .await
}

/// Intents that fit a query of `metadata['name']:'value'`, `status:'word'` and `created>=seconds`, joined by AND.
pub(crate) async fn search(call: Call) -> HttpResponse {
    call.ask(|call| {
        let query = call
            .form
            .get("query")
            .ok_or_else(|| invalid("query is missing"))?;
        let clauses: Vec<Clause> = query
            .split(" AND ")
            .map(Clause::read)
            .collect::<Option<_>>()
            .ok_or_else(|| invalid("query cannot be read"))?;
        let found: Vec<Value> = tried(call, |order| expanded(call, order, "data."))
            .into_iter()
            .filter(|one| clauses.iter().all(|clause| clause.fits(one)))
            .collect();
        let mut answer = page(call, found)?;
        answer["object"] = json!("search_result");
        answer["next_page"] = Value::Null;
        Ok(answer)
    })
    .await
}

enum Clause {
    Metadata(String, String),
    Field(&'static str, String),
    Since(i64),
    Before(i64),
}

impl Clause {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let quoted = |text: &str| {
            let inner = text.strip_prefix(['\'', '"'])?.strip_suffix(['\'', '"'])?;
            Some(inner.replace("\\'", "'").replace("\\\\", "\\"))
        };
        if let Some(rest) = text.strip_prefix("metadata[") {
            let (name, value) = rest.split_once("]:")?;
            return Some(Self::Metadata(quoted(name)?, quoted(value)?));
        }
        if let Some(value) = text.strip_prefix("status:") {
            return Some(Self::Field("status", quoted(value)?));
        }
        if let Some(since) = text.strip_prefix("created>=") {
            return Some(Self::Since(since.parse().ok()?));
        }
        Some(Self::Before(text.strip_prefix("created<")?.parse().ok()?))
    }

    /// Metadata are compared without regard to case, as the search does it.
    fn fits(&self, one: &Value) -> bool {
        match self {
            Self::Metadata(name, value) => {
                let told = one["metadata"][name].as_str();
                told.is_some_and(|told| told.to_lowercase() == value.to_lowercase())
            }
            Self::Field(name, value) => one[*name] == **value,
            Self::Since(at) => one["created"].as_i64().is_some_and(|created| created >= *at),
            Self::Before(at) => one["created"].as_i64().is_some_and(|created| created < *at),
        }
    }
}

/// One charge.
pub(crate) async fn charge(call: Call) -> HttpResponse {
    call.ask(|call| call.view(&call.id, |order| expanded_charge(call, order, "")))
        .await
}

/// Charges, newest first.
pub(crate) async fn charges(call: Call) -> HttpResponse {
    call.ask(|call| {
        let wanted = call.form.get("payment_intent");
        let all = call.books(|books| {
            let charged = books.orders.newest().filter(|order| {
                has_charge(order) && wanted.is_none_or(|wanted| wanted == order.truth.bank_order_id)
            });
            charged
                .map(|order| expanded_charge(call, order, "data."))
                .collect()
        });
        page(call, all.unwrap_or_default())
    })
    .await
}

fn tried<T>(call: &Call, show: impl Fn(&BankOrder) -> T) -> Vec<T> {
    call.books(|books| {
        let tried = books.orders.newest().filter(|order| is_tried(order));
        tried.map(&show).collect()
    })
    .unwrap_or_default()
}

/// An intent with what the caller wants in place of ids; `at` is where it stands in the answer.
pub(super) fn expanded(call: &Call, order: &BankOrder, at: &str) -> Value {
    let mut view = view::intent(order);
    let path = format!("{at}latest_charge");
    if call.wants(&path) && view["latest_charge"].is_string() {
        view["latest_charge"] = expanded_charge(call, order, &format!("{path}."));
    }
    view
}

/// A charge likewise.
pub(super) fn expanded_charge(call: &Call, order: &BankOrder, at: &str) -> Value {
    let mut view = view::charge(order);
    if call.wants(&format!("{at}balance_transaction")) && view["balance_transaction"].is_string() {
        view["balance_transaction"] = charge_balance(order);
    }
    if call.wants(&format!("{at}payment_intent")) {
        view["payment_intent"] = view::intent(order);
    }
    view
}

/// Takes held money, all or a part.
pub(crate) async fn capture(call: Call) -> HttpResponse {
    call.operate(|call| {
        let how = Move {
            amount: call.form.number("amount_to_capture"),
            ..Move::default()
        };
        let (number, state) = found(call)?;
        if state != OrderState::Held {
            return Err(unexpected());
        }
        act(call, &number, Verb::Pay, &how)
    })
    .await
}

/// Lets a hold go, or gives an unpaid intent up.
pub(crate) async fn cancel(call: Call) -> HttpResponse {
    call.operate(|call| {
        let (number, state) = found(call)?;
        match state {
            OrderState::Held => act(call, &number, Verb::Reverse, &Move::default()),
            OrderState::Registered | OrderState::Acs => {
                call.books(|books| books.orders.get_mut(&number).map(withdraw));
                call.view(&call.id, view::intent)
            }
            _ => Err(unexpected()),
        }
    })
    .await
}

fn found(call: &Call) -> Result<(String, OrderState), Refusal> {
    call.view(&call.id, |order| {
        (order.truth.order_number.clone(), order.truth.state)
    })
}

fn act(call: &Call, number: &str, verb: Verb, how: &Move) -> Outcome {
    events::act(&call.simulator, Bank::Stripe, &call.account, number, verb, how)
        .map_err(|_| invalid("amount_to_capture is wrong"))?;
    call.view(&call.id, view::intent)
}

fn unexpected() -> Refusal {
    let words = "This PaymentIntent's status does not allow it".to_owned();
    Refusal(
        400,
        "invalid_request_error",
        "payment_intent_unexpected_state",
        words,
    )
}
