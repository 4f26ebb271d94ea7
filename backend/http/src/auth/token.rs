//! Access tokens: short-lived JWTs (HS256), so that most requests need no look-up.

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use sverka_app::auth::Caller;
use sverka_app::ports::store::ActorKind;
use sverka_domain::role::Role;

/// A token is good for so long.
pub(crate) const LIFE: SignedDuration = SignedDuration::from_mins(15);

/// Signs and checks access tokens.
#[derive(Clone)]
pub(crate) struct Tokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
}

/// What a token says.
#[derive(Serialize, Deserialize)]
struct Claims {
    /// Id of the user.
    sub: String,
    name: String,
    email: Option<String>,
    role: Role,
    /// Unix seconds.
    iat: i64,
    /// Unix seconds.
    exp: i64,
}

impl Tokens {
    /// With this secret, which all processes of one installation share.
    pub(crate) fn new(secret: &[u8]) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        // Times are compared with the clock that the rest of the program has.
        validation.validate_exp = false;
        validation.required_spec_claims.clear();
        Self {
            encoding: EncodingKey::from_secret(secret),
            decoding: DecodingKey::from_secret(secret),
            validation,
        }
    }

    /// A token for somebody who signed in.
    pub(crate) fn issue(
        &self,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<String, jsonwebtoken::errors::Error> {
        let claims = Claims {
            sub: caller.id.clone(),
            name: caller.name.clone(),
            email: caller.email.clone(),
            role: caller.role,
            iat: now.as_second(),
            exp: (now + LIFE).as_second(),
        };
        encode(&Header::new(Algorithm::HS256), &claims, &self.encoding)
    }

    /// Whose token it is; `None` when it is not ours or is over.
    pub(crate) fn check(&self, token: &str, now: Timestamp) -> Option<Caller> {
        let claims = decode::<Claims>(token, &self.decoding, &self.validation)
            .ok()?
            .claims;
        (claims.exp > now.as_second()).then_some(Caller {
            kind: ActorKind::User,
            id: claims.sub,
            email: claims.email,
            name: claims.name,
            role: claims.role,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller() -> Caller {
        Caller {
            kind: ActorKind::User,
            id: "7".into(),
            email: Some("a@b.ru".into()),
            name: "А".into(),
            role: Role::Operator,
        }
    }

    #[test]
    fn a_token_is_good_until_it_is_over() {
        let tokens = Tokens::new(b"0123456789abcdef0123456789abcdef");
        let now = Timestamp::UNIX_EPOCH;
        let token = tokens.issue(&caller(), now).expect("signed");
        assert_eq!(
            tokens.check(&token, now + SignedDuration::from_mins(14)),
            Some(caller())
        );
        assert_eq!(tokens.check(&token, now + SignedDuration::from_mins(15)), None);
    }

    #[test]
    fn a_token_of_somebody_else_is_not_taken() {
        let theirs = Tokens::new(b"ffffffffffffffffffffffffffffffff");
        let token = theirs.issue(&caller(), Timestamp::UNIX_EPOCH).expect("signed");
        let ours = Tokens::new(b"0123456789abcdef0123456789abcdef");
        assert_eq!(ours.check(&token, Timestamp::UNIX_EPOCH), None);
        // `alg: none` with the same claims.
        let unsigned = format!(
            "eyJhbGciOiJub25lIn0.{}.",
            token.split('.').nth(1).unwrap_or_default()
        );
        assert_eq!(ours.check(&unsigned, Timestamp::UNIX_EPOCH), None);
    }
}
