//! An account at a bank: its settings, its faults, its orders.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use super::BankOrder;
use super::kept::Kept;
use crate::api::{BankFaults, BankSettings};
use crate::callbacks::{Bell, Outgoing};

/// An account.
#[derive(Clone, Debug, Default)]
pub(crate) struct Account {
    pub(crate) settings: BankSettings,
    pub(crate) faults: BankFaults,
    pub(crate) orders: Orders,
    /// How often it was asked about no order of its own.
    pub(crate) queries: u64,
    /// What calls under the merchant's keys were answered.
    pub(crate) kept: Kept,
    /// Callbacks that the merchant has not taken, for banks that can be asked to send them again; oldest first.
    pub(crate) undelivered: VecDeque<Outgoing>,
    /// Rung when a callback has gone: a reordered one waits for it.
    pub(crate) gone: Arc<Bell>,
}

/// The orders of an account, bounded.
#[derive(Clone, Debug, Default)]
pub(crate) struct Orders {
    by_number: HashMap<String, BankOrder>,
    number_of: HashMap<String, String>,
    age: VecDeque<String>,
}

impl Orders {
    /// Adds an order; the oldest one goes when there are too many.
    pub(crate) fn insert(&mut self, order: BankOrder) {
        let number = order.truth.order_number.clone();
        self.number_of
            .insert(order.truth.bank_order_id.clone(), number.clone());
        self.age.push_back(number.clone());
        self.by_number.insert(number, order);
        if self.age.len() > crate::world::CAPACITY
            && let Some(oldest) = self.age.pop_front()
            && let Some(gone) = self.by_number.remove(&oldest)
        {
            self.number_of.remove(&gone.truth.bank_order_id);
            for former in &gone.former {
                self.number_of.remove(&former.id);
            }
        }
    }

    /// Makes an order found by another id as well.
    pub(crate) fn know_as(&mut self, number: &str, id: &str) {
        self.number_of.insert(id.to_owned(), number.to_owned());
    }

    /// By the merchant's number.
    pub(crate) fn get(&self, number: &str) -> Option<&BankOrder> {
        self.by_number.get(number)
    }

    /// By the merchant's number, to change it.
    pub(crate) fn get_mut(&mut self, number: &str) -> Option<&mut BankOrder> {
        self.by_number.get_mut(number)
    }

    /// The merchant's number of the order with this bank id (at PayOnline: of any of its transactions).
    pub(crate) fn number_of(&self, bank_order_id: &str) -> Option<String> {
        if let Some(number) = self.number_of.get(bank_order_id) {
            return Some(number.clone());
        }
        let has_it = |order: &&BankOrder| {
            order
                .truth
                .transactions
                .iter()
                .any(|transaction| transaction.id == bank_order_id)
        };
        self.by_number
            .values()
            .find(has_it)
            .map(|order| order.truth.order_number.clone())
    }

    /// Newest first.
    pub(crate) fn newest(&self) -> impl Iterator<Item = &BankOrder> {
        self.age
            .iter()
            .rev()
            .filter_map(|number| self.by_number.get(number))
    }

    /// When the life of the next order that nobody paid ends.
    pub(crate) fn next_end_of_life(&self) -> Option<i64> {
        let open = self.by_number.values().filter(|order| order.is_overdue(i64::MAX));
        open.map(|order| order.truth.expires_at).min()
    }

    /// The numbers of orders whose life has ended unnoticed.
    pub(crate) fn overdue(&self, now: i64) -> Vec<String> {
        self.age
            .iter()
            .filter(|number| self.get(number).is_some_and(|order| order.is_overdue(now)))
            .cloned()
            .collect()
    }
}
