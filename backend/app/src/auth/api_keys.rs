//! Keys of programs: shown once, kept as a hash.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use sverka_domain::ids::ApiKeyId;
use sverka_domain::role::Role;

use super::Caller;
use crate::App;
use crate::ports::store::{ApiKey, StoreError};

/// How every key begins.
const PREFIX: &str = "sk_";

/// A key to add.
#[derive(Debug, Clone)]
pub struct NewApiKey {
    /// Its name; unique.
    pub name: String,
    /// `integrator` or `viewer`.
    pub role: Role,
}

/// Why a key was not added.
#[derive(Debug, thiserror::Error)]
pub enum ApiKeyError {
    /// A program may not have that role.
    #[error("a key may be integrator or viewer, not {0}")]
    Role(Role),
    /// There is a key of that name.
    #[error("there is an API key named {0} already; revoke it first, or choose another name")]
    Taken(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// Adds a key and returns its text, which is not kept.
    ///
    /// # Errors
    /// [`ApiKeyError`].
    pub async fn add_api_key(&self, new: NewApiKey) -> Result<String, ApiKeyError> {
        if !matches!(new.role, Role::Integrator | Role::Viewer) {
            return Err(ApiKeyError::Role(new.role));
        }
        let text = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(self.secret()));
        let now = self.now();
        let key = ApiKey {
            id: ApiKeyId(self.id(now)),
            name: new.name,
            role: new.role,
            key_hash: hash(&text),
            created_at: now,
            revoked_at: None,
        };
        self.store()
            .write(move |tx| {
                tx.access().add_api_key(&key).map_err(|error| match error {
                    StoreError::Taken(_) => ApiKeyError::Taken(key.name.clone()),
                    other => other.into(),
                })
            })
            .await?;
        Ok(text)
    }

    /// Revokes the key of that name; `false` when there is none.
    ///
    /// # Errors
    /// The store failed.
    pub async fn revoke_api_key(&self, name: String) -> Result<bool, StoreError> {
        let now = self.now();
        self.store()
            .write(move |tx| tx.access().revoke_api_key(&name, now))
            .await
    }

    /// Whose key it is; `None` for one that is unknown or revoked.
    ///
    /// # Errors
    /// The store failed.
    pub async fn caller_by_api_key(&self, text: &str) -> Result<Option<Caller>, StoreError> {
        if !text.starts_with(PREFIX) {
            return Ok(None);
        }
        let hash = hash(text);
        let key = self
            .store()
            .read(move |tx| tx.access().api_key_by_hash(&hash))
            .await?;
        Ok(key
            .filter(|key| key.revoked_at.is_none())
            .map(|key| Caller::from(&key)))
    }
}

/// Keys are random, so a plain digest is as good as a slow one, and can be looked up.
fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}
