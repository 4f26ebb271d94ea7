//! Which attempt a line is about.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::line::{Line, LineKind};
use crate::ids::AttemptId;
use crate::money::Money;
use crate::status::{BankStatus, StatusSource};

/// A card network's number comes again after some days, so that the day has to fit too; banks write the day of the
/// payment or that of its processing.
const SAME_DAYS: SignedDuration = SignedDuration::from_hours(72);

/// What has to be known of an attempt to hold a line against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Which attempt.
    pub id: AttemptId,
    /// The merchant's order number.
    pub order_number: String,
    /// The bank's order id.
    pub bank_order_id: Option<String>,
    /// The card network's number.
    pub rrn: Option<String>,
    /// What had to be paid.
    pub amount: Money,
    /// What the bank is known to say.
    pub bank_status: BankStatus,
    /// Who said so.
    pub source: StatusSource,
    /// How much went back, in minor units.
    pub refunded: i64,
    /// When the client paid.
    pub paid_at: Option<Timestamp>,
    /// When it was recorded.
    pub created_at: Timestamp,
}

/// Attempts of one bank account, by everything that a line may name them by.
#[derive(Debug, Default)]
pub struct Candidates {
    all: Vec<Candidate>,
    by_bank_order_id: HashMap<String, usize>,
    by_order_number: HashMap<String, usize>,
    by_rrn: HashMap<String, Vec<usize>>,
}

/// What a line names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found<'a> {
    /// This attempt.
    One(&'a Candidate),
    /// Several fit, and nothing tells them apart.
    Several,
    /// No attempt that is recorded.
    Nothing,
}

impl Candidates {
    /// These attempts; one that is given twice counts once.
    #[must_use]
    pub fn new(attempts: Vec<Candidate>) -> Self {
        let mut candidates = Self::default();
        let mut known = std::collections::HashSet::with_capacity(attempts.len());
        for attempt in attempts {
            if known.insert(attempt.id) {
                candidates.add(attempt);
            }
        }
        candidates
    }

    fn add(&mut self, attempt: Candidate) {
        let place = self.all.len();
        self.by_order_number.insert(attempt.order_number.clone(), place);
        if let Some(id) = &attempt.bank_order_id {
            self.by_bank_order_id.insert(id.clone(), place);
        }
        if let Some(rrn) = &attempt.rrn {
            self.by_rrn.entry(rrn.clone()).or_default().push(place);
        }
        self.all.push(attempt);
    }

    /// The attempt that `line` is about: by the bank's id, by the card network's number with the sum and the day, by
    /// the order number, in this order.
    #[must_use]
    pub fn find(&self, line: &Line) -> Found<'_> {
        let known = |key: &Option<String>, places: &HashMap<String, usize>| {
            let place = key.as_ref().and_then(|key| places.get(key));
            place.and_then(|place| self.all.get(*place))
        };
        if let Some(attempt) = known(&line.bank_order_id, &self.by_bank_order_id) {
            return Found::One(attempt);
        }
        let by_number = known(&line.order_number, &self.by_order_number);
        let by_rrn = self.by_rrn(line);
        match (by_rrn.as_slice(), by_number) {
            ([one], _) => Found::One(one),
            ([], Some(attempt)) => Found::One(attempt),
            ([], None) => Found::Nothing,
            (several, Some(attempt)) if several.iter().any(|one| one.id == attempt.id) => Found::One(attempt),
            _ => Found::Several,
        }
    }

    fn by_rrn(&self, line: &Line) -> Vec<&Candidate> {
        let places = line.rrn.as_ref().and_then(|rrn| self.by_rrn.get(rrn));
        let named = places
            .into_iter()
            .flatten()
            .filter_map(|place| self.all.get(*place));
        named.filter(|attempt| fits(attempt, line)).collect()
    }
}

fn fits(attempt: &Candidate, line: &Line) -> bool {
    let paid_at = attempt.paid_at.unwrap_or(attempt.created_at);
    if line.amount.currency != attempt.amount.currency {
        return false;
    }
    match line.kind {
        LineKind::Payment => {
            let apart = line.at.duration_since(paid_at).abs();
            line.amount == attempt.amount && apart <= SAME_DAYS
        }
        // Money goes back later, and perhaps in parts.
        LineKind::Refund | LineKind::Reversal => {
            line.amount.amount <= attempt.amount.amount && line.at >= attempt.created_at - SAME_DAYS
        }
        LineKind::Other => false,
    }
}
