//! Tryton 8.2 by its own JSON-RPC: payments of a payment journal, with their ledger entries posted.
//!
//! A payment of a client is an `account.payment` of kind `receivable`; money that went back is one of kind
//! `payable` that pays back the very line that the payment made. Both carry our key as their `reference`. Whether
//! Tryton refuses a second payment with the same reference is up to a unique index that is not there by itself:
//! the setting `unique_reference` says so, and the self-test proves it.

mod clients;
mod document;
mod fault;
mod find;
mod port;
mod post;
mod posting;
mod refund;
mod rows;
mod rpc;
mod self_test;
mod session;
mod settings;
mod steps;
mod tags;

pub(crate) use port::Tryton;
pub use settings::TrytonSettings;
