//! People who sign in.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sverka_domain::ids::UserId;
use sverka_domain::role::Role;

use super::Caller;
use super::password::hash;
use crate::App;
use crate::ports::store::{StoreError, User};

/// A user to add.
pub struct NewUser {
    /// E-mail address.
    pub email: String,
    /// Name to show; the part before the `@` when empty.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The password; `None`: one is made and returned.
    pub password: Option<String>,
}

/// Why a user was not added or changed.
#[derive(Debug, thiserror::Error)]
pub enum UserError {
    /// It is not an e-mail address.
    #[error("{0:?} is not an e-mail address")]
    Email(String),
    /// Too short.
    #[error("a password has at least 10 characters")]
    ShortPassword,
    /// A person may not have that role.
    #[error("a person may not have the role {0}; use an API key for programs")]
    Role(Role),
    /// There is such a user.
    #[error("there is a user {0} already; use `sverka user reset` for a new password")]
    Taken(String),
    /// There is no such user.
    #[error("there is no user {0}")]
    NotFound(String),
    /// The password could not be hashed.
    #[error("the password could not be hashed")]
    Hashing,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// Adds a user. Returns the password if one was made.
    ///
    /// # Errors
    /// [`UserError`].
    pub async fn add_user(&self, new: NewUser) -> Result<Option<String>, UserError> {
        let email = address(&new.email)?;
        if new.role == Role::Integrator {
            return Err(UserError::Role(new.role));
        }
        let (password, made) = self.password(new.password)?;
        let password_hash = hash(password, self.secret()).await.ok_or(UserError::Hashing)?;
        let now = self.now();
        let local = email.split('@').next().unwrap_or_default().to_owned();
        let name = if new.name.trim().is_empty() {
            local
        } else {
            new.name.trim().to_owned()
        };
        let user = User {
            id: UserId(self.id(now)),
            email,
            name,
            role: new.role,
            password_hash,
            created_at: now,
        };
        self.store()
            .write(move |tx| {
                tx.access().add_user(&user).map_err(|error| match error {
                    StoreError::Taken(_) => UserError::Taken(user.email.clone()),
                    other => other.into(),
                })
            })
            .await?;
        Ok(made)
    }

    /// Gives a user a new password and ends all sessions. Returns the password if one was made.
    ///
    /// # Errors
    /// [`UserError`].
    pub async fn reset_password(
        &self,
        email: &str,
        password: Option<String>,
    ) -> Result<Option<String>, UserError> {
        let email = address(email)?;
        let (password, made) = self.password(password)?;
        let password_hash = hash(password, self.secret()).await.ok_or(UserError::Hashing)?;
        self.store()
            .write(move |tx| {
                let user = tx
                    .access()
                    .user_by_email(&email)?
                    .ok_or(UserError::NotFound(email))?;
                let user = User {
                    password_hash,
                    ..user
                };
                tx.access().save_user(&user)?;
                Ok::<_, UserError>(tx.access().end_sessions_of(user.id)?)
            })
            .await?;
        Ok(made)
    }

    /// The user of an id, as a caller; `None` when they are gone.
    ///
    /// # Errors
    /// The store failed.
    pub async fn caller_by_user(&self, id: UserId) -> Result<Option<Caller>, StoreError> {
        let user = self.store().read(move |tx| tx.access().user(id)).await?;
        Ok(user.map(|user| Caller::from(&user)))
    }

    fn password(&self, given: Option<String>) -> Result<(String, Option<String>), UserError> {
        match given {
            Some(password) if password.chars().count() < 10 => Err(UserError::ShortPassword),
            Some(password) => Ok((password, None)),
            None => {
                let made = URL_SAFE_NO_PAD.encode(&self.secret()[..15]);
                Ok((made.clone(), Some(made)))
            }
        }
    }
}

/// An address has something before the `@` and a host after it; whether mail arrives there is not our matter.
fn address(text: &str) -> Result<String, UserError> {
    let email = text.trim().to_lowercase();
    let plausible = email.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty() && !host.is_empty() && !host.contains('@') && !email.contains(char::is_whitespace)
    });
    if plausible {
        Ok(email)
    } else {
        Err(UserError::Email(text.to_owned()))
    }
}
