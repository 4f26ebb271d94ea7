//! The shapes of the service's answers.

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use uuid::Uuid;

/// A list.
#[derive(Debug, Deserialize)]
pub(super) struct Rows<T> {
    pub(super) rows: Vec<T>,
}

/// What went wrong. A request for several objects is answered by a list of these.
#[derive(Debug, Deserialize)]
pub(super) struct Errors {
    pub(super) errors: Vec<Fault>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Fault {
    pub(super) error: Option<String>,
    pub(super) error_message: Option<String>,
    pub(super) code: Option<u32>,
}

/// A payment that came in or went out.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Payment {
    pub(super) id: Uuid,
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "kopecks")]
    pub(super) sum: Option<i64>,
    pub(super) moment: Option<String>,
    #[serde(default)]
    pub(super) applicable: bool,
    /// When it was thrown into the bin.
    pub(super) deleted: Option<String>,
    pub(super) agent: Option<Ref>,
    pub(super) organization: Option<Ref>,
    pub(super) sync_id: Option<Uuid>,
    pub(super) external_code: Option<String>,
    pub(super) incoming_number: Option<String>,
    pub(super) description: Option<String>,
    pub(super) payment_purpose: Option<String>,
    meta: Option<Meta>,
}

impl Payment {
    /// Its page.
    pub(super) fn page(&self) -> Option<String> {
        self.meta.as_ref()?.uuid_href.clone()
    }
}

/// A link to another object.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Ref {
    meta: Meta,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Meta {
    href: Option<String>,
    uuid_href: Option<String>,
}

impl Ref {
    /// The id that its address ends in.
    pub(super) fn id(&self) -> Option<Uuid> {
        let href = self.meta.href.as_deref()?;
        let path = href.split(['?', '#']).next()?;
        path.rsplit('/').next()?.parse().ok()
    }
}

/// A counterparty.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Counterparty {
    pub(super) id: Uuid,
    #[serde(default)]
    pub(super) name: String,
    pub(super) phone: Option<String>,
    pub(super) email: Option<String>,
    pub(super) external_code: Option<String>,
    #[serde(default)]
    pub(super) archived: bool,
}

/// A sum: a JSON number of kopecks, whole though it is written with a point.
fn kopecks<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    let Value::Number(number) = Value::deserialize(deserializer)? else {
        return Ok(None);
    };
    let text = number.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let is_whole = fraction.bytes().all(|digit| digit == b'0');
    Ok(whole.parse().ok().filter(|_| is_whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_whole_kopecks_or_none() {
        for (sum, kopecks) in [
            ("450000", Some(450_000)),
            ("450000.0", Some(450_000)),
            ("450000.5", None),
            ("\"450000\"", None),
            ("null", None),
        ] {
            let text = format!(r#"{{"id":"64aa2e8c-3f95-11e6-8a84-bae50000010f","sum":{sum}}}"#);
            let payment: Payment = serde_json::from_str(&text).unwrap();
            assert_eq!(payment.sum, kopecks, "{sum}");
        }
    }

    #[test]
    fn a_link_is_known_by_the_id_at_its_end() {
        let text = r#"{"meta":{"href":"https://api.moysklad.ru/api/remap/1.2/entity/counterparty/1489a08d-32ca-11e6-8a84-bae50000000d"}}"#;
        let link: Ref = serde_json::from_str(text).unwrap();
        assert_eq!(
            link.id().unwrap().to_string(),
            "1489a08d-32ca-11e6-8a84-bae50000000d"
        );
    }
}
