//! What an answer means. Statuses do not carry the verdict: the interface's own codes do (Guide 17.4.10), and `-1` is
//! the configuration's handler, mostly under a 500.

use jiff::Timestamp;
use sverka_domain::delivery::Verdict;

use super::answer::{Fault, fault};
use crate::transport::{Answer, wait};

/// What an answer that is no success means, whatever was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// It is the connection that has to be mended: the password, a right, the address.
    Door(String),
    /// Refused for good: a fault of the mapping or of the configuration.
    Refused(String),
    /// The configuration's handler refused, or a lock, or a licence that ran short.
    Handler(String),
    /// Asked to wait.
    Later(String, Option<u32>),
    /// An object with this key exists (code 15).
    Exists,
    /// There is no such object (code 9).
    Absent(String),
    /// Nobody knows.
    Unclear(String),
}

/// What an answer means that is not the object or collection that was asked for.
pub(super) fn meaning(answer: &Answer, at: Timestamp) -> Meaning {
    let status = answer.status;
    let fault = fault(answer);
    let Fault { code, words } = fault.clone().unwrap_or_default();
    let words = words.or_else(|| answer.words());
    let told = words.clone().unwrap_or_else(|| format!("HTTP {status}"));
    match (status, code) {
        (_, Some(15)) => Meaning::Exists,
        (401 | 403, _) | (_, Some(20)) => {
            let words = words.unwrap_or_else(|| "access denied".to_owned());
            Meaning::Door(format!("HTTP {status}: {words}"))
        }
        (300..=399, _) => Meaning::Door(format!(
            "HTTP {status}: the base points elsewhere, check the address"
        )),
        (_, Some(-1)) => Meaning::Handler(told),
        (429, _) => Meaning::Later(
            told,
            answer.retry_after.as_deref().and_then(|text| wait(text, at)),
        ),
        (_, Some(9)) => Meaning::Absent(told),
        (_, Some(0..=21)) => Meaning::Refused(told),
        (404 | 410, None) if fault.is_none() => Meaning::Door(format!(
            "HTTP {status}: there is no OData interface at this address, check the publication"
        )),
        (408, _) | (500..=599, _) => Meaning::Unclear(told),
        (400..=499, _) => Meaning::Refused(told),
        _ if answer.is_cut => Meaning::Unclear(format!("HTTP {status} with an endless answer")),
        _ if answer.is_page() => Meaning::Unclear(format!(
            "HTTP {status} with a page instead of an answer: check the address and the password"
        )),
        _ => Meaning::Unclear(format!("HTTP {status} with something else than was asked for")),
    }
}

impl Meaning {
    /// After a request that changes something.
    pub(super) fn changed(self) -> Verdict {
        match self {
            Self::Door(reason) => Verdict::ConnectionRefused { reason },
            Self::Refused(reason) | Self::Absent(reason) => Verdict::Refused { reason },
            Self::Handler(reason) => Verdict::LikelyRefused { reason },
            Self::Later(reason, retry_after) => Verdict::NotApplied { reason, retry_after },
            Self::Exists => Verdict::Unknown {
                reason: "the base has an object under this key".to_owned(),
            },
            Self::Unclear(reason) => Verdict::Unknown { reason },
        }
    }

    /// After a request that only reads: whatever it came to, nothing was changed.
    pub(super) fn read(self) -> Verdict {
        match self {
            Self::Door(reason) => Verdict::ConnectionRefused { reason },
            Self::Refused(reason) => Verdict::Refused { reason },
            Self::Later(reason, retry_after) => Verdict::NotApplied { reason, retry_after },
            Self::Handler(reason) | Self::Absent(reason) | Self::Unclear(reason) => Verdict::NotApplied {
                reason,
                retry_after: None,
            },
            Self::Exists => Verdict::NotApplied {
                reason: "the base speaks of an object that exists, and was only asked".to_owned(),
                retry_after: None,
            },
        }
    }

    /// After the request to post a document that is there.
    pub(super) fn posting(self, document_ref: Option<String>) -> Verdict {
        match self {
            Self::Door(reason) => Verdict::ConnectionRefused { reason },
            Self::Handler(reason) if is_passing(&reason) => Verdict::LikelyRefused { reason },
            Self::Handler(reason) | Self::Refused(reason) | Self::Absent(reason) => {
                Verdict::Unposted { document_ref, reason }
            }
            // The document was made: "surely not applied" would be untrue.
            Self::Later(reason, _) | Self::Unclear(reason) => Verdict::Unknown { reason },
            Self::Exists => Verdict::Unknown {
                reason: "the base has an object under this key".to_owned(),
            },
        }
    }
}

/// Words of a lock or of a licence that ran short, which pass by themselves.
fn is_passing(words: &str) -> bool {
    let words = words.to_lowercase();
    ["блокиров", "лицензи", "монопольн", "lock", "licens"]
        .iter()
        .any(|part| words.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(status: u16, content_type: &str, body: &str) -> Meaning {
        let answer = Answer {
            status,
            content_type: content_type.to_owned(),
            body: body.to_owned(),
            ..Answer::default()
        };
        meaning(&answer, Timestamp::UNIX_EPOCH)
    }

    fn coded(status: u16, code: i32) -> Meaning {
        let body =
            format!(r#"{{"odata.error":{{"code":"{code}","message":{{"lang":"ru","value":"слова"}}}}}}"#);
        of(status, "application/json", &body)
    }

    #[test]
    fn the_code_counts_and_not_the_status() {
        let words = || "слова".to_owned();
        for status in [400, 404, 500] {
            for code in (0..=8).chain(10..=14).chain(16..=19).chain([21]) {
                assert_eq!(coded(status, code), Meaning::Refused(words()), "{status} {code}");
            }
            assert_eq!(coded(status, 15), Meaning::Exists);
            assert_eq!(coded(status, 9), Meaning::Absent(words()));
            assert_eq!(coded(status, -1), Meaning::Handler(words()));
            assert!(matches!(coded(status, 20), Meaning::Door(_)));
        }
    }

    #[test]
    fn without_a_code_the_status_counts() {
        for status in [301, 302, 307, 401, 403, 404, 410] {
            assert!(matches!(of(status, "", ""), Meaning::Door(_)), "{status}");
        }
        for status in [400, 405, 415, 422] {
            assert!(matches!(of(status, "", ""), Meaning::Refused(_)), "{status}");
        }
        for status in [408, 500, 502, 503, 504] {
            assert!(matches!(of(status, "", ""), Meaning::Unclear(_)), "{status}");
        }
        assert!(matches!(of(429, "", ""), Meaning::Later(..)));
    }

    #[test]
    fn a_page_under_a_good_status_is_never_success() {
        for (content_type, body) in [
            ("text/html", "Войдите"),
            ("", "<html></html>"),
            ("", "ok"),
            ("", ""),
        ] {
            assert!(
                matches!(of(200, content_type, body), Meaning::Unclear(_)),
                "{body}"
            );
        }
    }

    #[test]
    fn a_lock_passes_and_a_closed_period_does_not() {
        let posting = |words: &str| Meaning::Handler(words.to_owned()).posting(None);
        assert!(matches!(
            posting("Конфликт блокировок при выполнении транзакции"),
            Verdict::LikelyRefused { .. }
        ));
        assert!(matches!(
            posting("Период закрыт для изменений"),
            Verdict::Unposted { .. }
        ));
    }
}
