//! Filling the journal: clients that each pay once, at the simulator's bank.

use std::time::Duration;

use futures_util::StreamExt as _;
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use serde_json::{Value, json};
use sverka_simulator::api::{Move, NewOrder, Verb};

use super::count::Expected;
use super::journal::Kind;
use crate::process::{NewPayment, Stand, until};

/// Requests under way at once.
const AT_ONCE: usize = 8;
const PATIENCE: Duration = Duration::from_secs(60);

/// Somebody who pays once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// Full name, unlike any other's.
    pub name: String,
    /// E.164, unlike any other's.
    pub phone: String,
    /// Unlike any other's.
    pub email: String,
}

/// A payment of a run.
#[derive(Debug, Clone)]
pub struct Payment {
    /// The attempt, once recorded.
    pub attempt: String,
    /// Its number, unlike any other's.
    pub order_number: String,
    /// Who pays.
    pub client: Client,
    /// The other side's key of the client.
    pub their_client: String,
    /// Kopecks, unlike any other's.
    pub amount: i64,
    /// What goes back of it, if anything does.
    pub refund: Option<i64>,
}

impl Client {
    /// The nth client.
    #[must_use]
    pub fn nth(nth: usize) -> Self {
        Self {
            name: format!("Клиентов Иван {nth:06}"),
            phone: format!("+7916{nth:07}"),
            email: format!("client-{nth:06}@example.ru"),
        }
    }

    fn body(&self) -> Value {
        json!({"name": self.name, "phone": self.phone, "email": self.email})
    }
}

/// Payments that are to be made, `refunds` of them with a refund. `theirs` are the other side's keys of the clients.
pub(super) fn payments(theirs: Vec<String>, refunds: usize, chance: &mut StdRng) -> Vec<Payment> {
    let mut returned: Vec<usize> = (0..theirs.len()).collect();
    returned.shuffle(chance);
    returned.truncate(refunds);
    let payment = |(nth, their_client): (usize, String)| {
        let index = i64::try_from(nth).unwrap_or(i64::MAX);
        Payment {
            attempt: String::new(),
            order_number: format!("R-{nth:06}"),
            client: Client::nth(nth),
            their_client,
            amount: 150_000 + 7 * index,
            refund: returned.contains(&nth).then_some(10_000 + 3 * index),
        }
    };
    theirs.into_iter().enumerate().map(payment).collect()
}

/// Records an attempt for each, makes its order at the bank, lets the client pay, and waits until the journal has all of
/// them as paid. Nothing may be passed on meanwhile: the workers do not run yet.
pub(super) async fn fill(stand: &Stand, payments: Vec<Payment>) -> Vec<Payment> {
    let made = futures_util::stream::iter(payments).map(|payment| pay(stand, payment));
    let filled: Vec<Payment> = made.buffered(AT_ONCE).collect().await;
    // A callback is on its way for a moment after the money is taken.
    until("all are paid", PATIENCE, async || {
        let unpaid =
            stand.app.count("bank_status=created").await? + stand.app.count("bank_status=pending").await?;
        (unpaid == 0).then_some(())
    })
    .await;
    filled
}

async fn pay(stand: &Stand, payment: Payment) -> Payment {
    let new = NewPayment {
        bank: "sber",
        account: "main",
        order_number: payment.order_number.clone(),
        amount: payment.amount,
    };
    let attempt = stand.app.record_for(&new, &payment.client.body()).await;
    let order = NewOrder {
        order_number: new.order_number.clone(),
        amount: new.amount,
        currency: Some("643".to_owned()),
        ..NewOrder::default()
    };
    // On a machine that is busy with several runs the bank may give a request up before it has read it.
    until("the bank takes the order", PATIENCE, async || {
        stand.bank.create_order("sber", "main", &order).await.ok()
    })
    .await;
    let (number, how) = (&new.order_number, Move::default());
    until("the bank takes the money", PATIENCE, async || {
        stand.bank.pay("sber", "main", number, &how).await.ok()
    })
    .await;
    Payment { attempt, ..payment }
}

/// Gives money back at the bank, one after another.
pub(super) async fn refund(stand: &Stand, payments: &[Payment], pause: Duration) {
    for payment in payments {
        if let Some(amount) = payment.refund {
            // Under a key of the merchant's, so that asking twice gives back once.
            let (number, how) = (
                &payment.order_number,
                Move {
                    external_id: Some(payment.order_number.clone()),
                    ..Move::of(amount)
                },
            );
            until("the bank gives back", PATIENCE, async || {
                let refund = stand.bank.act("sber", "main", number, Verb::Refund, &how);
                refund.await.ok()
            })
            .await;
            tokio::time::sleep(pause).await;
        }
    }
}

/// What has to be in the accounting system in the end: what the bank took, and what it gave back.
pub(super) fn expected(payments: &[Payment]) -> Vec<Expected> {
    let one = |payment: &Payment, kind, amount| Expected {
        attempt: payment.attempt.clone(),
        order_number: payment.order_number.clone(),
        client: payment.their_client.clone(),
        kind,
        amount,
    };
    payments
        .iter()
        .flat_map(|payment| {
            let paid = one(payment, Kind::Payment, payment.amount);
            let back = payment.refund.map(|amount| one(payment, Kind::Refund, amount));
            std::iter::once(paid).chain(back)
        })
        .collect()
}
