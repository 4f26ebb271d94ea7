//! Everything that can be tried without changing anything. 1C says nothing of an attribute that it does not have: it
//! ignores it when it writes and, it is said, finds nothing by it when it searches. So each of them is checked.

use jiff::Timestamp;
use sverka_app::ports::accounting::{Check, CheckKind, CheckOutcome, Order, Sent};
use sverka_domain::delivery::{MatchRule, Verdict};
use uuid::Uuid;

use super::client::{Asking, OnecOdata};
use super::facts::MARK;
use super::filter::{guid, is};
use super::metadata::Metadata;
use super::settings::OnecClass;

/// The description of a large configuration takes tens of megabytes.
const MOST_METADATA: usize = 64 * 1024 * 1024;
/// More names than this help nobody.
const SHOWN: usize = 20;

type Outcome = (CheckOutcome, Option<String>);

fn line(kind: CheckKind, (outcome, detail): Outcome) -> Check {
    Check {
        kind,
        outcome,
        detail,
    }
}

fn passed(detail: Option<String>) -> Outcome {
    (CheckOutcome::Passed, detail)
}

fn failed(detail: impl Into<String>) -> Outcome {
    (CheckOutcome::Failed, Some(detail.into()))
}

fn skipped(detail: impl Into<String>) -> Outcome {
    (CheckOutcome::Skipped, Some(detail.into()))
}

fn unread(sent: &Sent) -> Outcome {
    failed(sent.verdict.reason().unwrap_or("no answer"))
}

impl OnecOdata {
    pub(super) async fn check(&self, posted: Option<&Order>, at: Timestamp) -> Vec<Check> {
        let glance = self.glance(at).await;
        let (reach, log_in) = entrance(&glance);
        let is_in = log_in.0 == CheckOutcome::Passed;
        let mut lines = vec![line(CheckKind::Reach, reach), line(CheckKind::LogIn, log_in)];
        if !is_in {
            let kinds = [
                CheckKind::Metadata,
                CheckKind::FilterFindsNothing,
                CheckKind::FilterFindsOne,
            ];
            lines.extend(kinds.map(|kind| line(kind, (CheckOutcome::Skipped, None))));
            lines.push(line(CheckKind::KeyIsEnforced, self.key_is_enforced(posted)));
            return lines;
        }
        lines.push(line(CheckKind::Metadata, self.metadata(at).await));
        lines.push(line(CheckKind::FilterFindsNothing, self.finds_nothing(at).await));
        lines.push(line(CheckKind::FilterFindsOne, self.finds_one(posted, at).await));
        lines.push(line(CheckKind::KeyIsEnforced, self.key_is_enforced(posted)));
        lines
    }

    async fn metadata(&self, at: Timestamp) -> Outcome {
        let answer = match self.read_metadata(MOST_METADATA).await {
            Ok(answer) => answer,
            Err(sent) => return unread(&sent),
        };
        if !(200..=299).contains(&answer.status) {
            return unread(&self.unread(&answer, at));
        }
        if answer.is_cut {
            return skipped("$metadata is longer than 64 MB");
        }
        let Some(metadata) = Metadata::read(&answer.body) else {
            return failed("$metadata is not a description of entities");
        };
        let missing = metadata.missing(&self.mapping);
        if missing.is_empty() {
            return passed(Some(self.mapping.payment.entity.clone()));
        }
        let shown: Vec<&str> = missing.iter().take(SHOWN).map(String::as_str).collect();
        failed(format!("not in the interface: {}", shown.join(", ")))
    }

    /// A search for what cannot exist finds nothing, whichever attribute is searched.
    async fn finds_nothing(&self, at: Timestamp) -> Outcome {
        let of = &self.mapping.payment;
        let nothing = format!("{MARK}{}", Uuid::nil());
        let searched = [&of.reference, &of.rrn, &of.bank_order_id];
        let mut filters: Vec<(&str, String)> = searched
            .into_iter()
            .flatten()
            .map(|attribute| (attribute.as_str(), is(attribute, &nothing)))
            .collect();
        filters.push((
            "Ref_Key",
            format!("Ref_Key eq {}", guid(&Uuid::max().to_string())),
        ));
        for (attribute, filter) in filters {
            match self.search(&of.entity, "Ref_Key", &filter, (1, at)).await {
                Ok(found) if found.is_empty() => {}
                Ok(_) => return failed(format!("{attribute}: the filter was not applied")),
                Err(sent) => return unread(&sent),
            }
        }
        passed(None)
    }

    /// A search for the posted document finds it, and no other.
    async fn finds_one(&self, posted: Option<&Order>, at: Timestamp) -> Outcome {
        let Some((posted, key)) =
            posted.and_then(|order| Some((order, order.delivery.document_key.as_ref()?)))
        else {
            return skipped("no document was posted yet");
        };
        let facts = self.facts(posted);
        let Some(of) = self.document_of(facts.kind) else {
            return skipped("no document was posted yet");
        };
        // A document that was linked does not have our reference.
        let is_made = posted.delivery.linked_by.is_none();
        let (attribute, filter) = match &of.reference {
            Some(attribute) if is_made => (attribute.as_str(), is(attribute, &facts.reference())),
            _ => ("Ref_Key", format!("Ref_Key eq {}", guid(key))),
        };
        match self.search(&of.entity, "Ref_Key", &filter, (2, at)).await {
            Ok(found) => match found.as_slice() {
                [one] if is_key(&one["Ref_Key"], key) => passed(Some(attribute.to_owned())),
                [] => failed(format!("{attribute}: a document that exists was not found")),
                _ => failed(format!(
                    "{attribute}: other documents were found than the one asked for"
                )),
            },
            Err(sent) => unread(&sent),
        }
    }

    /// Known only from what was seen: the document that was made has our key, or another.
    fn key_is_enforced(&self, posted: Option<&Order>) -> Outcome {
        if self.class == OnecClass::LookUpOnly {
            return skipped("class = \"look_up_only\": documents are searched by our reference");
        }
        let made = posted.filter(|order| {
            order
                .delivery
                .linked_by
                .is_none_or(|rule| rule == MatchRule::OurKey)
        });
        let Some((order, key)) = made.and_then(|order| Some((order, order.delivery.document_key.as_ref()?)))
        else {
            return skipped("no document was posted yet");
        };
        if self.facts(order).key.to_string().eq_ignore_ascii_case(key) {
            passed(Some("the base kept the key of the last document".to_owned()))
        } else {
            failed("the base gave the last document a key of its own: set class = \"look_up_only\"")
        }
    }
}

fn is_key(value: &serde_json::Value, key: &str) -> bool {
    value.as_str().is_some_and(|text| text.eq_ignore_ascii_case(key))
}

/// Whether the base answers, and whether it lets us in.
fn entrance(glance: &Asking<Sent>) -> (Outcome, Outcome) {
    match glance {
        Ok(_) => (passed(None), passed(None)),
        Err(sent) if sent.http_status.is_none() => (unread(sent), (CheckOutcome::Skipped, None)),
        Err(sent) if matches!(sent.verdict, Verdict::ConnectionRefused { .. }) => {
            (passed(None), unread(sent))
        }
        // It answered, and not to say that the password is wrong: what is wrong shows below.
        Err(sent) if matches!(sent.verdict, Verdict::Refused { .. }) => (passed(None), passed(None)),
        Err(sent) => (passed(None), unread(sent)),
    }
}
