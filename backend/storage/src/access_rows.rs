//! Users, sessions and API keys as rows.

use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};
use sverka_app::ports::store::{ApiKey, Session, StoreError, User};
use sverka_domain::ids::{ApiKeyId, SessionId, UserId};

use crate::column::{both, digest, maybe_time, named, text, time};
use crate::schema::{api_keys, sessions, users};
use crate::types::{Id, Time};

/// A user.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = users)]
pub(crate) struct UserRow {
    #[diesel(skip_update)]
    id: Id,
    #[diesel(skip_update)]
    email: String,
    name: String,
    role: String,
    password_hash: String,
    #[diesel(skip_update)]
    created_at: Time,
}

impl UserRow {
    /// The row of a user.
    pub(crate) fn new(user: &User) -> Self {
        Self {
            id: Id(user.id.0),
            email: text(&user.email),
            name: text(&user.name),
            role: user.role.to_string(),
            password_hash: text(&user.password_hash),
            created_at: user.created_at.into(),
        }
    }

    /// The user of a row.
    pub(crate) fn user(self) -> Result<User, StoreError> {
        Ok(User {
            id: UserId(self.id.0),
            email: self.email,
            name: self.name,
            role: named(&self.role, "users.role")?,
            password_hash: self.password_hash,
            created_at: time(self.created_at)?,
        })
    }
}

/// A session.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = sessions, treat_none_as_null = true)]
pub(crate) struct SessionRow {
    #[diesel(skip_update)]
    id: Id,
    #[diesel(skip_update)]
    user_id: Id,
    token_hash: Vec<u8>,
    previous_token_hash: Option<Vec<u8>>,
    previous_until: Option<Time>,
    #[diesel(skip_update)]
    created_at: Time,
    expires_at: Time,
}

impl SessionRow {
    /// The row of a session.
    pub(crate) fn new(session: &Session) -> Self {
        Self {
            id: Id(session.id.0),
            user_id: Id(session.user_id.0),
            token_hash: session.token_hash.to_vec(),
            previous_token_hash: session.previous.map(|(hash, _)| hash.to_vec()),
            previous_until: session.previous.map(|(_, until)| until.into()),
            created_at: session.created_at.into(),
            expires_at: session.expires_at.into(),
        }
    }

    /// The session of a row.
    pub(crate) fn session(self) -> Result<Session, StoreError> {
        let previous = self
            .previous_token_hash
            .map(|hash| digest(&hash, "sessions.previous_token_hash"));
        Ok(Session {
            id: SessionId(self.id.0),
            user_id: UserId(self.user_id.0),
            token_hash: digest(&self.token_hash, "sessions.token_hash")?,
            previous: both(
                previous.transpose()?,
                maybe_time(self.previous_until)?,
                "sessions.previous_token_hash",
            )?,
            created_at: time(self.created_at)?,
            expires_at: time(self.expires_at)?,
        })
    }
}

/// A key of a program.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = api_keys)]
pub(crate) struct ApiKeyRow {
    id: Id,
    name: String,
    role: String,
    key_hash: Vec<u8>,
    created_at: Time,
    revoked_at: Option<Time>,
}

impl ApiKeyRow {
    /// The row of a key.
    pub(crate) fn new(key: &ApiKey) -> Self {
        Self {
            id: Id(key.id.0),
            name: text(&key.name),
            role: key.role.to_string(),
            key_hash: key.key_hash.to_vec(),
            created_at: key.created_at.into(),
            revoked_at: key.revoked_at.map(Time::from),
        }
    }

    /// The key of a row.
    pub(crate) fn api_key(self) -> Result<ApiKey, StoreError> {
        Ok(ApiKey {
            id: ApiKeyId(self.id.0),
            name: self.name,
            role: named(&self.role, "api_keys.role")?,
            key_hash: digest(&self.key_hash, "api_keys.key_hash")?,
            created_at: time(self.created_at)?,
            revoked_at: maybe_time(self.revoked_at)?,
        })
    }
}
