//! `getLastOrdersForMerchants.do`: the list for reconciliation.

use actix_web::HttpResponse;
use serde_json::{Value, json};

use super::call::{self, Call};
use super::status;
use crate::bank::BankOrder;
use crate::clock;

/// A page of orders of a period.
pub(crate) async fn page(call: Call) -> HttpResponse {
    call.query(list).await
}

fn list(call: &Call) -> Value {
    let form = &call.form;
    let date = |name| {
        form.get(name)
            .and_then(|text| clock::parse_moscow("%Y%m%d%H%M%S", text))
    };
    let (Some(from), Some(to)) = (date("from"), date("to")) else {
        return call::error(5, "Неверно указан период");
    };
    let states = form
        .get("transactionStates")
        .unwrap_or("CREATED,APPROVED,DEPOSITED,DECLINED,REVERSED,REFUNDED");
    let by_created = form.get("searchByCreatedDate") == Some("true");
    let fits = |order: &&BankOrder| {
        // By payment date unpaid orders have no date, so they are absent.
        let at = if by_created {
            Some(order.truth.created_at)
        } else {
            order.truth.paid_at
        };
        at.is_some_and(|at| (from..=to).contains(&at))
            && states
                .split(',')
                .any(|state| state == status::payment_state(order.truth.state))
    };
    let (page, size) = (
        form.number("page").unwrap_or(0).max(0),
        form.number("size").unwrap_or(100).clamp(1, 200),
    );
    let mut world = call.simulator.world();
    let Some(books) = world.account(call.bank, &call.account) else {
        return call::error(5, "Доступ запрещён");
    };
    let all: Vec<&BankOrder> = books.orders.newest().filter(fits).collect();
    let skip = usize::try_from(page.saturating_mul(size)).unwrap_or(usize::MAX);
    let shown: Vec<Value> = all
        .iter()
        .skip(skip)
        .take(usize::try_from(size).unwrap_or(100))
        .map(|order| status::view(order))
        .collect();
    json!({"errorCode": "0", "orderStatuses": shown, "totalCount": all.len(), "page": page, "pageSize": size})
}
