//! A whole try: from nothing, or from what an earlier one left behind, to a posted payment.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};
use sverka_app::ports::accounting::{Outgoing, Sent};
use sverka_domain::delivery::{HoldReason, MatchRule, Verdict};

use super::document::{PAYMENT, id_of, key};
use super::fault::{Fault, Why};
use super::port::{Tryton, unanswered};
use super::posting::Posting;
use super::rows::{PAYMENT_FIELDS, PaymentRow};
use super::steps::Progress;
use super::tags;

/// What is known of a try while it is under way.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) at: Timestamp,
    /// Bytes of a change may have gone out.
    is_changing: AtomicBool,
    document_key: Mutex<Option<String>>,
}

impl Run {
    fn new(at: Timestamp) -> Self {
        Self {
            at,
            is_changing: AtomicBool::new(false),
            document_key: Mutex::new(None),
        }
    }

    /// From here on nobody can say that nothing was changed.
    pub(super) fn change(&self) {
        self.is_changing.store(true, Ordering::Relaxed);
    }

    pub(super) fn found(&self, key: &str) {
        if let Ok(mut known) = self.document_key.lock() {
            *known = Some(key.to_owned());
        }
    }

    pub(super) fn document_key(&self) -> Option<String> {
        self.document_key.lock().ok()?.clone()
    }
}

/// A verdict of our own, which no answer stands behind.
fn unasked(verdict: Verdict, document_key: Option<String>) -> Sent {
    Sent {
        verdict,
        document_key,
        http_status: None,
        answer: None,
    }
}

impl Tryton {
    /// One try, never longer than it may be.
    pub(super) async fn within_a_try(&self, outgoing: &Outgoing, document_key: Option<&str>) -> Sent {
        let Ok(posting) = serde_json::from_slice::<Posting>(&outgoing.body) else {
            let reason = "what was to be sent cannot be read: it was composed for another system".to_owned();
            return unasked(Verdict::Refused { reason }, None);
        };
        if posting.amount.currency != self.checked.currency {
            let reason = format!(
                "the payment is in {}, and the payment journal's currency is {}",
                posting.amount.currency, self.checked.currency
            );
            return unasked(Verdict::Refused { reason }, None);
        }
        let run = Run::new(outgoing.at);
        let longest = Duration::try_from(self.checked.longest_try).unwrap_or(Duration::MAX);
        let whole = self.pass_on(&posting, outgoing.is_repeat, document_key, &run);
        if let Ok(sent) = tokio::time::timeout(longest, whole).await {
            return sent;
        }
        let reason = "not done within the time that a whole try may take".to_owned();
        let verdict = if run.is_changing.load(Ordering::Relaxed) {
            Verdict::Unknown { reason }
        } else {
            Verdict::NotApplied {
                reason,
                retry_after: None,
            }
        };
        unasked(verdict, run.document_key())
    }

    async fn pass_on(&self, posting: &Posting, is_repeat: bool, known: Option<&str>, run: &Run) -> Sent {
        if let Some(key) = known {
            return self.go_on_with(posting, key, run).await;
        }
        if is_repeat {
            match self.by_reference(&posting.reference, run.at).await {
                Ok(rows) if rows.is_empty() => {}
                Ok(rows) => return self.resume(posting, rows, run).await,
                Err(fault) => return *unanswered(fault),
            }
        }
        self.make(posting, run).await
    }

    /// The payments under our key, in whatever state.
    pub(super) async fn by_reference(
        &self,
        reference: &str,
        at: Timestamp,
    ) -> Result<Vec<PaymentRow>, Fault> {
        let domain = json!([
            ["company", "=", self.settings.company],
            ["reference", "=", reference]
        ]);
        self.rpc.search(PAYMENT, domain, (PAYMENT_FIELDS, 10), at).await
    }

    /// One payment by its record's number.
    pub(super) async fn payment(&self, id: i64, at: Timestamp) -> Result<Option<PaymentRow>, Fault> {
        let domain = json!([["id", "=", id]]);
        let rows: Vec<PaymentRow> = self.rpc.search(PAYMENT, domain, (PAYMENT_FIELDS, 1), at).await?;
        Ok(rows.into_iter().next())
    }

