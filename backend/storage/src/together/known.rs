//! What was read for a crowd, and what its jobs have made of it so far.

use std::collections::{HashMap, HashSet};

use sverka_app::ports::bank::AccountKey;
use sverka_app::ports::store::{Event, Notification};
use sverka_domain::attempt::Attempt;
use sverka_domain::delivery::Delivery;
use sverka_domain::ids::AttemptId;

/// The digest of a notification at an account.
pub(crate) type Digest = (AccountKey, [u8; 32]);
/// A number of an order at an account.
pub(crate) type Number = (AccountKey, String);

/// An attempt with its deliveries. Its row is locked.
pub(crate) struct Held {
    /// As the jobs have it by now.
    pub(crate) attempt: Attempt,
    /// As it was read.
    pub(crate) read: Attempt,
    /// What is to be stored beside it, once it was saved.
    pub(crate) needs_attention: Option<bool>,
    /// Those that were read and those that were added.
    pub(crate) deliveries: Vec<Delivery>,
}

/// All that is known.
#[derive(Default)]
pub(crate) struct Known {
    /// Notifications that were looked for and are new. They are locked.
    pub(crate) new: HashSet<Digest>,
    /// Whether somebody else has locked some of the attempts that were looked for: then one that is missing may be one of
    /// those.
    pub(crate) some_are_locked: bool,
    /// What was looked for, by order number and by the bank's id; whose it is stands in `by_…`.
    pub(crate) asked_orders: HashSet<Number>,
    pub(crate) asked_ids: HashSet<Number>,
    pub(crate) by_order: HashMap<Number, AttemptId>,
    pub(crate) by_bank_id: HashMap<Number, AttemptId>,
    pub(crate) attempts: HashMap<AttemptId, Held>,
    /// To be added, in order.
    pub(crate) notifications: Vec<(Notification, [u8; 32])>,
    pub(crate) added_deliveries: Vec<Delivery>,
    pub(crate) events: Vec<Event>,
}

impl Known {
    /// Takes in an attempt that was read.
    pub(crate) fn hold(&mut self, attempt: Attempt) {
        self.index(&attempt);
        let held = Held {
            read: attempt.clone(),
            attempt,
            needs_attention: None,
            deliveries: Vec::new(),
        };
        self.attempts.insert(held.attempt.id, held);
    }

    /// Whether there is no attempt of that order number.
    pub(crate) fn lacks_order(&self, number: &Number) -> bool {
        !self.some_are_locked && self.asked_orders.contains(number) && !self.by_order.contains_key(number)
    }

    /// Whether there is no attempt of that id of the bank's.
    pub(crate) fn lacks_id(&self, number: &Number) -> bool {
        !self.some_are_locked && self.asked_ids.contains(number) && !self.by_bank_id.contains_key(number)
    }

    /// By which numbers an attempt is found.
    pub(crate) fn index(&mut self, attempt: &Attempt) {
        let key = account(attempt);
        if let Some(bank_order_id) = &attempt.bank_order_id {
            self.by_bank_id
                .insert((key.clone(), bank_order_id.clone()), attempt.id);
        }
        self.by_order
            .insert((key, attempt.order_number.clone()), attempt.id);
    }
}

/// The account of an attempt.
fn account(attempt: &Attempt) -> AccountKey {
    AccountKey {
        bank: attempt.bank.clone(),
        account: attempt.bank_account.clone(),
    }
}
