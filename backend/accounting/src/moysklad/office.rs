//! One request to the service.

use jiff::Timestamp;
use reqwest::Method;
use reqwest::header::{ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE};
use serde::de::DeserializeOwned;
use sverka_app::ports::accounting::Sent;
use sverka_domain::delivery::Verdict;
use url::Url;
use url::form_urlencoded::byte_serialize;

use super::map::{self, Access};
use super::settings::Credentials;
use super::wire::Rows;
use crate::settings::Secret;
use crate::transport::{Answer, Mask, Transport};

/// A page of rows.
const MAX_BODY: usize = 1024 * 1024;
/// More rows than anybody decides among.
const ROWS: u32 = 25;

/// The account, as it is asked.
pub(super) struct Office {
    pub(super) transport: Transport,
    base: Url,
    authorization: Secret,
    mask: Mask,
}

/// What a request came to that came to nothing.
pub(super) type Failed = Box<Sent>;

/// A good answer, read.
pub(super) struct Read<T> {
    pub(super) value: T,
    pub(super) answer: Answer,
}

impl Office {
    pub(super) fn new(transport: Transport, base: Url, credentials: Credentials) -> Self {
        Self {
            transport,
            base,
            authorization: credentials.header,
            mask: Mask::new(credentials.secrets),
        }
    }

    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        at: Timestamp,
    ) -> Result<Read<T>, Failed> {
        self.ask(Method::GET, self.url(path, None), None, at).await
    }

    /// Rows that pass a filter.
    pub(super) async fn list<T: DeserializeOwned>(
        &self,
        path: &str,
        filter: &Filter,
        at: Timestamp,
    ) -> Result<Read<Vec<T>>, Failed> {
        let query = format!("limit={ROWS}&filter={}", encoded(&filter.0));
        let url = self.url(path, Some(&query));
        let read: Read<Rows<T>> = self.ask(Method::GET, url, None, at).await?;
        Ok(Read {
            value: read.value.rows,
            answer: read.answer,
        })
    }

    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: Vec<u8>,
        at: Timestamp,
    ) -> Result<Read<T>, Failed> {
        self.ask(Method::POST, self.url(path, None), Some(body), at).await
    }

    pub(super) async fn put<T: DeserializeOwned>(
        &self,
        path: &str,
        body: Vec<u8>,
        at: Timestamp,
    ) -> Result<Read<T>, Failed> {
        self.ask(Method::PUT, self.url(path, None), Some(body), at).await
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        method: Method,
        url: Url,
        body: Option<Vec<u8>>,
        at: Timestamp,
    ) -> Result<Read<T>, Failed> {
        let access = if method == Method::GET {
            Access::Read
        } else {
            Access::Change
        };
        let mut request = self
            .transport
            .request(method, url)
            .header(AUTHORIZATION, self.authorization.expose())
            // Without it the service answers 415.
            .header(ACCEPT_ENCODING, "gzip");
        if let Some(body) = body {
            request = request.header(CONTENT_TYPE, "application/json").body(body);
        }
        let answer = match self.transport.send_for(request, MAX_BODY).await {
            Ok(answer) => answer,
            Err(silence) => return Err(Box::new(map::silence(silence, access).sent())),
        };
        if (200..300).contains(&answer.status)
            && !answer.is_cut
            && let Ok(value) = serde_json::from_str(&answer.body)
        {
            return Ok(Read { value, answer });
        }
        let verdict = map::failure(&answer, access, at);
        Err(Box::new(self.sent(&answer, self.masked(verdict), None)))
    }

    fn url(&self, path: &str, query: Option<&str>) -> Url {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{path}", self.base.path()));
        url.set_query(query);
        url
    }

    /// What a try came to, with the answer that it rests on.
    pub(super) fn sent(&self, answer: &Answer, verdict: Verdict, document_key: Option<String>) -> Sent {
        answer.sent(verdict, document_key, &self.mask)
    }

    /// Rows that do not pass the filter that they were asked for by.
    pub(super) fn unfiltered(&self, answer: &Answer, field: &str) -> Failed {
        let reason = format!("a search by {field} found another: the filter is not applied");
        Box::new(self.sent(answer, map::unreadable(Access::Read, reason), None))
    }

    fn masked(&self, verdict: Verdict) -> Verdict {
        match verdict {
            Verdict::Refused { reason } => Verdict::Refused {
                reason: self.mask.hide(&reason),
            },
            Verdict::ConnectionRefused { reason } => Verdict::ConnectionRefused {
                reason: self.mask.hide(&reason),
            },
            Verdict::Unknown { reason } => Verdict::Unknown {
                reason: self.mask.hide(&reason),
            },
            other => other,
        }
    }
}

/// Conditions that all have to hold; several on one field with `=`: one of them.
#[derive(Debug, Default)]
pub(super) struct Filter(String);

impl Filter {
    /// `field=value`; `moment>` and `moment<` as fields: no earlier, no later.
    pub(super) fn and(mut self, field: &str, value: &str) -> Self {
        if !self.0.is_empty() {
            self.0.push(';');
        }
        self.0.push_str(field);
        self.0.push('=');
        self.0.push_str(&value.replace('\\', "\\\\").replace(';', "\\;"));
        self
    }
}

/// With `%20` for a space: a `+` is only read as one by forms.
fn encoded(text: &str) -> String {
    byte_serialize(text.as_bytes())
        .collect::<String>()
        .replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_one_text_whatever_is_in_a_value() {
        let filter = Filter::default()
            .and("incomingNumber", "a;b+c")
            .and("moment>", "2026-11-24 13:00:00");
        assert_eq!(filter.0, "incomingNumber=a\\;b+c;moment>=2026-11-24 13:00:00");
        assert_eq!(
            encoded(&filter.0),
            "incomingNumber%3Da%5C%3Bb%2Bc%3Bmoment%3E%3D2026-11-24%2013%3A00%3A00"
        );
    }
}
