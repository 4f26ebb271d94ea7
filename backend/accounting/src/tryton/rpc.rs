//! One call of a method: the body has exactly three members, and the context is the last parameter.

use jiff::Timestamp;
use reqwest::Method;
use reqwest::header::{ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use sverka_domain::delivery::Verdict;
use tokio::sync::Mutex;
use url::Url;

use super::fault::{Fault, Why};
use super::session::Session;
use crate::settings::{Secret, SettingsError};
use crate::transport::{Answer, Limits, Mask, Transport, printable, wait};

/// The longest answer: a search comes with at most fifty records.
const MOST: usize = 1024 * 1024;
/// The longest that a person is shown of Tryton's words, in characters.
const SHOWN: usize = 300;
/// Tryton locks log-ins for its session time-out, and does not say how long that is: its default, in seconds.
const LOCKED_FOR: u32 = 300;

/// What came of a call.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    pub(super) result: Value,
    pub(super) http_status: u16,
    /// The raw answer, trimmed.
    pub(super) answer: Option<String>,
}

impl Reply {
    /// The result as what it should be.
    pub(super) fn read<T: DeserializeOwned>(self) -> Result<T, Fault> {
        serde_json::from_value(self.result).map_err(|error| Fault {
            http_status: Some(self.http_status),
            answer: self.answer,
            ..Fault::new(Why::Silent, format!("an unexpected answer: {error}"))
        })
    }
}

/// The way to one database of a Tryton server.
#[derive(Debug)]
pub(super) struct Rpc {
    transport: Transport,
    root: Url,
    url: Url,
    pub(super) user: String,
    pub(super) password: Secret,
    context: Map<String, Value>,
    pub(super) session: Mutex<Option<Session>>,
    mask: Mask,
}

/// Whom to ask, and as whom.
pub(super) struct Access<'a> {
    /// With a slash at its end.
    pub(super) url: &'a Url,
    pub(super) database: &'a str,
    pub(super) user: &'a str,
    pub(super) password: &'a Secret,
    /// The context of every call.
    pub(super) context: Map<String, Value>,
}

impl Rpc {
    pub(super) fn new(access: Access<'_>, limits: &Limits<'_>) -> Result<Self, SettingsError> {
        let wrong = |_| SettingsError::new("url", "is not an address", "give it whole");
        Ok(Self {
            transport: Transport::new(access.url, limits)?,
            root: access.url.join("rpc/").map_err(wrong)?,
            url: access
                .url
                .join(&format!("{}/rpc/", access.database))
                .map_err(wrong)?,
            user: access.user.to_owned(),
            password: access.password.clone(),
            context: access.context,
            session: Mutex::new(None),
            mask: Mask::new([access.password.clone()]),
        })
    }

    /// Calls a method, with `params` and the context, in a session: the running one, or a new one if it is over.
    pub(super) async fn call(&self, method: &str, params: Vec<Value>, at: Timestamp) -> Result<Reply, Fault> {
        self.call_in(method, params, &[], at).await
    }

