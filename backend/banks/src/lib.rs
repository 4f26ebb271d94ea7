//! Bank adapters: each folder speaks one gateway's protocol and implements the bank port.
//!
//! What a notification or an answer says is taken apart from what it means: `wire` reads, `map` decides.
//! Every question and every order is sent once: no redirects, no hidden repeats, a fresh connection.

mod alfa;
mod callback_sender;
mod cloudpayments;
mod form;
mod json;
mod keys;
mod payonline;
mod rbs;
mod registry;
mod robokassa;
mod sber;
mod sber_ecom;
mod settings;
mod stripe;
mod tbank;
mod transport;
mod vtb;
mod yookassa;

pub use alfa::AlfaSettings;
pub use callback_sender::HttpCallbackSender;
pub use cloudpayments::CloudPaymentsSettings;
pub use payonline::PayOnlineSettings;
pub use rbs::{CallbackDigest, RbsSettings};
pub use registry::{BANKS, BankInfo, BankSettings, build};
pub use robokassa::{HashKind, RobokassaSettings};
pub use sber::SberSettings;
pub use sber_ecom::SberEcomSettings;
pub use settings::{Secret, SettingsError};
pub use stripe::StripeSettings;
pub use tbank::TBankSettings;
pub use vtb::VtbSettings;
pub use yookassa::YooKassaSettings;
