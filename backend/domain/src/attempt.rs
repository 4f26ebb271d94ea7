//! A payment attempt: four facts, one conclusion, and the only function that changes it.

mod conclude;
mod effect;
mod event;
mod facts;
#[cfg(test)]
mod matrix;
#[cfg(test)]
mod properties;
mod record;
mod transition;

pub use conclude::{Attention, Conclusion, conclude};
pub use effect::Effect;
pub use event::Event;
pub use facts::{Answer, AppFact, BankFact, Callbacks, Claim, Facts, Mismatch, Paid, Queries, Standing};
pub use record::Attempt;
pub use transition::{AttemptState, Moved, Outcome, PassedOn, Rejected, apply, override_options};
