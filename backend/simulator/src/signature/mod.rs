//! The signatures, written from the bank documents and from the Standard Webhooks text.

pub(crate) mod hmac;
pub(crate) mod payonline;
pub(crate) mod rbs;
pub(crate) mod robokassa;
pub(crate) mod tbank;
pub(crate) mod webhook;
