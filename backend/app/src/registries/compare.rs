//! A batch of lines against the journal, in one transaction.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use sverka_domain::attempt::{Attempt, Event as News};
use sverka_domain::ids::AttemptId;
use sverka_domain::registry::{
    Candidate, Candidates, Comparison, Found, Healing, Line, LineKind, LineResult, Problem, ProblemCode,
    compare, fact, healing, outcome,
};

use super::tally::Tally;
use crate::App;
use crate::attempts::{Change, ChangeError, Entry};
use crate::ports::registry::Numbered;
use crate::ports::store::{EventKind, EventSource, Registry, RegistryLine, RegistrySource, StoreError, Tx};

/// A line, and what it is held against.
struct Held {
    number: u64,
    line: Line,
    against: Against,
}

/// What a line is held against.
enum Against {
    Nothing,
    Several,
    Uncompared,
    Attempt {
        known: Box<Candidate>,
        comparison: Comparison,
        gone_back: i64,
    },
}

impl Against {
    /// The attempt that the line may change.
    fn to_change(&self) -> Option<AttemptId> {
        match self {
            Self::Attempt {
                known,
                comparison: Comparison::News | Comparison::Differs { is_news: true, .. },
                ..
            } => Some(known.id),
            Self::Attempt { .. } | Self::Nothing | Self::Several | Self::Uncompared => None,
        }
    }
}

/// Compares lines with the journal, and takes in what is news. The lines are not written yet.
pub(super) fn compare_lines(
    app: &App,
    tx: &mut dyn Tx,
    registry: &Registry,
    tally: &mut Tally,
    batch: Vec<Numbered>,
    now: Timestamp,
) -> Result<Vec<RegistryLine>, StoreError> {
    let held = hold(tx, registry, tally, batch)?;
    // Locked in the order of their ids, so that two loads cannot wait for each other.
    let to_change: BTreeSet<AttemptId> = held.iter().filter_map(|held| held.against.to_change()).collect();
    let mut attempts = HashMap::with_capacity(to_change.len());
    for id in to_change {
        if let Some(attempt) = tx.attempts().get(id)? {
            attempts.insert(id, attempt);
        }
    }
    let mut compared = Vec::with_capacity(held.len());
    for held in held {
        let mut taking = Taking {
            change: Change {
                app,
                tx: &mut *tx,
                now,
            },
            registry,
            attempts: &mut attempts,
        };
        compared.push(taking.settle(held)?);
    }
    Ok(compared)
}

/// Finds what each line is about, and compares.
fn hold(
    tx: &mut dyn Tx,
    registry: &Registry,
    tally: &mut Tally,
    batch: Vec<Numbered>,
) -> Result<Vec<Held>, StoreError> {
    let lines: Vec<Line> = batch.iter().map(|numbered| numbered.line.clone()).collect();
    let known = tx.registry_lines().candidates(&registry.account, &lines)?;
    let candidates = Candidates::new(known);
    let refunded: Vec<AttemptId> = lines
        .iter()
        .filter(|line| line.kind == LineKind::Refund)
        .filter_map(|line| match candidates.find(line) {
            Found::One(known) => Some(known.id),
            Found::Several | Found::Nothing => None,
        })
        .collect();
    if !refunded.is_empty() {
        let elsewhere = tx.registry_lines().refunds_elsewhere(&refunded)?;
        tally.hear_elsewhere(elsewhere);
    }
    let held = batch.into_iter().map(|Numbered { number, line }| Held {
        number,
        against: against(&line, &candidates, tally),
        line,
    });
    Ok(held.collect())
}

fn against(line: &Line, candidates: &Candidates, tally: &mut Tally) -> Against {
    if line.kind == LineKind::Other {
        return Against::Uncompared;
    }
    match candidates.find(line) {
        Found::Nothing => Against::Nothing,
        Found::Several => Against::Several,
        Found::One(known) => {
            let listed_before = tally.note(known.id, line);
            let gone_back = tally.gone_back(known.id);
            Against::Attempt {
                comparison: compare(line, known, gone_back, listed_before),
                known: Box::new(known.clone()),
                gone_back,
            }
        }
    }
}

/// Taking lines in.
pub(super) struct Taking<'a, 't> {
    pub(super) change: Change<'t>,
    pub(super) registry: &'a Registry,
    pub(super) attempts: &'a mut HashMap<AttemptId, Attempt>,
}

