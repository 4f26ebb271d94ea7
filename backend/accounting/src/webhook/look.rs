//! The receiver's answer to the question whether it has a delivery: `GET <look_up_url>/{webhook-id}`, signed like a
//! delivery over an empty body.

use jiff::Timestamp;
use serde_json::Value;
use sverka_domain::delivery::{FoundDocument, MatchRule, Verdict};
use sverka_domain::money::Money;

use crate::transport::{Answer, printable, wait};

/// The longest key or number that is taken.
const LONGEST: usize = 200;

/// What the receiver says: the document, that there is none, or nothing that can be trusted.
pub(super) fn found(answer: &Answer, at: Timestamp) -> Result<Option<FoundDocument>, Verdict> {
    let status = answer.status;
    let words = || answer.words().unwrap_or_else(|| format!("HTTP {status}"));
    let refused = |reason: String| Err(Verdict::ConnectionRefused { reason });
    let away = |reason, retry_after| Err(Verdict::NotApplied { reason, retry_after });
    match status {
        200 => document(answer)
            .map(Some)
            .or_else(|what| away(format!("the look-up was answered without {what}"), None)),
        // A page is a web server's own, which knows nothing of deliveries.
        404 if answer.is_page() => {
            refused("HTTP 404 with a page instead of an answer: check look_up_url".to_owned())
        }
        404 => Ok(None),
        300..=399 => refused(format!(
            "HTTP {status}: the receiver points elsewhere, check look_up_url"
        )),
        401 | 403 | 410 => refused(format!("HTTP {status} to a look-up: {}", words())),
        429 | 503 => away(
            words(),
            answer.retry_after.as_deref().and_then(|text| wait(text, at)),
        ),
        400..=499 => refused(format!(
            "HTTP {status} to a look-up, check look_up_url: {}",
            words()
        )),
        _ => away(words(), None),
    }
}

/// The document, or what is missing.
fn document(answer: &Answer) -> Result<FoundDocument, &'static str> {
    let object = answer.object().filter(|_| !answer.is_cut).ok_or("JSON")?;
    let number = text(&object["document_ref"]);
    let key = text(&object["document_key"]).or_else(|| number.clone());
    let amount = match &object["amount"] {
        Value::Null => None,
        told => Some(serde_json::from_value::<Money>(told.clone()).map_err(|_| "an amount as it is sent")?),
    };
    let is_posted = match &object["posted"] {
        Value::Null => true,
        told => told.as_bool().ok_or("posted as true or false")?,
    };
    Ok(FoundDocument {
        key: key.ok_or("document_ref")?,
        number,
        rule: MatchRule::OurKey,
        amount,
        date: None,
        is_posted,
        is_deleted: false,
        is_ours: true,
        author: None,
        client: None,
        is_same_client: None,
        comment: None,
        url: None,
    })
}

/// A text or a number, if there is one.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(printable(text, LONGEST)).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(status: u16, body: &str) -> Result<Option<FoundDocument>, Verdict> {
        let answer = Answer {
            status,
            body: body.to_owned(),
            ..Answer::default()
        };
        found(&answer, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn a_document_is_what_says_its_number_or_its_key() {
        let told = r#"{"document_ref":"ПКО-17","document_key":"a1","posted":false,"amount":{"amount":450000,"currency":"RUB"}}"#;
        let found = of(200, told).unwrap().unwrap();
        assert_eq!(
            (found.key.as_str(), found.number.as_deref()),
            ("a1", Some("ПКО-17"))
        );
        assert_eq!((found.is_posted, found.rule), (false, MatchRule::OurKey));
        assert_eq!(found.amount.unwrap().amount, 450_000);
        let short = of(200, r#"{"document_ref":17}"#).unwrap().unwrap();
        assert_eq!(
            (short.key.as_str(), short.is_posted, short.amount),
            ("17", true, None)
        );
    }

    #[test]
    fn only_a_plain_404_says_that_it_is_not_there() {
        assert_eq!(of(404, ""), Ok(None));
        assert_eq!(of(404, r#"{"title":"not found"}"#), Ok(None));
        for (status, body) in [
            (404, "<html>nginx</html>"),
            (401, ""),
            (410, ""),
            (302, ""),
            (405, ""),
        ] {
            assert!(
                matches!(of(status, body), Err(Verdict::ConnectionRefused { .. })),
                "{status}"
            );
        }
    }

    #[test]
    fn what_is_no_answer_to_the_question_is_a_failed_search() {
        for (status, body) in [
            (200, "<html>"),
            (200, "{}"),
            (200, r#"{"document_ref":"A","amount":4500}"#),
            (200, r#"{"document_ref":"A","posted":"yes"}"#),
            (500, ""),
            (503, ""),
            (429, ""),
            (204, ""),
        ] {
            assert!(
                matches!(of(status, body), Err(Verdict::NotApplied { .. })),
                "{status} {body}"
            );
        }
    }
}