    async fn go_on_with(&self, posting: &Posting, key: &str, run: &Run) -> Sent {
        run.found(key);
        let Some(id) = id_of(key, PAYMENT) else {
            let reason = format!("{key} is no payment that could be posted from here");
            return unasked(Verdict::Refused { reason }, run.document_key());
        };
        match self.payment(id, run.at).await {
            Ok(Some(row)) => self.resume(posting, vec![row], run).await,
            Ok(None) => {
                let verdict = Verdict::Held {
                    hold: HoldReason::DocumentDeleted,
                    documents: Vec::new(),
                    reason: format!("{key} was deleted"),
                };
                unasked(verdict, run.document_key())
            }
            Err(fault) => *unanswered(fault),
        }
    }

    /// Goes on from payments that are there under our key.
    async fn resume(&self, posting: &Posting, rows: Vec<PaymentRow>, run: &Run) -> Sent {
        let user = match self.rpc.session(run.at).await {
            Ok(session) => session.user_id,
            Err(fault) => return *unanswered(fault),
        };
        let held = |hold, reason: &str| {
            let documents = rows
                .iter()
                .map(|row| {
                    self.reader
                        .payment(row, MatchRule::OurKey, (user, posting.party_id()))
                })
                .collect();
            Verdict::Held {
                hold,
                documents,
                reason: reason.to_owned(),
            }
        };
        let [row] = rows.as_slice() else {
            let verdict = held(HoldReason::PossibleDuplicate, "several payments carry our key");
            return unasked(verdict, None);
        };
        let found = key(PAYMENT, row.id);
        run.found(&found);
        if row.state == "failed" {
            let verdict = held(HoldReason::DocumentDeleted, "the payment is marked as failed");
            return unasked(verdict, Some(found));
        }
        if !row.agrees(posting, self.checked.currency) {
            let verdict = held(
                HoldReason::DocumentDiffers,
                "the payment under our key has another sum or another client",
            );
            return unasked(verdict, Some(found));
        }
        self.advance(Progress::of(row.clone()), posting, run).await
    }

    async fn make(&self, posting: &Posting, run: &Run) -> Sent {
        let Some(party) = posting.party_id() else {
            let reason = "the client's record is not known".to_owned();
            return unasked(Verdict::Refused { reason }, None);
        };
        let line = match self.line_to_pay_back(posting, run).await {
            Ok(line) => line,
            Err(fault) => return *unanswered(fault),
        };
        let fault = match self.create(posting, party, line, run).await {
            Ok(id) => {
                run.found(&key(PAYMENT, id));
                return self.advance(Progress::new(id, line), posting, run).await;
            }
            Err(fault) => fault,
        };
        if fault.is_answered() {
            // A unique index refuses what is there already, in the database's own words and language.
            return match self.by_reference(&posting.reference, run.at).await {
                Ok(rows) if rows.is_empty() => {
                    let verdict = fault.of_creation();
                    fault.sent(verdict, None)
                }
                Ok(rows) => self.resume(posting, rows, run).await,
                Err(_) => {
                    let reason = fault.reason.clone();
                    fault.sent(Verdict::Unknown { reason }, None)
                }
            };
        }
        let verdict = fault.of_creation();
        fault.sent(verdict, None)
    }

    async fn create(
        &self,
        posting: &Posting,
        party: i64,
        line: Option<i64>,
        run: &Run,
    ) -> Result<i64, Fault> {
        let mut values = json!({
            "company": self.settings.company,
            "journal": self.settings.payment_journal,
            "kind": posting.kind,
            "party": party,
            "amount": tags::decimal(posting.amount),
            "date": tags::date(posting.date),
            "reference": posting.reference,
        });
        if let (Some(line), Value::Object(values)) = (line, &mut values) {
            values.insert("line".to_owned(), json!(line));
        }
        run.change();
        let made = self
            .rpc
            .call("model.account.payment.create", vec![json!([values])], run.at)
            .await?;
        let ids: Vec<i64> = made.read()?;
        ids.first()
            .copied()
            .ok_or_else(|| Fault::new(Why::Silent, "a payment was made without a number"))
    }
}
