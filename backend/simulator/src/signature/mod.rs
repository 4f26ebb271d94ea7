//! The three signatures, written from the bank documents and from the Standard Webhooks text.

pub(crate) mod payonline;
pub(crate) mod rbs;
pub(crate) mod webhook;
