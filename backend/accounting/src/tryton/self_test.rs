//! The self-test: nothing of it changes anything.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use sverka_app::ports::accounting::{Check, CheckKind, CheckOutcome, Order};

use super::fault::Fault;
use super::port::Tryton;
use super::rows::JournalRow;

/// A reference that no payment carries.
const IMPOSSIBLE: &str = "sverka-self-test-finds-nothing";

/// What has to be there, by model.
const NEEDED: &[(&str, &[&str])] = &[
    (
        "account.payment",
        &[
            "reference",
            "company",
            "journal",
            "kind",
            "party",
            "amount",
            "date",
            "line",
            "state",
            "clearing_move",
        ],
    ),
    ("account.move", &["number", "state", "description", "origin"]),
    (
        "account.move.line",
        &[
            "party",
            "debit",
            "credit",
            "account",
            "maturity_date",
            "reconciliation",
        ],
    ),
    (
        "party.contact_mechanism",
        &["type", "value", "value_compact", "party"],
    ),
    ("party.party", &["name", "code"]),
];

fn check(kind: CheckKind, outcome: CheckOutcome, detail: Option<String>) -> Check {
    Check {
        kind,
        outcome,
        detail,
    }
}

fn skipped(kind: CheckKind) -> Check {
    check(kind, CheckOutcome::Skipped, None)
}

fn judged(kind: CheckKind, judged: Result<Option<String>, String>) -> Check {
    match judged {
        Ok(detail) => check(kind, CheckOutcome::Passed, detail),
        Err(detail) => check(kind, CheckOutcome::Failed, Some(detail)),
    }
}

fn words(fault: Fault) -> String {
    fault.reason
}

impl Tryton {
    pub(super) async fn tested(&self, posted: Option<&Order>, at: Timestamp) -> Vec<Check> {
        let rest = [
            CheckKind::Reach,
            CheckKind::LogIn,
            CheckKind::Metadata,
            CheckKind::FilterFindsNothing,
            CheckKind::FilterFindsOne,
            CheckKind::KeyIsEnforced,
        ];
        let mut checks = Vec::new();
        for kind in rest {
            let is_hopeless = |check: &Check| {
                check.outcome == CheckOutcome::Failed
                    && matches!(check.kind, CheckKind::Reach | CheckKind::LogIn)
            };
            let next = if checks.iter().any(is_hopeless) {
                skipped(kind)
            } else {
                self.test(kind, posted, at).await
            };
            checks.push(next);
        }
        checks
    }

    async fn test(&self, kind: CheckKind, posted: Option<&Order>, at: Timestamp) -> Check {
        match (kind, posted) {
            (CheckKind::Reach, _) => judged(kind, self.reach(at).await),
            (CheckKind::LogIn, _) => {
                let session = self.rpc.session(at).await;
                judged(kind, session.map(|_| None).map_err(words))
            }
            (CheckKind::Metadata, _) => judged(kind, self.metadata(at).await),
            (CheckKind::FilterFindsNothing, _) => judged(kind, self.finds(IMPOSSIBLE, 0, at).await),
            (CheckKind::FilterFindsOne, Some(order)) => {
                let reference = order.delivery.id.to_string();
                judged(kind, self.finds(&reference, 1, at).await)
            }
            (CheckKind::KeyIsEnforced, Some(order)) => {
                let reference = order.delivery.id.to_string();
                self.key(&reference, at).await
            }
            (CheckKind::FilterFindsOne | CheckKind::KeyIsEnforced, None) => skipped(kind),
        }
    }

    async fn reach(&self, at: Timestamp) -> Result<Option<String>, String> {
        let version = self.rpc.version(at).await.map_err(words)?;
        Ok(version.result.as_str().map(|series| format!("Tryton {series}")))
    }

    /// The fields that are asked for are there: Tryton leaves out those that it does not know.
    async fn metadata(&self, at: Timestamp) -> Result<Option<String>, String> {
        for (model, fields) in NEEDED {
            let method = format!("model.{model}.fields_get");
            let reply = self.rpc.call(&method, vec![json!(fields)], at).await;
            let there: Map<String, Value> = reply
                .and_then(super::rpc::Reply::read)
                .map_err(|fault| format!("{model}: {}", fault.reason))?;
            let missing: BTreeSet<&str> = fields
                .iter()
                .copied()
                .filter(|field| !there.contains_key(*field))
                .collect();
            if !missing.is_empty() {
                let missing: Vec<&str> = missing.into_iter().collect();
                return Err(format!("{model} has no {}", missing.join(", ")));
            }
        }
        self.journal(at).await
    }

