//! Complete, void and refund: the merchant moves money.

use actix_web::HttpResponse;

use super::answer::{self, Failure};
use super::call::Call;
use crate::api::{Bank, Move, Order, Transaction, TransactionStatus, Verb};
use crate::{events, money};

/// Takes held money, all of it or a part.
pub(crate) async fn complete(call: Call) -> HttpResponse {
    call.operation(|call| {
        let found = find(call, &["TransactionId", "Amount"])?;
        let how = Move {
            amount: amount(call)?,
            ..Move::default()
        };
        let done = found
            .is(&[TransactionStatus::PreAuthorized])
            .then(|| found.act(call, Verb::Pay, &how))
            .flatten();
        Ok(result(call, "Complete", &found.id, done.is_some(), "Completed"))
    })
    .await
}

/// Releases what the daily run has not taken yet.
pub(crate) async fn void(call: Call) -> HttpResponse {
    call.operation(|call| {
        let found = find(call, &["TransactionId"])?;
        let open = [TransactionStatus::PreAuthorized, TransactionStatus::Pending];
        let done = found
            .is(&open)
            .then(|| found.act(call, Verb::Reverse, &Move::default()))
            .flatten();
        Ok(result(call, "Void", &found.id, done.is_some(), "Voided"))
    })
    .await
}

/// Gives money back by a transaction of its own.
pub(crate) async fn refund(call: Call) -> HttpResponse {
    call.operation(|call| {
        let found = find(call, &["TransactionId", "Amount"])?;
        let how = Move {
            amount: Some(amount(call)?.ok_or(Failure::Parameter)?),
            ..Move::default()
        };
        let done = found
            .is(&[TransactionStatus::Settled])
            .then(|| found.act(call, Verb::Refund, &how))
            .flatten();
        let id = done
            .as_ref()
            .and_then(|order| order.refunds.last())
            .map_or(found.id.as_str(), |refund| refund.id.as_str());
        Ok(result(call, "Refund", id, done.is_some(), "Refunded"))
    })
    .await
}

struct Found {
    account: String,
    number: String,
    id: String,
    status: Option<TransactionStatus>,
}

impl Found {
    fn is(&self, wanted: &[TransactionStatus]) -> bool {
        self.status.is_some_and(|status| wanted.contains(&status))
    }

    fn act(&self, call: &Call, verb: Verb, how: &Move) -> Option<Order> {
        events::act(
            &call.simulator,
            Bank::PayOnline,
            &self.account,
            &self.number,
            verb,
            how,
        )
        .ok()
    }
}

fn find(call: &Call, signed: &[&str]) -> Result<Found, Failure> {
    let account = call.enter(signed)?;
    let id = call
        .form
        .get("TransactionId")
        .ok_or(Failure::TransactionId)?
        .to_owned();
    let mut world = call.simulator.world();
    let orders = &world
        .account(Bank::PayOnline, &account)
        .ok_or(Failure::Merchant)?
        .orders;
    let number = orders.number_of(&id).ok_or(Failure::TransactionId)?;
    let is_it = |one: &&Transaction| one.id == id;
    let status = orders
        .get(&number)
        .and_then(|order| order.truth.transactions.iter().find(is_it))
        .map(|one| one.status);
    drop(world);
    Ok(Found {
        account,
        number,
        id,
        status,
    })
}

fn amount(call: &Call) -> Result<Option<i64>, Failure> {
    call.form
        .get("Amount")
        .map(|text| money::minor(text).ok_or(Failure::Parameter))
        .transpose()
}

fn result(call: &Call, operation: &str, id: &str, done: bool, message: &str) -> HttpResponse {
    let mut fields = vec![("TransactionId", "id", id), ("Operation", "operation", operation)];
    if let Some(amount) = call.form.get("Amount") {
        fields.push(("Amount", "amount", amount));
    }
    fields.push(("Result", "result", if done { "Ok" } else { "Error" }));
    fields.push((
        "Message",
        "message",
        if done { message } else { "Operation is not allowed" },
    ));
    answer::fields(&call.form, "transaction", &fields)
}
