//! The connections to accounting systems: how they stand, what waits at them, and the brake.

mod deliveries;
mod holds;
mod list;
mod pause;
mod resume;
mod seen;
mod self_test;
mod watch;
pub(crate) mod words;

pub use deliveries::{ConnectionDeliveriesError, DeliveryQuery, DeliverySeen};
pub use holds::{HoldQuery, ListHoldsError};
pub use list::GetConnectionError;
pub use pause::PauseError;
pub use resume::ResumeError;
pub use seen::{ConnectionSeen, ConnectionStanding};
pub use watch::ConnectionNews;
