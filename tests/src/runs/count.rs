//! The counter: what the bank took and gave back, our journal, and the other side's own list, side by side.
//!
//! Each client of a run pays once, so that a client's documents are those of one payment, whatever stands in them. That
//! is all the counter goes by: it shares nothing with an adapter's search, and works when our key is on no document.

use std::collections::{HashMap, HashSet};

use super::journal::{Kind, Row};
use super::target::Document;

/// What has to be over there once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// The attempt.
    pub attempt: String,
    /// Its number, for people.
    pub order_number: String,
    /// The other side's key of the client.
    pub client: String,
    /// Payment or refund.
    pub kind: Kind,
    /// Minor units.
    pub amount: i64,
}

/// What the system under the run promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demand {
    /// It enforces our key: everything is posted exactly once.
    ExactlyOnce,
    /// It can only be looked up: nothing is posted twice, and what is not posted waits for a person.
    NoneTwice,
}

/// One thing to say of one payment or refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Number of the order.
    pub order_number: String,
    /// Payment or refund.
    pub kind: Kind,
    /// In a few words.
    pub why: String,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Posted exactly once, with the right sum, and the journal says so.
    pub once: usize,
    /// More than one document.
    pub twice: Vec<Finding>,
    /// No document, and nobody is told: the journal has it as posted, or does not have it.
    pub missing: Vec<Finding>,
    /// Waits for a person.
    pub held: Vec<Finding>,
    /// One document, of another sum.
    pub amount_differs: Vec<Finding>,
    /// One document, not posted, and nobody is told.
    pub unposted: Vec<Finding>,
    /// One document, posted, that the journal does not know of.
    pub unknown_to_us: Vec<Finding>,
    /// Refunds that were made before their payments.
    pub before_payment: Vec<Finding>,
    /// Still under way when the time was up.
    pub unfinished: Vec<Finding>,
    /// Documents that nobody paid for.
    pub strangers: Vec<Document>,
}

impl Tally {
    /// Whether that is what was promised.
    #[must_use]
    pub fn keeps(&self, demand: Demand) -> bool {
        let never = [
            &self.twice,
            &self.missing,
            &self.amount_differs,
            &self.unposted,
            &self.unknown_to_us,
            &self.before_payment,
            &self.unfinished,
        ];
        let is_clean = never.iter().all(|list| list.is_empty()) && self.strangers.is_empty();
        is_clean && (demand == Demand::NoneTwice || self.held.is_empty())
    }
}

/// Compares.
#[must_use]
pub fn tally(expected: &[Expected], journal: &[Row], documents: &[Document]) -> Tally {
    let mut theirs: HashMap<(&str, Kind), Vec<(usize, &Document)>> = HashMap::new();
    for (nth, document) in documents.iter().enumerate().filter(|(_, one)| !one.is_deleted) {
        let of = (document.client.as_str(), document.kind);
        theirs.entry(of).or_default().push((nth, document));
    }
    let rows: HashMap<(&str, Kind), Vec<&Row>> = journal.iter().fold(HashMap::new(), |mut rows, row| {
        let of = (row.attempt.as_str(), row.kind);
        rows.entry(of).or_insert_with(Vec::new).push(row);
        rows
    });
    let mut tally = Tally::default();
    for one in expected {
        let found = theirs
            .get(&(one.client.as_str(), one.kind))
            .map_or(&[][..], Vec::as_slice);
        let rows = rows
            .get(&(one.attempt.as_str(), one.kind))
            .map_or(&[][..], Vec::as_slice);
        tally.weigh(one, rows, found);
        let payment = theirs.get(&(one.client.as_str(), Kind::Payment));
        tally.order(one, found, payment.map_or(&[][..], Vec::as_slice));
    }
    let known: HashSet<(&str, Kind)> = expected
        .iter()
        .map(|one| (one.client.as_str(), one.kind))
        .collect();
    let strange = documents
        .iter()
        .filter(|one| !one.is_deleted && !known.contains(&(one.client.as_str(), one.kind)));
    tally.strangers.extend(strange.cloned());
    tally
}

impl Tally {
    fn weigh(&mut self, one: &Expected, rows: &[&Row], found: &[(usize, &Document)]) {
        let say = |why: String| Finding {
            order_number: one.order_number.clone(),
            kind: one.kind,
            why,
        };
        let row = match rows {
            [row] => Some(*row),
            [] => None,
            several => {
                self.twice
                    .push(say(format!("{} deliveries in the journal", several.len())));
                return;
            }
        };
        let state = row.map_or("not in the journal", |row| row.state.as_str());
        let waits = row.filter(|row| matches!(row.state.as_str(), "held" | "needs_attention"));
        let asked = |there: &str| {
            waits.map(|row| {
                let why = row.hold.as_deref().or(row.last_error.as_deref());
                say(format!("{}: {}; {there}", row.state, why.unwrap_or("no reason")))
            })
        };
        match found {
            [_, _, ..] => {
                let keys: Vec<&str> = found.iter().map(|(_, document)| document.key.as_str()).collect();
                self.twice
                    .push(say(format!("{state}; documents {}", keys.join(", "))));
            }
            [(_, document)] if document.amount != one.amount => {
                let why = format!(
                    "{} instead of {} in {}",
                    document.amount, one.amount, document.key
                );
                self.amount_differs.push(say(why));
            }
            [(_, document)] => match asked(&format!("document {}", document.key)) {
                Some(held) => self.held.push(held),
                None if row.is_none_or(|row| !row.is_final()) => {
                    self.unfinished
                        .push(say(format!("{state}; document {}", document.key)));
                }
                None if !document.is_posted => self
                    .unposted
                    .push(say(format!("{state}; draft {}", document.key))),
                None if state == "synced" => self.once += 1,
                None => self
                    .unknown_to_us
                    .push(say(format!("{state}; document {}", document.key))),
            },
            [] => match asked("no document") {
                Some(held) => self.held.push(held),
                None if row.is_some_and(|row| !row.is_final()) => self.unfinished.push(say(state.to_owned())),
                None => self.missing.push(say(state.to_owned())),
            },
        }
    }

    fn order(&mut self, one: &Expected, found: &[(usize, &Document)], payment: &[(usize, &Document)]) {
        if one.kind == Kind::Payment {
            return;
        }
        let first = payment.first().map(|(nth, _)| *nth);
        let is_early = |(nth, _): &&(usize, &Document)| first.is_none_or(|first| *nth < first);
        if let Some((_, document)) = found.iter().find(is_early) {
            self.before_payment.push(Finding {
                order_number: one.order_number.clone(),
                kind: one.kind,
                why: format!("document {}", document.key),
            });
        }
    }
}
