//! Users, their sessions, and API keys.

use jiff::Timestamp;
use sverka_domain::ids::{ApiKeyId, SessionId, UserId};
use sverka_domain::role::Role;

use super::StoreError;

/// A person who signs in.
#[derive(Clone, PartialEq, Eq)]
pub struct User {
    /// UUIDv7.
    pub id: UserId,
    /// Lower case; unique.
    pub email: String,
    /// Shown in the timeline.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// An argon2id hash in PHC form.
    pub password_hash: String,
    /// When they were added.
    pub created_at: Timestamp,
}

/// A sign-in on one device: a chain of refresh tokens, of which only the newest is good.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    /// UUIDv7; the same through the whole chain.
    pub id: SessionId,
    /// Whose.
    pub user_id: UserId,
    /// SHA-256 of the newest refresh token.
    pub token_hash: [u8; 32],
    /// SHA-256 of the one before, and until when it is still taken (two tabs may refresh at once).
    pub previous: Option<([u8; 32], Timestamp)>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// A key of a program.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// UUIDv7.
    pub id: ApiKeyId,
    /// Unique.
    pub name: String,
    /// `integrator` or `viewer`.
    pub role: Role,
    /// SHA-256 of the key.
    pub key_hash: [u8; 32],
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

/// The repository of users, sessions and keys.
pub trait Access {
    /// Adds a user.
    ///
    /// # Errors
    /// [`StoreError::Taken`] `("email")`.
    fn add_user(&mut self, user: &User) -> Result<(), StoreError>;

    /// One user.
    fn user(&mut self, id: UserId) -> Result<Option<User>, StoreError>;

    /// The user with that e-mail address (lower case).
    fn user_by_email(&mut self, email: &str) -> Result<Option<User>, StoreError>;

    /// Writes name, role and password of a user.
    fn save_user(&mut self, user: &User) -> Result<(), StoreError>;

    /// Adds a session.
    fn add_session(&mut self, session: &Session) -> Result<(), StoreError>;

    /// The session whose newest or previous token has that hash; locked in a transaction that may write.
    fn session_by_token(&mut self, token_hash: &[u8; 32]) -> Result<Option<Session>, StoreError>;

    /// Writes the tokens of a session.
    fn save_session(&mut self, session: &Session) -> Result<(), StoreError>;

    /// Ends a session.
    fn end_session(&mut self, id: SessionId) -> Result<(), StoreError>;

    /// Ends all sessions of a user.
    fn end_sessions_of(&mut self, user_id: UserId) -> Result<(), StoreError>;

    /// Removes sessions that ended before `now`.
    fn forget_sessions(&mut self, now: Timestamp) -> Result<u64, StoreError>;

    /// Adds a key.
    ///
    /// # Errors
    /// [`StoreError::Taken`] `("name")`.
    fn add_api_key(&mut self, key: &ApiKey) -> Result<(), StoreError>;

    /// The key with that hash.
    fn api_key_by_hash(&mut self, key_hash: &[u8; 32]) -> Result<Option<ApiKey>, StoreError>;

    /// Revokes the key of that name; `false` when there is none.
    fn revoke_api_key(&mut self, name: &str, at: Timestamp) -> Result<bool, StoreError>;
}