type Settled = (LineResult, Option<AttemptId>, Option<Problem>);

impl Taking<'_, '_> {
    fn settle(&mut self, held: Held) -> Result<RegistryLine, StoreError> {
        let (result, attempt_id, problem) = match held.against {
            Against::Uncompared => (LineResult::Noted, None, None),
            Against::Nothing => (LineResult::NoAttempt, None, None),
            Against::Several => (LineResult::Differs, None, Some(ambiguous())),
            Against::Attempt {
                known,
                comparison,
                gone_back,
            } => self.take_in(held.number, &held.line, &known, comparison, gone_back)?,
        };
        Ok(RegistryLine {
            position: held.number,
            number: Some(held.number),
            line: held.line,
            result,
            attempt_id,
            problem,
        })
    }

    /// Does what a comparison calls for.
    pub(super) fn take_in(
        &mut self,
        number: u64,
        line: &Line,
        known: &Candidate,
        comparison: Comparison,
        gone_back: i64,
    ) -> Result<Settled, StoreError> {
        let id = known.id;
        match comparison {
            Comparison::Known => Ok((LineResult::Matched, Some(id), None)),
            Comparison::Differs { problem, is_news } => {
                if is_news && let Some(attempt) = self.attempts.remove(&id) {
                    let told = fact(line, attempt.state.amount, gone_back);
                    let after = self.tell(number, line, attempt, told)?;
                    self.attempts.insert(id, after);
                }
                Ok((LineResult::Differs, Some(id), Some(problem)))
            }
            Comparison::News => {
                let Some(attempt) = self.attempts.remove(&id) else {
                    return Err(StoreError::Stale);
                };
                let told = match healing(line, &attempt.state, gone_back) {
                    Healing::Fact(told) => told,
                    Healing::Contradicted(problem) => {
                        self.attempts.insert(id, attempt);
                        return Ok((LineResult::Differs, Some(id), Some(problem)));
                    }
                };
                let was_claimed = line.kind == LineKind::Payment && known.paid_at.is_some();
                let after = self.tell(number, line, attempt, told)?;
                let (result, problem) = outcome(line, &after.state, gone_back);
                self.attempts.insert(id, after);
                // A person knew before the bank said so.
                let result = if was_claimed && result == LineResult::Healed {
                    LineResult::Matched
                } else {
                    result
                };
                Ok((result, Some(id), problem))
            }
        }
    }

    fn tell(
        &mut self,
        number: u64,
        line: &Line,
        mut attempt: Attempt,
        fact: sverka_domain::attempt::BankFact,
    ) -> Result<Attempt, StoreError> {
        let mut entry = Entry::new(
            EventKind::ListedInRegistry,
            EventSource::Registry,
            self.registry.loaded_by.clone(),
        );
        entry.details = evidence(self.registry, number, line);
        if attempt.rrn.is_none() && line.kind == LineKind::Payment {
            attempt.rrn.clone_from(&line.rrn);
        }
        let news = News::Listed {
            fact,
            at: self.change.now,
        };
        self.change.make(attempt, &news, entry, true).map_err(unexpected)
    }
}

/// What the timeline keeps of a line.
fn evidence(registry: &Registry, number: u64, line: &Line) -> serde_json::Map<String, serde_json::Value> {
    let file_name = match &registry.source {
        RegistrySource::File { name, .. } => name.clone(),
        RegistrySource::Bank => None,
    };
    let details = serde_json::json!({
        "registry_id": registry.id,
        "file_name": file_name,
        "line": number,
        "kind": line.kind,
        "amount": line.amount,
        "bank_order_id": line.bank_order_id,
        "rrn": line.rrn,
        "at": line.at.to_string(),
    });
    match details {
        serde_json::Value::Object(details) => details,
        _ => serde_json::Map::new(),
    }
}

/// Several attempts fit.
pub(super) fn ambiguous() -> Problem {
    Problem {
        code: ProblemCode::Ambiguous,
        expected: None,
        found: None,
    }
}

/// The bank's news is never refused; a refusal here is a bug, told as one.
pub(super) fn unexpected(error: ChangeError) -> StoreError {
    match error {
        ChangeError::Store(error) => error,
        bug @ (ChangeError::Rejected(_) | ChangeError::Delivery(_)) => StoreError::Failed(Box::new(bug)),
    }
}
