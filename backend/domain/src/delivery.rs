//! A delivery: one payment or refund to pass on to the accounting system, exactly once.

mod backoff;
mod choices;
mod decide;
mod ending;
mod found;
mod hold;
mod looking;
mod record;
#[cfg(test)]
pub(crate) mod samples;
mod state;
mod summary;
mod transition;
mod weigh;

pub use backoff::{SLOW_TRIES, busy_pause, connection_pause, doubt_pause, slow_pause, sweep_pause};
pub use choices::{Choice, choices};
pub use found::{FoundClient, FoundDocument, MatchRule};
pub use hold::{Decision, Hold, HoldReason};
pub use record::{Delivery, DeliveryKind};
pub use state::{Attention, DeliveryState, Verdict};
pub use summary::crm_status;
pub use transition::{DeliveryEvent, Refusal, Step, apply};
pub use weigh::{Next, Rules, needs_look, weigh};
