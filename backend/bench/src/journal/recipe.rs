//! Which journal it is.

use jiff::Timestamp;

use super::payment::Payment;

/// Banks and accounts, with their share of a thousand rows.
pub const ACCOUNTS: [((&str, &str), u64); 3] = [
    (("sber", "main"), 700),
    (("payonline", "club"), 250),
    (("sber", "second"), 50),
];

/// What is paid for, with its share of a thousand rows.
pub const PAYMENT_TYPES: [(&str, u64); 5] = [
    ("membership", 550),
    ("training", 250),
    ("shop", 120),
    ("rent", 60),
    ("deposit", 20),
];

/// What the attempts are good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Everything as it is after a while: most are paid and passed on, some wait for a person.
    Ended,
    /// All at `sber/main`, all waiting for their notification; the bank is not due to be asked.
    WaitingForNotification,
    /// All paid, and their deliveries queued for the connection `crm`.
    WaitingForDelivery,
    /// All at `sber/main`, and the bank is due to be asked.
    WaitingForQuestion,
}

/// A journal: which row it has at which place follows from these.
#[derive(Debug, Clone, Copy)]
pub struct Journal {
    /// What for.
    pub kind: Kind,
    /// How many attempts.
    pub rows: u64,
    /// Decides every chance.
    pub seed: u64,
    /// When the newest was recorded.
    pub until: Timestamp,
    /// How long before that the oldest was, in seconds.
    pub seconds: i64,
}

impl Journal {
    /// Two years.
    pub const YEARS: i64 = 2 * 365 * 24 * 3600;

    /// A journal of two years that ends at `until`.
    #[must_use]
    pub fn of_two_years(rows: u64, seed: u64, until: Timestamp) -> Self {
        Self {
            kind: Kind::Ended,
            rows,
            seed,
            until,
            seconds: Self::YEARS,
        }
    }

    /// The nth attempt, the oldest first.
    ///
    /// # Panics
    /// When the journal is longer than time.
    #[must_use]
    pub fn nth(&self, nth: u64) -> Payment {
        Payment::new(self, nth)
    }

    /// When the nth was recorded, to the microsecond: later than the one before.
    pub(super) fn place(&self, nth: u64) -> (i64, i64) {
        let span = i128::from(self.seconds) * 1_000_000;
        let rows = i128::from(self.rows.max(1));
        let first = i128::from(self.until.as_microsecond()) - span;
        let slot = |nth: u64| i64::try_from(first + span * i128::from(nth) / rows).expect("a time");
        let (from, to) = (slot(nth), slot(nth + 1));
        (from, (to - from).max(1))
    }
}
