//! Sending a notification of our own to the public callback address, the way a bank would.

use async_trait::async_trait;

use super::bank::RawCallback;

/// What came back from the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentAnswer {
    /// HTTP status.
    pub status: u16,
    /// The beginning of the body, as text.
    pub body: String,
}

/// Why nothing came back, in words for a person that hold no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotSent(pub String);

/// Sends callbacks.
#[async_trait]
pub trait CallbackSender: Send + Sync {
    /// Sends `raw` to `url` (which has no query) once: its method, query, body and headers, no redirects.
    ///
    /// # Errors
    /// [`NotSent`] when there was no answer.
    async fn send(&self, url: &str, raw: &RawCallback) -> Result<SentAnswer, NotSent>;
}