    /// The same, with more in the context.
    pub(super) async fn call_in(
        &self,
        method: &str,
        mut params: Vec<Value>,
        more: &[(&str, Value)],
        at: Timestamp,
    ) -> Result<Reply, Fault> {
        let mut context = self.context.clone();
        context.extend(
            more.iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone())),
        );
        params.push(Value::Object(context));
        let session = self.session(at).await?;
        let first = self.ask(&self.url, method, &params, Some(&session), at).await;
        if !matches!(&first, Err(fault) if fault.why == Why::NoSession) {
            return first;
        }
        // It ran out, or needs to be fresh for this method. Nothing ran yet: once more, with a new one.
        self.forget(&session).await;
        let session = self.session(at).await?;
        self.ask(&self.url, method, &params, Some(&session), at).await
    }

    /// A search; `fields` may name fields of linked records.
    pub(super) async fn search<T: DeserializeOwned>(
        &self,
        model: &str,
        domain: Value,
        (fields, most): (&[&str], u32),
        at: Timestamp,
    ) -> Result<Vec<T>, Fault> {
        let params = vec![
            domain,
            json!(0),
            json!(most),
            json!([["id", "ASC"]]),
            json!(fields),
        ];
        self.call(&format!("model.{model}.search_read"), params, at)
            .await?
            .read()
    }

    /// The server's version, for which nobody has to log in.
    pub(super) async fn version(&self, at: Timestamp) -> Result<Reply, Fault> {
        self.ask(&self.root, "common.server.version", &[], None, at).await
    }

    /// The log-in itself.
    pub(super) async fn log_in(&self, at: Timestamp) -> Result<Value, Fault> {
        let parameters = json!({"password": self.password.expose()});
        let params = [json!(self.user), parameters, json!("en")];
        let reply = self.ask(&self.url, "common.db.login", &params, None, at).await;
        reply.map(|reply| reply.result).map_err(|fault| Fault {
            // The server may repeat what it was given.
            answer: None,
            ..fault
        })
    }

    async fn ask(
        &self,
        url: &Url,
        method: &str,
        params: &[Value],
        session: Option<&Session>,
        at: Timestamp,
    ) -> Result<Reply, Fault> {
        let body = json!({"id": 1, "method": method, "params": params}).to_string();
        let mut request = self
            .transport
            .request(Method::POST, url.clone())
            .header(CONTENT_TYPE, "application/json")
            // Longer answers claim to be compressed whether they are or not, unless it is asked for.
            .header(ACCEPT_ENCODING, "gzip")
            .body(body);
        if let Some(session) = session {
            request = request.header(AUTHORIZATION, session.header());
        }
        match self.transport.send_for(request, MOST).await {
            Ok(answer) => self.hear(&answer, at),
            Err(silence) => {
                let why = match &silence.verdict {
                    Verdict::NotApplied { .. } => Why::Unsent { retry_after: None },
                    Verdict::ConnectionRefused { .. } => Why::Barred,
                    _ => Why::Silent,
                };
                let reason = silence.verdict.reason().unwrap_or_default();
                Err(Fault {
                    http_status: silence.http_status,
                    ..Fault::new(why, reason)
                })
            }
        }
    }

    /// What an answer means.
    fn hear(&self, answer: &Answer, at: Timestamp) -> Result<Reply, Fault> {
        let kept = answer.kept().map(|kept| self.mask.hide(&kept));
        let (why, reason) = match understand(answer, at) {
            Ok(result) => {
                return Ok(Reply {
                    result,
                    http_status: answer.status,
                    answer: kept,
                });
            }
            Err(fault) => fault,
        };
        Err(Fault {
            why,
            reason: self.mask.hide(&reason),
            http_status: Some(answer.status),
            answer: kept,
        })
    }
}

fn understand(answer: &Answer, at: Timestamp) -> Result<Value, (Why, String)> {
    let status = answer.status;
    let (why, words) = match status {
        200 => return result(answer),
        401 => (Why::NoSession, "access denied"),
        403 => (
            Why::Barred,
            "the method is not there for this user: a module is missing",
        ),
        404 => (Why::Barred, "no such database, or a wrong address"),
        300..=399 => (Why::Barred, "the server points elsewhere, check the address"),
        429 => {
            let told = answer.retry_after.as_deref().and_then(|text| wait(text, at));
            let retry_after = Some(told.unwrap_or(LOCKED_FOR));
            (
                Why::Unsent { retry_after },
                "too many log-ins with a wrong password",
            )
        }
        400..=499 => (Why::Denied, "the server does not understand the request"),
        _ => (Why::Silent, "the server failed"),
    };
    Err((why, format!("HTTP {status}: {words}")))
}

fn result(answer: &Answer) -> Result<Value, (Why, String)> {
    let silent = |words: &str| Err((Why::Silent, format!("HTTP 200 with {words}: check the address")));
    if answer.is_cut {
        return silent("an endless answer");
    }
    let Some(Value::Object(mut object)) = answer.object() else {
        return silent("something that is no answer");
    };
    if let Some(result) = object.remove("result") {
        return Ok(result);
    }
    match object.remove("error") {
        Some(error) => Err(verdict(&error)),
        None => silent("an answer without a result"),
    }
}

/// The names of exceptions that are Tryton's verdict, and where their words stand; anything else is a failure
/// inside Tryton.
fn verdict(error: &Value) -> (Why, String) {
    let name = error[0].as_str().unwrap_or_default();
    let details = &error[1];
    let words = |of: &Value| printable(of.as_str().unwrap_or_default(), SHOWN);
    match name {
        "UserError" => (Why::Denied, words(details.get(0).unwrap_or(details))),
        // The first of a warning's words is its key.
        "UserWarning" => (Why::Denied, words(details.get(1).unwrap_or(details))),
        "ConcurrencyException" => (Why::Clash, words(details.get(0).unwrap_or(details))),
        "LoginException" => (Why::Barred, "the log-in is refused".to_owned()),
        "RateLimitException" => {
            let retry_after = Some(LOCKED_FOR);
            (
                Why::Unsent { retry_after },
                "too many log-ins with a wrong password".to_owned(),
            )
        }
        internal => (Why::Internal, printable(internal, SHOWN)),
    }
}

#[cfg(test)]
#[path = "rpc_tests.rs"]
mod tests;
