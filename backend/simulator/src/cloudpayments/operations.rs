//! Confirm, void and refund: the merchant moves money.

use actix_web::HttpResponse;
use serde_json::{Value, json};

use super::call::{Call, done, failure, model};
use super::view::number;
use crate::api::{Bank, Move, Order, OrderState, Verb};
use crate::bank::Refused;
use crate::events::{self, EventError};

/// Takes held money, all or a part.
pub(crate) async fn confirm(call: Call) -> HttpResponse {
    call.operate(|call| {
        let acted = act(call, Verb::Pay, |state| state == OrderState::Held);
        acted.map_or_else(|refusal| refusal, |_| done())
    })
    .await
}

/// Releases held money.
pub(crate) async fn void(call: Call) -> HttpResponse {
    call.operate(|call| {
        let acted = act(call, Verb::Reverse, |state| state == OrderState::Held);
        acted.map_or_else(|refusal| refusal, |_| done())
    })
    .await
}

/// Gives money back by a transaction of its own.
pub(crate) async fn refund(call: Call) -> HttpResponse {
    call.operate(|call| match act(call, Verb::Refund, |_| true) {
        Ok(order) => {
            let id = order.refunds.last().map(|refund| number(&refund.id));
            model(json!({"TransactionId": id}))
        }
        Err(refusal) => refusal,
    })
    .await
}

fn act(call: &Call, verb: Verb, allowed: fn(OrderState) -> bool) -> Result<Order, Value> {
    let how = Move {
        amount: call.sum()?,
        ..Move::default()
    };
    let wanted = call
        .form
        .get("TransactionId")
        .ok_or_else(|| failure("TransactionId is required"))?;
    let found = call
        .books(|books| {
            let number = books.orders.number_of(wanted)?;
            books.orders.get(&number).map(|order| order.truth.clone())
        })
        .flatten()
        .ok_or_else(|| failure("Not found"))?;
    // A try that was refused before has an id too, and nothing to move.
    if found.bank_order_id != wanted || !allowed(found.state) {
        return Err(failure("Transaction is in a wrong state"));
    }
    let number = &found.order_number;
    events::act(
        &call.simulator,
        Bank::CloudPayments,
        &call.account,
        number,
        verb,
        &how,
    )
    .map_err(|error| {
        failure(match error {
            EventError::Refused(Refused::Sum { .. }) => "Amount is too big",
            _ => "Transaction is in a wrong state",
        })
    })
}
