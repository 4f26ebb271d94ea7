//! Who calls: tokens, keys, and the right that a handler's signature demands.

mod allowed;
mod cookie;
pub(crate) mod login;
pub(crate) mod logout;
pub(crate) mod me;
pub(crate) mod refresh;
mod token;
mod view;

pub(crate) use allowed::{Allowed, Mend, Record, Steer, View, identify};
pub(crate) use cookie::SecureCookies;
pub(crate) use token::Tokens;
pub(crate) use view::{SessionView, UserView};
