//! `Confirm`, `Cancel` and `Resend`: the merchant moves money, or asks for what it missed.

use actix_web::HttpResponse;
use serde_json::json;

use super::call::{Call, Outcome, WRONG_FIELD, WRONG_STATUS};
use super::state::{amount, status};
use crate::api::{Bank, Move, OrderState, Verb};
use crate::bank::BankOrder;
use crate::{callbacks, events};

/// Takes held money, all of it or a part.
pub(crate) async fn confirm(call: Call) -> HttpResponse {
    call.operate(|call| {
        let order = call.order()?;
        if order.truth.state != OrderState::Held {
            return Err(WRONG_STATUS);
        }
        let how = Move {
            amount: call.amount()?,
            ..Move::default()
        };
        act(call, &order, Verb::Pay, &how)?;
        let now = call.order()?;
        Ok(json!({
            "OrderId": now.truth.order_number,
            "PaymentId": now.truth.bank_order_id,
            "Status": status(&now),
        }))
    })
    .await
}

/// Gives up what was not paid, releases what is held, gives back what was taken.
pub(crate) async fn cancel(call: Call) -> HttpResponse {
    call.operate(|call| {
        let order = call.order()?;
        let key = call.text("ExternalRequestId");
        let is_repeat = key.is_some() && order.truth.refunds.iter().any(|one| one.external_id == key);
        let how = Move {
            amount: call.amount()?,
            external_id: key,
            ..Move::default()
        };
        match order.truth.state {
            _ if is_repeat => {}
            OrderState::Registered | OrderState::Acs => {
                let number = &order.truth.order_number;
                events::withdraw(&call.simulator, Bank::Tbank, &call.account, number)
                    .map_err(|_| WRONG_STATUS)?;
            }
            OrderState::Held => act(call, &order, Verb::Reverse, &how)?,
            OrderState::Paid | OrderState::PartiallyRefunded => act(call, &order, Verb::Refund, &how)?,
            OrderState::Reversed | OrderState::Refunded | OrderState::Declined | OrderState::Expired => {
                return Err(WRONG_STATUS);
            }
        }
        cancelled(&order, &call.order()?)
    })
    .await
}

fn cancelled(before: &BankOrder, now: &BankOrder) -> Outcome {
    Ok(json!({
        "OrderId": now.truth.order_number,
        "PaymentId": now.truth.bank_order_id,
        "Status": status(now),
        "OriginalAmount": amount(before),
        "NewAmount": if now.truth.state == OrderState::Declined { 0 } else { amount(now) },
    }))
}

/// Sends again every notification that was not taken.
pub(crate) async fn resend(call: Call) -> HttpResponse {
    call.operate(|call| {
        let missed: Vec<callbacks::Outgoing> = call
            .simulator
            .world()
            .account(Bank::Tbank, &call.account)
            .map(|books| books.undelivered.drain(..).collect())
            .unwrap_or_default();
        let count = missed.len();
        callbacks::dispatch(&call.simulator, missed);
        Ok(json!({"Count": count}))
    })
    .await
}

fn act(call: &Call, order: &BankOrder, verb: Verb, how: &Move) -> Result<(), super::call::Refusal> {
    let number = &order.truth.order_number;
    events::act(&call.simulator, Bank::Tbank, &call.account, number, verb, how)
        .map(drop)
        .map_err(|_| WRONG_FIELD)
}
