//! The adapters through their port: published vectors, recorded answers, and a gateway that misbehaves.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod callback_sender;
mod cloudpayments_answers;
mod cloudpayments_callbacks;
mod payonline_answers;
mod payonline_callbacks;
mod payonline_list;
mod rbs_answers;
mod rbs_banks;
mod rbs_callbacks;
mod rbs_list;
mod rbs_register;
mod robokassa_answers;
mod robokassa_callbacks;
mod sber_ecom;
mod server;
mod settings;
mod settings_named;
mod stripe_answers;
mod stripe_callbacks;
mod stripe_orders;
mod tbank_answers;
mod tbank_callbacks;
mod tbank_init;
mod transport;
mod vectors;
mod yookassa_answers;
mod yookassa_callbacks;
mod yookassa_orders;
