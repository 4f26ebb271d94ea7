//! What a scripted accounting system says.

use sverka_app::ports::accounting::Sent;
use sverka_domain::delivery::{FoundClient, FoundDocument, MatchRule, Verdict};
use sverka_domain::money::{Currency, Money};

/// A document as a search tells of it.
pub(crate) fn paper(key: &str, rule: MatchRule, amount: i64) -> FoundDocument {
    FoundDocument {
        key: key.to_owned(),
        number: Some(format!("No. {key}")),
        rule,
        amount: Some(Money::new(amount, Currency::RUB)),
        date: None,
        is_posted: true,
        is_deleted: false,
        is_ours: false,
        author: Some("Петрова".to_owned()),
        client: None,
        is_same_client: None,
        comment: None,
        url: None,
    }
}

pub(crate) fn client(key: &str) -> FoundClient {
    FoundClient {
        key: key.to_owned(),
        name: "Иванова Мария".to_owned(),
        phone: None,
        email: None,
    }
}

pub(crate) fn said(verdict: Verdict, document_key: Option<String>) -> Sent {
    Sent {
        verdict,
        document_key,
        http_status: None,
        answer: None,
    }
}

/// Nobody answered in time.
pub(crate) fn silence() -> Sent {
    said(
        Verdict::Unknown {
            reason: "no answer in time".to_owned(),
        },
        None,
    )
}

/// The connection could not be made.
pub(crate) fn unreachable() -> Sent {
    said(
        Verdict::NotApplied {
            reason: "connection refused".to_owned(),
            retry_after: None,
        },
        None,
    )
}
