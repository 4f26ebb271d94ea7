//! A delivery: one payment or refund to pass on to the accounting system, exactly once.

mod backoff;
mod record;
#[cfg(test)]
pub(crate) mod samples;
mod state;
mod summary;
mod transition;

pub use backoff::{connection_pause, doubt_pause};
pub use record::{Delivery, DeliveryKind};
pub use state::{Attention, DeliveryState, Verdict};
pub use summary::crm_status;
pub use transition::{DeliveryEvent, Refusal, Step, apply};
