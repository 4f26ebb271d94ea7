//! The systems that runs go against.

mod webhook;

pub use webhook::WebhookTarget;
