//! Signing in, staying signed in, signing out.

use jiff::{SignedDuration, Timestamp};

use super::Caller;
use super::password::verify;
use super::sessions::{Token, issue, rotate};
use crate::App;
use crate::ports::store::StoreError;

/// A sign-in lasts so long without being used.
const SESSION: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Somebody signed in.
#[derive(Clone)]
pub struct SignedIn {
    /// Who.
    pub caller: Caller,
    /// The refresh token, for the cookie. It is good once.
    pub refresh_token: String,
    /// When the token ends.
    pub refresh_expires_at: Timestamp,
}

/// Why nobody signed in.
#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    /// The e-mail address or the password is wrong; which of them is not told.
    #[error("the e-mail address or the password is wrong")]
    BadCredentials,
    /// The refresh token is missing, used, or over.
    #[error("the session is over; sign in again")]
    SessionOver,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// Signs a person in.
    ///
    /// # Errors
    /// [`LoginError`].
    pub async fn login(&self, email: &str, password: String) -> Result<SignedIn, LoginError> {
        let email = email.trim().to_lowercase();
        let user = self
            .store()
            .read(move |tx| tx.access().user_by_email(&email))
            .await?;
        let hash = user.as_ref().map(|user| user.password_hash.clone());
        let right = verify(password, hash).await;
        let user = user.filter(|_| right).ok_or(LoginError::BadCredentials)?;
        let now = self.now();
        let expires_at = now + SESSION;
        let (token, session) = issue(self, user.id, now, expires_at);
        self.store()
            .write(move |tx| tx.access().add_session(&session))
            .await?;
        Ok(SignedIn {
            caller: Caller::from(&user),
            refresh_token: token.to_text(),
            refresh_expires_at: expires_at,
        })
    }

    /// Gives a new refresh token for one that is good, which then is good no more.
    ///
    /// # Errors
    /// [`LoginError::SessionOver`] for a token that is not the newest, or is over. The one before the newest, used
    /// after its grace, ends the whole session, since somebody else may hold it; older ones are not known any more.
    pub async fn refresh(&self, token: &str) -> Result<SignedIn, LoginError> {
        let token = Token::from_text(token).ok_or(LoginError::SessionOver)?;
        let now = self.now();
        let expires_at = now + SESSION;
        let fresh = Token::new(self.secret());
        let (text, hash) = (fresh.to_text(), token.hash());
        let user = self
            .store()
            .write(move |tx| {
                let Some(session) = tx.access().session_by_token(&hash)? else {
                    return Ok(None);
                };
                let Some(next) = rotate(&session, &hash, fresh.hash(), now, expires_at) else {
                    tx.access().end_session(session.id)?;
                    return Ok(None);
                };
                tx.access().save_session(&next)?;
                tx.access().user(session.user_id)
            })
            .await
            .map_err(LoginError::Store)?
            .ok_or(LoginError::SessionOver)?;
        Ok(SignedIn {
            caller: Caller::from(&user),
            refresh_token: text,
            refresh_expires_at: expires_at,
        })
    }

    /// Ends the session of a refresh token, if there is one.
    ///
    /// # Errors
    /// The store failed.
    pub async fn logout(&self, token: &str) -> Result<(), StoreError> {
        let Some(token) = Token::from_text(token) else {
            return Ok(());
        };
        let hash = token.hash();
        self.store()
            .write(move |tx| match tx.access().session_by_token(&hash)? {
                Some(session) => tx.access().end_session(session.id),
                None => Ok(()),
            })
            .await
    }
}
