//! What the whole-system tests share: Sverka within the test's own process over a clock that can be moved
//! ([`whole`]), and the real program in processes that can be killed ([`process`]).

pub mod process;
pub mod whole;
