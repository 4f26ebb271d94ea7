//! Refresh tokens: random, kept only as a hash, good once.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use sverka_domain::ids::{SessionId, UserId};

use crate::App;
use crate::ports::store::Session;

/// The token before the newest one is still taken for so long: two tabs may refresh at once.
const GRACE: SignedDuration = SignedDuration::from_secs(30);

/// A refresh token.
pub(super) struct Token([u8; 32]);

impl Token {
    pub(super) fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(super) fn from_text(text: &str) -> Option<Self> {
        URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }

    pub(super) fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    pub(super) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
}

/// A new session and its first token.
pub(super) fn issue(app: &App, user_id: UserId, now: Timestamp, expires_at: Timestamp) -> (Token, Session) {
    let token = Token::new(app.secret());
    let session = Session {
        id: SessionId(app.id(now)),
        user_id,
        token_hash: token.hash(),
        previous: None,
        created_at: now,
        expires_at,
    };
    (token, session)
}

/// The session after `used` was exchanged for the token of `fresh`; `None` when it is not good any more.
pub(super) fn rotate(
    session: &Session,
    used: &[u8; 32],
    fresh: [u8; 32],
    now: Timestamp,
    expires_at: Timestamp,
) -> Option<Session> {
    let is_newest = session.token_hash == *used;
    let in_grace = session
        .previous
        .is_some_and(|(hash, until)| hash == *used && until > now);
    if session.expires_at <= now || !(is_newest || in_grace) {
        return None;
    }
    Some(Session {
        token_hash: fresh,
        previous: Some((session.token_hash, now + GRACE)),
        expires_at,
        ..session.clone()
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn session() -> Session {
        Session {
            id: SessionId(Uuid::nil()),
            user_id: UserId(Uuid::nil()),
            token_hash: [1; 32],
            previous: None,
            created_at: Timestamp::UNIX_EPOCH,
            expires_at: Timestamp::UNIX_EPOCH + SignedDuration::from_hours(1),
        }
    }

    #[test]
    fn a_token_is_good_once_and_a_moment_longer() {
        let now = Timestamp::UNIX_EPOCH;
        let later = now + SignedDuration::from_hours(2);
        let next = rotate(&session(), &[1; 32], [2; 32], now, later).expect("the newest token is good");
        assert!(
            rotate(
                &next,
                &[1; 32],
                [3; 32],
                now + SignedDuration::from_secs(29),
                later
            )
            .is_some()
        );
        assert!(
            rotate(
                &next,
                &[1; 32],
                [3; 32],
                now + SignedDuration::from_secs(31),
                later
            )
            .is_none()
        );
        assert!(
            rotate(
                &next,
                &[2; 32],
                [3; 32],
                now + SignedDuration::from_secs(31),
                later
            )
            .is_some()
        );
    }

    #[test]
    fn a_session_ends() {
        let later = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(1);
        assert!(rotate(&session(), &[1; 32], [2; 32], later, later).is_none());
    }
}
