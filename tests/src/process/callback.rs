//! A bank's callback, signed here and not by the code under test, so that a test knows which ones were answered.

use std::time::Duration;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The simulator's secret of `sber/main`.
const SECRET: &str = "demo-callback-secret";

/// A callback of `sber/main`.
#[derive(Debug, Clone)]
pub struct Callback {
    /// Of which order.
    pub order_number: String,
    /// The signature, in upper-case hex: unlike any other callback's.
    pub checksum: String,
    query: String,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// There was an answer with this status.
    Status(u16),
    /// There was none: whether it was taken in is unknown.
    None,
}

impl Callback {
    /// `deposited`, with success or without, signed as the bank signs.
    ///
    /// # Panics
    /// Never: a key may have any length.
    #[must_use]
    pub fn deposited(order_number: &str, bank_order_id: &str, success: bool) -> Self {
        let status = if success { "1" } else { "0" };
        // In the order of names, as they are signed.
        let parameters = [
            ("mdOrder", bank_order_id),
            ("operation", "deposited"),
            ("orderNumber", order_number),
            ("status", status),
        ];
        let signed: String = parameters
            .iter()
            .map(|(name, value)| format!("{name};{value};"))
            .collect();
        let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("any key will do");
        mac.update(signed.as_bytes());
        let checksum = hex::encode_upper(mac.finalize().into_bytes());
        let query: String = parameters
            .iter()
            .map(|(name, value)| format!("{name}={value}&"))
            .collect();
        Self {
            order_number: order_number.to_owned(),
            query: format!("{query}checksum={checksum}"),
            checksum,
        }
    }
}

impl Callback {
    /// Where it goes, below Sverka's own address.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/callbacks/sber/main?{}", self.query)
    }
}

/// The bank's client.
#[derive(Clone)]
pub struct Caller(reqwest::Client);

impl Caller {
    /// A client that waits for an answer as long as a patient bank.
    ///
    /// # Panics
    /// When there is no TLS.
    #[must_use]
    pub fn new() -> Self {
        let http = reqwest::Client::builder()
            .no_proxy()
            .timeout(Duration::from_secs(30));
        Self(http.build().expect("an HTTP client"))
    }

    /// Sends a callback to the Sverka at `url`.
    pub async fn send(&self, url: &str, callback: &Callback) -> Answer {
        let address = format!("{url}{}", callback.path());
        let Ok(answer) = self.0.get(address).send().await else {
            return Answer::None;
        };
        let status = answer.status().as_u16();
        // An answer that was cut is none.
        answer
            .bytes()
            .await
            .map_or(Answer::None, |_| Answer::Status(status))
    }
}

impl Default for Caller {
    fn default() -> Self {
        Self::new()
    }
}
