//! The way of a payment into the ledger, step by step. A step that was done already is refused, so the state is read
//! and only what is missing is done.

use serde_json::{Value, json};
use sverka_app::ports::accounting::Sent;
use sverka_domain::delivery::{HoldReason, MatchRule, Verdict};

use super::document::{PAYMENT, key};
use super::fault::{Fault, Why};
use super::port::Tryton;
use super::post::Run;
use super::posting::{Kind, Posting};
use super::rows::PaymentRow;
use super::tags;

/// How often somebody else may change the payment under our hands.
const CLASHES: u32 = 3;

/// Where a payment stands, in the order of its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Draft,
    Submitted,
    Approved,
    Processing,
    /// Its ledger entry is there, as a draft.
    Succeeded,
    Posted,
    /// Not one that leads anywhere.
    Elsewhere,
}

/// A payment on its way.
#[derive(Debug, Clone)]
pub(super) struct Progress {
    id: i64,
    stage: Stage,
    /// As it was last read; a payment that was made this moment was not.
    row: Option<PaymentRow>,
    /// The line that it pays back.
    line: Option<i64>,
    /// Whether this try did anything to it.
    is_ours: bool,
}

impl Progress {
    /// A payment that was made this moment.
    pub(super) fn new(id: i64, line: Option<i64>) -> Self {
        Self {
            id,
            stage: Stage::Draft,
            row: None,
            line,
            is_ours: true,
        }
    }

    /// A payment as it was read.
    pub(super) fn of(row: PaymentRow) -> Self {
        let stage = match row.state.as_str() {
            "draft" => Stage::Draft,
            "submitted" => Stage::Submitted,
            "approved" => Stage::Approved,
            "processing" => Stage::Processing,
            "succeeded" if row.is_posted() => Stage::Posted,
            "succeeded" => Stage::Succeeded,
            _ => Stage::Elsewhere,
        };
        Self {
            id: row.id,
            stage,
            line: row.line,
            row: Some(row),
            is_ours: false,
        }
    }

    /// As people know it.
    fn number(&self) -> Option<String> {
        self.row.as_ref()?.people_know()
    }

    /// Its ledger entry.
    fn entry(&self) -> Option<i64> {
        self.row.as_ref()?.clearing_move
    }
}

impl Tryton {
    /// Does what is missing, up to the posted ledger entry.
    pub(super) async fn advance(&self, mut progress: Progress, posting: &Posting, run: &Run) -> Sent {
        let mut clashes = 0;
        while progress.stage != Stage::Posted {
            let Err(fault) = self.step(&mut progress, posting, run).await else {
                progress.is_ours = true;
                continue;
            };
            let read = if fault.is_answered() {
                self.payment(progress.id, run.at).await
            } else {
                Ok(None)
            };
            if let Ok(Some(row)) = read {
                let (before, is_ours) = (progress.stage, progress.is_ours);
                progress = Progress {
                    is_ours,
                    ..Progress::of(row)
                };
                // An earlier request of ours came late, or a person pressed the button.
                if progress.stage > before && progress.stage != Stage::Elsewhere {
                    continue;
                }
                if fault.why == Why::Clash && clashes < CLASHES {
                    clashes += 1;
                    continue;
                }
            }
            let verdict = fault.of_step(progress.number());
            return fault.sent(verdict, run.document_key());
        }
        self.done(&progress, posting, run)
    }

