//! Search: successful payments only, by order or by transaction.

use actix_web::HttpResponse;

use super::answer::{self, Failure};
use super::call::Call;
use crate::api::{Bank, Transaction, TransactionKind, TransactionStatus};
use crate::bank::BankOrder;
use crate::{clock, money};

/// The payment, or an empty body when there is none.
pub(crate) async fn search(call: Call) -> HttpResponse {
    call.query(find).await
}

fn find(call: &Call) -> Result<HttpResponse, Failure> {
    let by = if call.form.has("TransactionId") {
        "TransactionId"
    } else {
        "OrderId"
    };
    if !call.form.has(by) {
        return Err(Failure::Parameter);
    }
    let account = call.enter(&[by])?;
    let number = call.order_number(&account).unwrap_or_default();
    let wanted = call.form.get("TransactionId");
    let mut world = call.simulator.world();
    let order = world
        .account(Bank::PayOnline, &account)
        .and_then(|books| books.orders.get(&number));
    Ok(order
        .and_then(|order| Some(payment(call, order, successful(order, wanted)?)))
        .unwrap_or_else(|| answer::text(String::new())))
}

fn successful<'a>(order: &'a BankOrder, id: Option<&str>) -> Option<&'a Transaction> {
    order.truth.transactions.iter().rev().find(|one| {
        one.kind == TransactionKind::Purchase
            && matches!(
                one.status,
                TransactionStatus::PreAuthorized | TransactionStatus::Pending | TransactionStatus::Settled
            )
            && id.is_none_or(|id| id == one.id)
    })
}

fn payment(call: &Call, order: &BankOrder, one: &Transaction) -> HttpResponse {
    let (amount, at, status) = (
        money::decimal(one.amount),
        clock::utc_text(one.at),
        format!("{:?}", one.status),
    );
    answer::fields(
        &call.form,
        "transaction",
        &[
            ("TransactionId", "id", &one.id),
            ("Amount", "amount", &amount),
            ("Currency", "currency", &order.truth.currency),
            ("Order", "orderId", &order.truth.order_number),
            ("DateTime", "dateTime", &at),
            ("Status", "status", &status),
        ],
    )
}
