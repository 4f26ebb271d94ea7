//! Waking up the workers of other processes on the same store.

use strum::EnumString;

/// What there is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::Display, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum Bell {
    /// A bank is to be asked.
    AskBanks,
    /// Something is to be delivered.
    Deliver,
    /// Something is to be told to people.
    Alarm,
    /// An action on many attempts is to be gone through.
    BulkWork,
}

impl Bell {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::AskBanks, Self::Deliver, Self::Alarm, Self::BulkWork];
}

/// Rings in the other processes. A hint, which may be late or lost: they look for themselves every few seconds.
pub trait Bells: Send + Sync {
    /// Rings soon, and once for many; never waits.
    fn ring(&self, bell: Bell);
}
