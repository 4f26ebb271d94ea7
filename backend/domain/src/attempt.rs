//! A payment attempt: four facts, one conclusion, and the only function that changes it.

mod attention;
mod claim;
mod conclude;
mod effect;
mod event;
mod facts;
#[cfg(test)]
mod matrix;
mod overrides;
#[cfg(test)]
mod properties;
mod record;
#[cfg(test)]
pub(crate) mod samples;
mod short;
mod standing;
mod transition;

pub use attention::Attention;
pub(crate) use attention::newest_mismatch;
pub use claim::Claim;
pub use conclude::{Conclusion, conclude};
pub use effect::Effect;
pub use event::Event;
pub use facts::{Answer, AppFact, Callbacks, Facts, Queries};
pub use overrides::override_options;
pub use record::Attempt;
pub use standing::{BankFact, Mismatch, Paid, Standing};
pub use transition::{AttemptState, Moved, Outcome, PassedOn, Rejected, apply};
