//! Who calls: people with a password, programs with a key.

mod api_keys;
mod caller;
mod login;
mod password;
mod sessions;
mod users;

pub use api_keys::{ApiKeyError, NewApiKey};
pub use caller::Caller;
pub use login::{LoginError, SignedIn};
pub use users::{NewUser, UserError};
