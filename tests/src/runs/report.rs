//! What a run came to, as plain text.

use std::fmt;
use std::time::Duration;

use super::chaos::Done;
use super::count::{Demand, Finding, Tally};
use super::journal::Kind;
use super::plan::Plan;
use super::proxy::Counts;
use super::run::engine;

/// Of each list the first so many are shown.
const SHOWN: usize = 20;

/// What a run came to.
#[derive(Debug, Clone)]
pub struct Report {
    /// The other side.
    pub target: String,
    /// What was planned.
    pub plan: Plan,
    /// What was promised.
    pub demand: Demand,
    /// What had to be passed on.
    pub deliveries: usize,
    /// Tries that it took.
    pub tries: i64,
    /// Documents over there, whatever they are.
    pub documents: usize,
    /// The count.
    pub tally: Tally,
    /// What the proxy did.
    pub proxy: Counts,
    /// What was killed.
    pub chaos: Done,
    /// What the operator pressed.
    pub presses: u64,
    /// Refunds that the bank repeated, since nobody had heard it and it had given up.
    pub repeated: usize,
    /// What the bank told of refunds that the journal lacks.
    pub told: Vec<String>,
    /// Programs of ours that ended without being killed.
    pub ended_by_themselves: usize,
    /// How long the filling took.
    pub filled: Duration,
    /// How long things went wrong.
    pub storm: Duration,
    /// How long all of it took.
    pub whole: Duration,
}

impl Report {
    /// Whether what was promised held.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.tally.keeps(self.demand) && self.ended_by_themselves == 0
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            plan, tally, chaos, ..
        } = self;
        writeln!(
            f,
            "run against {}, over {}, SEED={}",
            self.target,
            engine(plan.engine),
            plan.seed
        )?;
        writeln!(
            f,
            "{} payments, {} refunds: {} to pass on, {} tries; {} documents over there",
            plan.payments, plan.refunds, self.deliveries, self.tries, self.documents
        )?;
        writeln!(f, "proxy: {}", self.proxy)?;
        writeln!(
            f,
            "killed: {} workers and {} servers of ours, {} times the other side; away: {} times the other side, {} times \
             the database, which crashed {} times besides",
            chaos.workers, chaos.servers, chaos.theirs, chaos.silences, chaos.database, chaos.crashes
        )?;
        writeln!(f, "the operator pressed {} buttons", self.presses)?;
        writeln!(f, "the bank had to repeat {} refunds", self.repeated)?;
        writeln!(
            f,
            "{} s: filling {}, storm {}, calm {}",
            self.whole.as_secs(),
            self.filled.as_secs(),
            self.storm.as_secs(),
            self.whole.saturating_sub(self.filled + self.storm).as_secs()
        )?;
        writeln!(f, "posted exactly once: {}", tally.once)?;
        list(f, "held for a person", &tally.held)?;
        list(f, "POSTED TWICE", &tally.twice)?;
        list(f, "MISSING", &tally.missing)?;
        list(f, "AMOUNT DIFFERS", &tally.amount_differs)?;
        list(f, "NOT POSTED, AND NOBODY IS TOLD", &tally.unposted)?;
        list(f, "POSTED, AND NOT KNOWN TO THE JOURNAL", &tally.unknown_to_us)?;
        list(f, "REFUND BEFORE ITS PAYMENT", &tally.before_payment)?;
        list(f, "NOT FINISHED IN TIME", &tally.unfinished)?;
        for told in self.told.iter().take(SHOWN) {
            writeln!(f, "  {told}")?;
        }
        if !tally.strangers.is_empty() {
            writeln!(f, "DOCUMENTS THAT NOBODY PAID FOR: {:?}", tally.strangers)?;
        }
        if self.ended_by_themselves > 0 {
            writeln!(
                f,
                "PROGRAMS OF OURS ENDED BY THEMSELVES: {}",
                self.ended_by_themselves
            )?;
        }
        let promised = match self.demand {
            Demand::ExactlyOnce => "everything exactly once",
            Demand::NoneTwice => "nothing twice, what is not posted waits for a person",
        };
        let verdict = if self.is_good() { "HOLDS" } else { "BROKEN" };
        writeln!(f, "{verdict}: {promised}")
    }
}

fn list(f: &mut fmt::Formatter<'_>, what: &str, findings: &[Finding]) -> fmt::Result {
    writeln!(f, "{what}: {}", findings.len())?;
    for Finding {
        order_number,
        kind,
        why,
    } in findings.iter().take(SHOWN)
    {
        let kind = match kind {
            Kind::Payment => "payment",
            Kind::Refund => "refund",
        };
        writeln!(f, "  {order_number} {kind}: {why}")?;
    }
    Ok(())
}