    /// The payment journal is the company's, takes our currency, and is processed by hand, that is by us.
    async fn journal(&self, at: Timestamp) -> Result<Option<String>, String> {
        let id = self.settings.payment_journal;
        let fields = [
            "name",
            "company",
            "currency.code",
            "process_method",
            "clearing_account",
        ];
        let rows: Vec<JournalRow> = self
            .rpc
            .search(
                "account.payment.journal",
                json!([["id", "=", id]]),
                (&fields, 1),
                at,
            )
            .await
            .map_err(words)?;
        let Some(journal) = rows.first() else {
            return Err(format!("there is no account.payment.journal {id}"));
        };
        let name = &journal.name;
        if journal.company != Some(self.settings.company) {
            return Err(format!(
                "account.payment.journal {id} ({name}) is another company's"
            ));
        }
        let currency = journal.currency.as_ref().map_or("", |currency| &currency.code);
        if currency != self.checked.currency.as_str() {
            return Err(format!("account.payment.journal {id} ({name}) is in {currency}"));
        }
        if journal.process_method.as_deref() != Some("manual") {
            return Err(format!(
                "account.payment.journal {id} ({name}) is not processed manually"
            ));
        }
        Ok(Some(match journal.clearing_account {
            Some(_) => name.clone(),
            None => format!("{name}: no clearing account, so payments come to no ledger entry"),
        }))
    }

    async fn finds(&self, reference: &str, count: usize, at: Timestamp) -> Result<Option<String>, String> {
        let found = self.by_reference(reference, at).await.map_err(words)?;
        if found.len() == count {
            Ok(None)
        } else {
            Err(format!("reference {reference} is found {} times", found.len()))
        }
    }

    /// Whether a second payment under a key that is taken is refused for the key's sake. What is tried can never
    /// come to be: it has no client and a negative sum. With an index the key is what it fails by first.
    async fn key(&self, name: &str, at: Timestamp) -> Check {
        let kind = CheckKind::KeyIsEnforced;
        let (taken, free) = (
            self.impossible(name, at).await,
            self.impossible(IMPOSSIBLE, at).await,
        );
        let (Err(taken), Err(free)) = (taken, free) else {
            return check(
                kind,
                CheckOutcome::Failed,
                Some("a payment of nobody was accepted".to_owned()),
            );
        };
        if !taken.is_answered() || !free.is_answered() {
            return check(kind, CheckOutcome::Skipped, Some(taken.reason));
        }
        let (taken, free) = (nameless(&taken.reason, name), nameless(&free.reason, IMPOSSIBLE));
        match (taken != free, self.settings.unique_reference) {
            (true, true) => check(kind, CheckOutcome::Passed, None),
            (true, false) => {
                let detail = "references are unique: unique_reference = true would be safe";
                check(kind, CheckOutcome::Passed, Some(detail.to_owned()))
            }
            (false, true) => {
                let detail = "account_payment has no unique index on company and reference";
                check(kind, CheckOutcome::Failed, Some(detail.to_owned()))
            }
            (false, false) => skipped(kind),
        }
    }

    async fn impossible(&self, reference: &str, at: Timestamp) -> Result<(), Fault> {
        let values = json!({
            "company": self.settings.company,
            "journal": self.settings.payment_journal,
            "kind": "receivable",
            "party": 0,
            "amount": {"__class__": "Decimal", "decimal": "-1"},
            "date": super::tags::date(self.checked.zone.to_datetime(at).date()),
            "reference": reference,
        });
        self.rpc
            .call("model.account.payment.create", vec![json!([values])], at)
            .await
            .map(drop)
    }
}

/// What is said of any payment: without its reference and its number.
fn nameless(words: &str, reference: &str) -> String {
    words
        .replace(reference, "")
        .chars()
        .filter(|letter| !letter.is_ascii_digit())
        .collect()
}
