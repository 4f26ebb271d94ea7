//! `deposit.do`, `reverse.do`, `refund.do`, `decline.do`: the merchant moves money.

use actix_web::HttpResponse;
use serde_json::Value;

use super::call::{self, Call};
use crate::api::{Move, Order, OrderState, Verb};
use crate::bank::{Refused, withdraw};
use crate::events::{self, EventError};

/// Takes held money; the amount 0 is all of it.
pub(crate) async fn deposit(call: Call) -> HttpResponse {
    call.operation(|call| {
        let how = Move {
            amount: call.form.number("amount").filter(|amount| *amount != 0),
            ..Move::default()
        };
        act(call, Verb::Pay, &how, |order| order.state == OrderState::Held)
    })
    .await
}

/// Releases held or paid money.
pub(crate) async fn reverse(call: Call) -> HttpResponse {
    call.operation(|call| act(call, Verb::Reverse, &Move::default(), |_| true))
        .await
}

/// Gives money back. The same `externalRefundId` with the same sum moves nothing twice.
pub(crate) async fn refund(call: Call) -> HttpResponse {
    call.operation(|call| {
        let Some(amount) = call.form.number("amount") else {
            return call::error(4, "Не указана сумма");
        };
        let external_id = call.form.get("externalRefundId").map(str::to_owned);
        if external_id.is_some()
            && let Some(order) = find(call)
            && let Some(known) = order
                .refunds
                .iter()
                .find(|refund| refund.external_id == external_id)
        {
            return if known.amount == amount {
                call::success()
            } else {
                call::error(5, "Возврат с таким номером уже был на другую сумму")
            };
        }
        let how = Move {
            amount: Some(amount),
            external_id,
            ..Move::default()
        };
        act(call, Verb::Refund, &how, |_| true)
    })
    .await
}

/// Gives up an order that nobody paid.
pub(crate) async fn decline(call: Call) -> HttpResponse {
    call.operation(|call| {
        let Some(number) = call.order_number() else {
            return call.no_order();
        };
        let mut world = call.simulator.world();
        let order = world
            .account(call.bank, &call.account)
            .and_then(|books| books.orders.get_mut(&number));
        match order.map(withdraw) {
            Some(Ok(())) => call::success(),
            Some(Err(_)) => call::error(7, "Операция невозможна для текущего состояния платежа"),
            None => call.no_order(),
        }
    })
    .await
}

fn find(call: &Call) -> Option<Order> {
    let number = call.order_number()?;
    events::truth(&call.simulator, call.bank, &call.account, &number).ok()
}

fn act(call: &Call, verb: Verb, how: &Move, allowed: fn(&Order) -> bool) -> Value {
    if !call.form.has("orderId") && !call.form.has("orderNumber") {
        return call::error(4, "Не указан номер заказа");
    }
    let Some(order) = find(call) else {
        return call.no_order();
    };
    if !allowed(&order) {
        return call::error(7, "Операция невозможна для текущего состояния платежа");
    }
    match events::act(
        &call.simulator,
        call.bank,
        &call.account,
        &order.order_number,
        verb,
        how,
    ) {
        Ok(_) => call::success(),
        Err(EventError::Refused(Refused::Sum { .. })) if verb == Verb::Refund => {
            call::error(7, "Сумма возврата превышает сумму списания")
        }
        Err(EventError::Refused(Refused::Sum { .. })) => call::error(5, "Неверная сумма"),
        Err(EventError::Refused(Refused::State(_))) => {
            call::error(7, "Операция невозможна для текущего состояния платежа")
        }
        Err(_) => call::error(7, "Системная ошибка"),
    }
}
