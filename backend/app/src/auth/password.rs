//! Password hashing: argon2id with the parameters of the library, off the async threads.

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use tokio::task::spawn_blocking;

/// The hash of a password in PHC form. `salt` is random.
pub(super) async fn hash(password: String, salt: [u8; 32]) -> Option<String> {
    let hashed = spawn_blocking(move || {
        let hash = Argon2::default()
            .hash_password_with_salt(password.as_bytes(), &salt[..16])
            .ok()?;
        Some(hash.to_string())
    });
    hashed.await.ok().flatten()
}

/// Whether the password is the one of the hash. Without a hash it takes as long and is wrong, so that
/// nobody learns from the time who has an account.
pub(super) async fn verify(password: String, hash: Option<String>) -> bool {
    let known = hash.is_some();
    let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
    let checked = spawn_blocking(move || {
        PasswordHash::new(&hash).is_ok_and(|hash| {
            Argon2::default()
                .verify_password(password.as_bytes(), &hash)
                .is_ok()
        })
    });
    checked.await.unwrap_or(false) && known
}

/// A hash with the library's default parameters that stands for nobody's password.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IG5vYm9keSBubw$1DlbEiEBQDDAtQk3DLe4J6ba5vuyfhcQxnYpdTsHYrY";

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_right_or_wrong() {
        let hashed = hash("correct horse".into(), [7; 32]).await;
        assert!(verify("correct horse".into(), hashed.clone()).await);
        assert!(!verify("battery staple".into(), hashed).await);
        assert!(!verify("correct horse".into(), None).await);
    }

    #[tokio::test]
    async fn the_hash_of_nobody_costs_as_much_as_a_real_one() {
        let real = hash("anything at all".into(), [7; 32]).await.expect("a hash");
        let cost = |hash: &str| hash.split('$').take(4).collect::<Vec<_>>().join("$");
        assert_eq!(cost(NOBODY), cost(&real));
        assert!(PasswordHash::new(NOBODY).is_ok());
    }
}
