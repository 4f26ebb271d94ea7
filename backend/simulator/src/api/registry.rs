//! A registry file that the simulator makes, with faults that are known.

use serde::{Deserialize, Serialize};

/// The form of the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegistryLayout {
    /// Sverka's own plain CSV, UTF-8, with its totals.
    #[default]
    Sverka,
    /// T-Bank's: Windows-1251, `;`, no headings.
    #[serde(rename = "tbank")]
    TBank,
    /// A statement in 1C's exchange format, Windows-1251.
    ClientBank,
}

/// What file to make.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RegistryWish {
    /// In which form.
    pub layout: RegistryLayout,
    /// So many operations that nobody made: `R-1`, `R-2` …; none: those of the account's orders.
    pub invented: Option<u64>,
    /// The first invented one is made at this time, epoch seconds; the others within the day that it begins.
    pub day: i64,
    /// What goes wrong.
    pub faults: RegistryFaults,
}

/// What goes wrong, each in so many operations of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RegistryFaults {
    /// Left out.
    pub drop: u64,
    /// Listed with another sum.
    pub change_amount: u64,
    /// Listed twice.
    pub duplicate: u64,
    /// A payment, listed as money that went back.
    pub wrong_status: u64,
    /// Added, of orders that there are not.
    pub strangers: u64,
    /// The file's own totals are wrong by one kopeck (only where the form has totals).
    pub wrong_totals: bool,
}

/// One operation, as it truly was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankOperation {
    /// Money came from the client; else it went back.
    pub is_payment: bool,
    /// The merchant's number.
    pub order_number: String,
    /// The bank's id.
    pub bank_order_id: String,
    /// The card network's number, twelve digits.
    pub rrn: String,
    /// Minor units.
    pub amount: i64,
    /// What the bank keeps, minor units.
    pub fee: i64,
    /// Epoch seconds.
    pub at: i64,
}

/// A fault that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegistryFault {
    /// Left out.
    Dropped,
    /// Another sum.
    AmountChanged,
    /// Listed twice.
    Duplicated,
    /// Listed as money that went back.
    StatusChanged,
    /// Of no order.
    Stranger,
}

/// The file, and the truth about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistryMade {
    /// Its bytes in base64.
    pub file_base64: String,
    /// How many lines of operations it has.
    pub lines: u64,
    /// What truly was, strangers apart.
    pub operations: Vec<BankOperation>,
    /// What is wrong: the fault and the order's number.
    pub faults: Vec<(RegistryFault, String)>,
}
