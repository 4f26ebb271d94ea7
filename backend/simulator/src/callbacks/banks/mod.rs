//! What each bank's callbacks look like.

pub(crate) mod payonline;
pub(crate) mod rbs;
pub(crate) mod sber_ecom;
pub(crate) mod yookassa;
