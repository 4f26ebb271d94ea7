//! What the whole-system tests share: Sverka within the test's own process over a clock that can be moved
//! ([`whole`]), the real program in processes that can be killed ([`process`]), what it takes ([`memory`]), and long runs
//! of it against an accounting system while everything fails ([`runs`]).

pub mod memory;
pub mod process;
pub mod runs;
pub mod whole;
