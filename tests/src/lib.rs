//! What the whole-system tests share: Sverka within the test's own process over a clock that can be moved
//! ([`whole`]), the real program in processes that can be killed ([`process`]), and what it takes ([`memory`]).

pub mod memory;
pub mod process;
pub mod whole;
