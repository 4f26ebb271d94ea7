//! The systems that runs go against.

mod tryton;
mod webhook;

pub use tryton::TrytonTarget;
pub use webhook::WebhookTarget;
