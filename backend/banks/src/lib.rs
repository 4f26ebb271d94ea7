//! Bank adapters: each folder speaks one gateway's protocol and implements the bank port.
//!
//! What a notification or an answer says is taken apart from what it means: `wire` reads, `map` decides.
//! Every question and every order is sent once: no redirects, no hidden repeats, a fresh connection.

mod form;
mod payonline;
mod rbs;
mod registry;
mod sber;
mod settings;
mod transport;

pub use payonline::PayOnlineSettings;
pub use rbs::{CallbackDigest, RbsSettings};
pub use registry::{BANKS, BankInfo, BankSettings, build};
pub use sber::SberSettings;
pub use settings::{Secret, SettingsError};
