//! Everything the simulator remembers.

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;

use crate::accounting::Receiver;
use crate::api::{Bank, CallbackRecord};
use crate::bank::Account;
use crate::onec::{self, Base, Journal, JournalError};

/// How many orders, log lines and receipts are kept, each.
pub(crate) const CAPACITY: usize = 10_000;

/// The memory, behind one mutex.
#[derive(Clone, Debug, Default)]
pub(crate) struct World {
    pub(crate) banks: BTreeMap<(Bank, String), Account>,
    pub(crate) receivers: BTreeMap<String, Receiver>,
    pub(crate) onec: BTreeMap<String, Base>,
    /// Where bases of 1C keep their files; in memory only when there is none.
    pub(crate) state_dir: Option<PathBuf>,
    pub(crate) callbacks: VecDeque<CallbackRecord>,
    last_callback: u64,
}

impl World {
    /// An account that is there.
    pub(crate) fn account(&mut self, bank: Bank, name: &str) -> Option<&mut Account> {
        self.banks.get_mut(&(bank, name.to_owned()))
    }

    /// The account of this merchant id, for banks whose paths name no account.
    pub(crate) fn account_of_merchant(&self, bank: Bank, merchant_id: &str) -> Option<(&str, &Account)> {
        self.banks
            .iter()
            .find(|((known, _), account)| {
                *known == bank && account.settings.merchant_id.as_deref() == Some(merchant_id)
            })
            .map(|((_, name), account)| (name.as_str(), account))
    }

    /// Goes on from the files of the bases.
    pub(crate) fn open(&mut self) -> Result<(), JournalError> {
        let Some(directory) = self.state_dir.clone() else {
            return Ok(());
        };
        for name in onec::bases_in(&directory)? {
            self.onec.entry(name.clone()).or_insert_with(|| Base::new(&name));
        }
        self.onec
            .values_mut()
            .try_for_each(|base| base.keep_in(&directory))
    }

    /// Forgets the files of the bases, and writes new ones from now on.
    pub(crate) fn start_anew(&mut self) -> Result<(), JournalError> {
        let Some(directory) = self.state_dir.clone() else {
            return Ok(());
        };
        for name in onec::bases_in(&directory)? {
            Journal::of(&directory, &name).clear()?;
        }
        self.open()
    }

    /// Writes down one try of a callback and numbers it.
    pub(crate) fn log_callback(&mut self, mut record: CallbackRecord) {
        self.last_callback += 1;
        record.id = self.last_callback;
        self.callbacks.push_back(record);
        if self.callbacks.len() > CAPACITY {
            self.callbacks.pop_front();
        }
    }
}
