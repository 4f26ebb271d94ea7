//! How the banks answer.

use jiff::Timestamp;

use super::StoreError;
use crate::ports::bank::AccountKey;

/// How a bank account answers our questions. Shared by all workers through the database.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BankHealth {
    /// Failures in a row.
    pub failures: u32,
    /// It is not asked before this time.
    pub rest_until: Option<Timestamp>,
}

/// The repository of it.
pub trait BankHealths {
    /// How an account does (the default when it never failed); locked in a transaction that may write.
    fn get(&mut self, account: &AccountKey) -> Result<BankHealth, StoreError>;

    /// Writes it.
    fn save(&mut self, account: &AccountKey, health: BankHealth) -> Result<(), StoreError>;
}