    /// The next step of a payment.
    async fn step(&self, progress: &mut Progress, posting: &Posting, run: &Run) -> Result<(), Fault> {
        let payments = vec![json!([progress.id])];
        match (progress.stage, posting.kind) {
            (Stage::Draft, _) => {
                self.change("model.account.payment.submit", payments, &[], run)
                    .await?;
                progress.stage = Stage::Submitted;
            }
            (Stage::Submitted, Kind::Payable) => {
                if let Some(line) = progress.line {
                    self.set_due(line, None, run).await?;
                }
                self.change("model.account.payment.approve", payments, &[], run)
                    .await?;
                progress.stage = Stage::Approved;
            }
            (Stage::Submitted, Kind::Receivable) | (Stage::Approved, _) => {
                self.process(progress.id, run).await?;
                progress.stage = Stage::Processing;
            }
            (Stage::Processing, _) => {
                // Without a date of its own the ledger entry would be of today.
                let day = [("clearing_date", tags::date(posting.date))];
                self.change("model.account.payment.succeed", payments, &day, run)
                    .await?;
                *progress = self.again(progress, run).await?;
            }
            (Stage::Succeeded, _) => {
                let entry = progress.entry().unwrap_or_default();
                let words = json!({"description": posting.description});
                self.change("model.account.move.write", vec![json!([entry]), words], &[], run)
                    .await?;
                self.change("model.account.move.post", vec![json!([entry])], &[], run)
                    .await?;
                *progress = self.again(progress, run).await?;
            }
            (Stage::Posted, _) => {}
            (Stage::Elsewhere, _) => {
                return Err(Fault::new(
                    Why::Denied,
                    "the payment is in a state that is not known here",
                ));
            }
        }
        Ok(())
    }

    /// The payment as it is now, which must be further than it was.
    async fn again(&self, before: &Progress, run: &Run) -> Result<Progress, Fault> {
        let row = self.payment(before.id, run.at).await?;
        let now = row.map(Progress::of).filter(|now| now.stage > before.stage);
        let now =
            now.ok_or_else(|| Fault::new(Why::Silent, "the step was taken, and the payment did not move"))?;
        Ok(Progress { is_ours: true, ..now })
    }

    /// «Process payments»: a dialogue of Tryton's, with nothing to fill in.
    async fn process(&self, id: i64, run: &Run) -> Result<(), Fault> {
        let wizard = "wizard.account.payment.process";
        let opened = self
            .change(&format!("{wizard}.create"), Vec::new(), &[], run)
            .await?;
        let (session, state) = (opened[0].clone(), opened[1].clone());
        let records = [
            ("active_model", json!(PAYMENT)),
            ("active_id", json!(id)),
            ("active_ids", json!([id])),
        ];
        let params = vec![session.clone(), json!({}), state];
        let done = self
            .change(&format!("{wizard}.execute"), params, &records, run)
            .await;
        // A dialogue that is left open is swept out by Tryton: whether it could be closed says nothing of the payment.
        let _closed = self
            .change(&format!("{wizard}.delete"), vec![session], &[], run)
            .await;
        done.map(drop)
    }

    /// A call that changes something.
    pub(super) async fn change(
        &self,
        method: &str,
        params: Vec<Value>,
        context: &[(&str, Value)],
        run: &Run,
    ) -> Result<Value, Fault> {
        run.change();
        let reply = self.rpc.call_in(method, params, context, run.at).await?;
        Ok(reply.result)
    }

    /// It is posted: compared, as it was read in the end, with what it should be.
    fn done(&self, progress: &Progress, posting: &Posting, run: &Run) -> Sent {
        let Some(row) = &progress.row else {
            let reason = "the payment was not read".to_owned();
            return Fault::new(Why::Silent, "").sent(Verdict::Unknown { reason }, run.document_key());
        };
        let document_ref = row.people_know();
        let verdict = if !row.agrees(posting, self.checked.currency) {
            let user = row.create_uid.unwrap_or_default();
            let document = self
                .reader
                .payment(row, MatchRule::OurKey, (user, posting.party_id()));
            Verdict::Held {
                hold: HoldReason::DocumentDiffers,
                documents: vec![document],
                reason: "the posted payment has another sum or another client".to_owned(),
            }
        } else if progress.is_ours {
            Verdict::Applied { document_ref }
        } else {
            Verdict::AlreadyThere { document_ref }
        };
        Sent {
            verdict,
            document_key: Some(key(PAYMENT, row.id)),
            http_status: Some(200),
            answer: row.summary(),
        }
    }
}

impl PaymentRow {
    /// What the journal keeps of a good end.
    fn summary(&self) -> Option<String> {
        let entry = self.entry.as_ref()?;
        Some(format!(
            "payment {} {}, entry {} {}",
            self.number.as_deref().unwrap_or_default(),
            self.state,
            entry.number.as_deref().unwrap_or_default(),
            entry.state
        ))
    }
}
