//! Users, their sessions, and API keys.

use diesel::prelude::{
    BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl, SelectableHelper,
};
use jiff::Timestamp;
use sverka_app::ports::store::{Access, ApiKey, Session, StoreError, User};
use sverka_domain::ids::{SessionId, UserId};

use crate::access_rows::{ApiKeyRow, SessionRow, UserRow};
use crate::column::{number, text};
use crate::error::wrong;
use crate::query::{Cached, OrIgnore, Tailed};
use crate::schema::{api_keys, sessions, users};
use crate::types::{Id, Time};
use crate::work::Work;

impl Access for Work<'_> {
    fn add_user(&mut self, user: &User) -> Result<(), StoreError> {
        let insert = diesel::insert_into(users::table).values(UserRow::new(user));
        if self.query(|conn| OrIgnore(insert).execute(conn))? == 1 {
            return Ok(());
        }
        let known = self.user_by_email(&user.email)?;
        Err(known.map_or_else(
            || wrong("a user of that id exists already"),
            |_| StoreError::Taken("email"),
        ))
    }

    fn user(&mut self, id: UserId) -> Result<Option<User>, StoreError> {
        let query = users::table
            .filter(users::id.eq(Id(id.0)))
            .select(UserRow::as_select());
        let row = self.query(|conn| query.get_result(conn).optional())?;
        row.map(UserRow::user).transpose()
    }

    fn user_by_email(&mut self, email: &str) -> Result<Option<User>, StoreError> {
        let query = users::table
            .filter(users::email.eq(text(email)))
            .select(UserRow::as_select());
        let row = self.query(|conn| query.get_result(conn).optional())?;
        row.map(UserRow::user).transpose()
    }

    fn save_user(&mut self, user: &User) -> Result<(), StoreError> {
        let row = UserRow::new(user);
        let target = users::table.filter(users::id.eq(Id(user.id.0)));
        match self.query(|conn| Cached(diesel::update(target).set(&row)).execute(conn))? {
            1 => Ok(()),
            _ => Err(wrong("there is no such user")),
        }
    }

    fn add_session(&mut self, session: &Session) -> Result<(), StoreError> {
        let insert = diesel::insert_into(sessions::table).values(SessionRow::new(session));
        self.query(|conn| insert.execute(conn))?;
        Ok(())
    }

    fn session_by_token(&mut self, token_hash: &[u8; 32]) -> Result<Option<Session>, StoreError> {
        let hash = token_hash.to_vec();
        let query = sessions::table
            .filter(
                sessions::token_hash
                    .eq(hash.clone())
                    .or(sessions::previous_token_hash.eq(hash)),
            )
            .select(SessionRow::as_select());
        let query = Tailed(query, self.lock());
        let row = self.query(|conn| query.get_result(conn).optional())?;
        row.map(SessionRow::session).transpose()
    }

    fn save_session(&mut self, session: &Session) -> Result<(), StoreError> {
        let row = SessionRow::new(session);
        let target = sessions::table.filter(sessions::id.eq(Id(session.id.0)));
        match self.query(|conn| Cached(diesel::update(target).set(&row)).execute(conn))? {
            1 => Ok(()),
            // It was ended meanwhile.
            _ => Err(StoreError::Stale),
        }
    }

    fn end_session(&mut self, id: SessionId) -> Result<(), StoreError> {
        let target = sessions::table.filter(sessions::id.eq(Id(id.0)));
        self.query(|conn| diesel::delete(target).execute(conn))?;
        Ok(())
    }

    fn end_sessions_of(&mut self, user_id: UserId) -> Result<(), StoreError> {
        let target = sessions::table.filter(sessions::user_id.eq(Id(user_id.0)));
        self.query(|conn| diesel::delete(target).execute(conn))?;
        Ok(())
    }

    fn forget_sessions(&mut self, now: Timestamp) -> Result<u64, StoreError> {
        let ended = sessions::table.filter(sessions::expires_at.lt(Time::from(now)));
        number(self.query(|conn| diesel::delete(ended).execute(conn))?, "a count")
    }

    fn add_api_key(&mut self, key: &ApiKey) -> Result<(), StoreError> {
        let insert = diesel::insert_into(api_keys::table).values(ApiKeyRow::new(key));
        if self.query(|conn| OrIgnore(insert).execute(conn))? == 1 {
            return Ok(());
        }
        let named = api_keys::table
            .filter(api_keys::name.eq(text(&key.name)))
            .select(api_keys::id);
        match self.query(|conn| named.get_result::<Id>(conn).optional())? {
            Some(_) => Err(StoreError::Taken("name")),
            None => Err(wrong("an API key of that id or digest exists already")),
        }
    }

    fn api_key_by_hash(&mut self, key_hash: &[u8; 32]) -> Result<Option<ApiKey>, StoreError> {
        let query = api_keys::table
            .filter(api_keys::key_hash.eq(key_hash.to_vec()))
            .select(ApiKeyRow::as_select());
        let row = self.query(|conn| query.get_result(conn).optional())?;
        row.map(ApiKeyRow::api_key).transpose()
    }

    fn revoke_api_key(&mut self, name: &str, at: Timestamp) -> Result<bool, StoreError> {
        let named = api_keys::table.filter(api_keys::name.eq(text(name)));
        let found = self.query(|conn| {
            named
                .clone()
                .select(api_keys::id)
                .get_result::<Id>(conn)
                .optional()
        })?;
        // The time of the first revocation stays.
        let good = named.filter(api_keys::revoked_at.is_null());
        let revoked = diesel::update(good).set(api_keys::revoked_at.eq(Some(Time::from(at))));
        self.query(|conn| revoked.execute(conn))?;
        Ok(found.is_some())
    }
}
