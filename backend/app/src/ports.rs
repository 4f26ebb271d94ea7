//! What the use cases need from the outside. Adapters implement these; nothing here does I/O.

pub mod accounting;
pub mod alarm;
pub mod bank;
pub mod bells;
pub mod callback_sender;
pub mod clock;
pub mod registry;
pub mod store;
