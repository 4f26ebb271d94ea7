//! One call of one method: the address with the secret in it goes nowhere but to the portal.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use reqwest::Method;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sverka_app::ports::accounting::Sent;
use sverka_domain::delivery::Verdict;

use super::map::{self, Access};
use super::settings::Address;
use super::wire::Envelope;
use crate::transport::{Answer, Mask, Transport};

/// Lists come by fifty rows.
const MAX_BODY: usize = 512 * 1024;

/// The portal, as its methods are called.
pub(super) struct Portal {
    pub(super) transport: Transport,
    address: Address,
    mask: Mask,
    /// When some of the used-up server time is forgotten, in Unix seconds, by the newest good answer; 0: not known.
    reset_at: AtomicI64,
}

/// A good answer.
pub(super) struct Reply {
    pub(super) result: Value,
    pub(super) answer: Answer,
}

/// What a call came to that came to nothing.
pub(super) type Failed = Box<Sent>;

impl Portal {
    pub(super) fn new(transport: Transport, address: Address) -> Self {
        let mask = Mask::new([address.code.clone()]);
        Self {
            transport,
            address,
            mask,
            reset_at: AtomicI64::new(0),
        }
    }

    /// The user that requests are made as.
    pub(super) fn user(&self) -> u64 {
        self.address.user
    }

    /// Where a person opens a page of the portal.
    pub(super) fn page(&self, path: &str) -> Option<String> {
        let host = self.address.base.host_str()?;
        Some(format!("{}://{host}{path}", self.address.base.scheme()))
    }

    pub(super) async fn read(
        &self,
        method: &'static str,
        parameters: Value,
        at: Timestamp,
    ) -> Result<Reply, Failed> {
        self.call(method, parameters, Access::Read, at).await
    }

    pub(super) async fn change(
        &self,
        method: &'static str,
        parameters: Value,
        at: Timestamp,
    ) -> Result<Reply, Failed> {
        self.call(method, parameters, Access::Change, at).await
    }

    async fn call(
        &self,
        method: &'static str,
        parameters: Value,
        access: Access,
        at: Timestamp,
    ) -> Result<Reply, Failed> {
        let mut url = self.address.base.clone();
        url.set_path(&format!("{}{method}", url.path()));
        // Plain JSON: nothing in it can be refused.
        let body = serde_json::to_vec(&parameters).unwrap_or_default();
        let request = self
            .transport
            .request(Method::POST, url)
            .header("content-type", "application/json")
            .header("accept", "application/json")
            .body(body);
        let answer = match self.transport.send_for(request, MAX_BODY).await {
            Ok(answer) => answer,
            Err(silence) => return Err(Box::new(map::silence(silence, access).sent())),
        };
        let envelope: Option<Envelope> = serde_json::from_str(&answer.body).ok();
        let is_good = (200..300).contains(&answer.status) && !answer.is_cut;
        if let Some(reset_at) = envelope.as_ref().and_then(|known| known.time.operating_reset_at) {
            self.reset_at.store(reset_at, Ordering::Relaxed);
        }
        match envelope {
            Some(Envelope {
                result: Some(result),
                error: None,
                ..
            }) if is_good => Ok(Reply { result, answer }),
            envelope => {
                let reset_at = Some(self.reset_at.load(Ordering::Relaxed)).filter(|at| *at > 0);
                let verdict = if is_good && envelope.as_ref().is_none_or(|known| known.error.is_none()) {
                    map::unreadable(
                        access,
                        "the answer is not what the method gives: check the address",
                    )
                } else {
                    map::failure(&answer, envelope.as_ref(), access, (reset_at, at))
                };
                Err(Box::new(self.sent(&answer, self.masked(verdict), None)))
            }
        }
    }

    /// What a try came to, with the answer that it rests on.
    pub(super) fn sent(&self, answer: &Answer, verdict: Verdict, document_key: Option<String>) -> Sent {
        answer.sent(verdict, document_key, &self.mask)
    }

    /// An answer of the right status whose inside is not what the method gives.
    pub(super) fn odd(&self, reply: &Reply, access: Access, what: &str) -> Failed {
        let reason = format!("the answer has no {what}");
        Box::new(self.sent(&reply.answer, map::unreadable(access, reason), None))
    }

    /// A refusal of our own, after what was read.
    pub(super) fn refused(&self, reply: &Reply, reason: impl Into<String>) -> Failed {
        let verdict = Verdict::Refused {
            reason: reason.into(),
        };
        Box::new(self.sent(&reply.answer, verdict, None))
    }

    /// What stands in the result, under `name` where it is wrapped.
    pub(super) fn part<T: DeserializeOwned>(
        &self,
        reply: &Reply,
        access: Access,
        name: Option<&'static str>,
    ) -> Result<T, Failed> {
        let value = match name {
            Some(name) => reply.result.get(name),
            None => Some(&reply.result),
        };
        value
            .and_then(|value| T::deserialize(value).ok())
            .ok_or_else(|| self.odd(reply, access, name.unwrap_or("result")))
    }

    fn masked(&self, verdict: Verdict) -> Verdict {
        let hide = |reason: &str| self.mask.hide(reason);
        match verdict {
            Verdict::Refused { reason } => Verdict::Refused {
                reason: hide(&reason),
            },
            Verdict::LikelyRefused { reason } => Verdict::LikelyRefused {
                reason: hide(&reason),
            },
            Verdict::Unknown { reason } => Verdict::Unknown {
                reason: hide(&reason),
            },
            Verdict::ConnectionRefused { reason } => Verdict::ConnectionRefused {
                reason: hide(&reason),
            },
            Verdict::NotApplied { reason, retry_after } => Verdict::NotApplied {
                reason: hide(&reason),
                retry_after,
            },
            other => other,
        }
    }
}
