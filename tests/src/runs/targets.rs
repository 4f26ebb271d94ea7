//! The systems that runs go against.

mod onec;
mod tryton;
mod webhook;

pub use onec::OnecTarget;
pub use tryton::TrytonTarget;
pub use webhook::WebhookTarget;
