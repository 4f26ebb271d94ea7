//! What each bank's callbacks look like.

pub(crate) mod cloudpayments;
pub(crate) mod payonline;
pub(crate) mod rbs;
pub(crate) mod robokassa;
pub(crate) mod sber_ecom;
pub(crate) mod stripe;
pub(crate) mod tbank;
pub(crate) mod yookassa;
