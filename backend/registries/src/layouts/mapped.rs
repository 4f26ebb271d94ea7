//! A bank's own table, by a saved mapping of its columns.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use sverka_app::ports::registry::Told;
use sverka_domain::money::Currency;
use sverka_domain::registry::{Columns, Declared, Line, LineKind, Mapping};

use crate::cells::{currency, folded, name, sum, time};
use crate::layout::{Draft, Layout, at, cell, is_empty};

/// The headings stand within so many rows.
const ABOVE: usize = 30;

/// The layout.
pub(crate) struct Mapped {
    mapping: Mapping,
    zone: TimeZone,
    kinds: HashMap<String, LineKind>,
    places: Option<Places>,
    rows: usize,
    payout: Option<i64>,
}

#[derive(Clone, Copy)]
struct Places {
    order_number: Option<usize>,
    bank_order_id: Option<usize>,
    rrn: Option<usize>,
    amount: usize,
    fee: Option<usize>,
    kind: Option<usize>,
    date: usize,
    time: Option<usize>,
    currency: Option<usize>,
    payout: Option<usize>,
}

impl Places {
    /// Where the columns stand; `None`: these are not the headings.
    fn of(columns: &Columns, cells: &[String]) -> Option<Self> {
        let place = |column: &str| {
            numbered(column).or_else(|| {
                let heading = folded(column);
                cells.iter().position(|cell| folded(cell) == heading)
            })
        };
        // A column that is mapped has to be there.
        let maybe = |column: &Option<String>| match column.as_deref() {
            None => Some(None),
            Some(column) => place(column).map(Some),
        };
        Some(Self {
            order_number: maybe(&columns.order_number)?,
            bank_order_id: maybe(&columns.bank_order_id)?,
            rrn: maybe(&columns.rrn)?,
            amount: place(&columns.amount)?,
            fee: maybe(&columns.fee)?,
            kind: maybe(&columns.kind)?,
            date: place(&columns.date)?,
            time: maybe(&columns.time)?,
            currency: maybe(&columns.currency)?,
            payout: maybe(&columns.payout)?,
        })
    }
}

/// `#3` is the third column.
fn numbered(column: &str) -> Option<usize> {
    let number: usize = column.strip_prefix('#')?.parse().ok()?;
    number.checked_sub(1)
}

/// Whether a row holds the headings that a mapping names.
pub(crate) fn is_header(mapping: &Mapping, cells: &[String]) -> bool {
    !is_headless(&mapping.columns) && Places::of(&mapping.columns, cells).is_some()
}

/// Whether the mapping names every column by its number.
fn is_headless(columns: &Columns) -> bool {
    let named = [
        &columns.order_number,
        &columns.bank_order_id,
        &columns.rrn,
        &columns.fee,
        &columns.kind,
        &columns.time,
        &columns.currency,
        &columns.payout,
    ];
    let all = named
        .into_iter()
        .flatten()
        .chain([&columns.amount, &columns.date]);
    all.into_iter().all(|column| numbered(column).is_some())
}

impl Mapped {
    pub(crate) fn new(mapping: &Mapping) -> Result<Self, String> {
        let zone = TimeZone::get(&mapping.timezone)
            .map_err(|_| format!("there is no time zone {}", mapping.timezone))?;
        let kinds = &mapping.kinds;
        let words = [
            (&kinds.payment, LineKind::Payment),
            (&kinds.refund, LineKind::Refund),
            (&kinds.reversal, LineKind::Reversal),
            (&kinds.other, LineKind::Other),
        ];
        let kinds = words
            .into_iter()
            .flat_map(|(words, kind)| words.iter().map(move |word| (folded(word), kind)))
            .collect();
        Ok(Self {
            zone,
            kinds,
            places: None,
            rows: 0,
            payout: None,
            mapping: mapping.clone(),
        })
    }

    /// The places of the columns; `None` while the headings are still to come.
    fn places(&mut self, cells: &[String]) -> Result<Option<Places>, String> {
        if let Some(places) = self.places {
            return Ok(Some(places));
        }
        self.rows += 1;
        let found = Places::of(&self.mapping.columns, cells);
        if is_headless(&self.mapping.columns) {
            self.places = found;
            let amount = found.map_or("", |places| cell(cells, places.amount));
            let is_heading = sum(amount, self.mapping.decimal, Currency::RUB).is_err();
            return Ok(found.filter(|_| !is_heading));
        }
        self.places = found;
        if found.is_none() && self.rows >= ABOVE {
            return Err("the headings that the mapping names are not within the first 30 rows".to_owned());
        }
        Ok(None)
    }

    fn kind(&self, word: &str, amount: i64) -> Result<LineKind, String> {
        if self.mapping.columns.kind.is_none() {
            return Ok(if amount < 0 {
                LineKind::Refund
            } else {
                LineKind::Payment
            });
        }
        let known = self.kinds.get(&folded(word)).copied();
        known.ok_or_else(|| format!("the mapping does not say what kind of operation «{word}» is"))
    }
}

impl Layout for Mapped {
    fn name(&self) -> String {
        format!("saved:{}", self.mapping.name)
    }

    fn read(&mut self, cells: &[String]) -> Result<Option<Line>, String> {
        if is_empty(cells) {
            return Ok(None);
        }
        let Some(places) = self.places(cells)? else {
            return Ok(None);
        };
        // A total below the rows has a sum, and neither a date nor a number.
        if cell(cells, places.date).is_empty() {
            return Ok(None);
        }
        let decimal = self.mapping.decimal;
        let currency = currency(at(cells, places.currency))?;
        let maybe_sum = |place: Option<usize>| match at(cells, place) {
            "" => Ok(None),
            text => sum(text, decimal, currency).map(Some),
        };
        let amount = sum(cell(cells, places.amount), decimal, currency)?;
        let kind = self.kind(at(cells, places.kind), amount)?;
        let payout = maybe_sum(places.payout)?;
        let signed = match kind {
            LineKind::Payment => amount.abs(),
            LineKind::Refund => -amount.abs(),
            LineKind::Reversal => 0,
            LineKind::Other => amount,
        };
        let fee = match (maybe_sum(places.fee)?, payout) {
            // Some banks write what they keep as a negative sum.
            (Some(fee), Some(payout)) if signed.saturating_add(fee) == payout => Some(-fee),
            (Some(fee), _) => Some(fee),
            (None, Some(payout)) => Some(signed.saturating_sub(payout)),
            (None, None) => None,
        };
        if let Some(payout) = payout {
            let known = self.payout.get_or_insert(0);
            *known = known.saturating_add(payout);
        }
        let date = match places.time {
            Some(place) => format!("{} {}", cell(cells, places.date), cell(cells, place)),
            None => cell(cells, places.date).to_owned(),
        };
        let draft = Draft {
            kind,
            bank_order_id: name(at(cells, places.bank_order_id))?,
            order_number: name(at(cells, places.order_number))?,
            rrn: name(at(cells, places.rrn))?,
            amount,
            currency,
            fee,
            at: time(date.trim(), &self.mapping.date_format, &self.zone)?,
        };
        draft.line().map(Some)
    }

    fn told(&mut self) -> Result<Told, String> {
        if self.places.is_none() {
            return Err("the headings that the mapping names are not in the file".to_owned());
        }
        Ok(Told {
            period: None,
            declared: Declared {
                payout: self.payout,
                ..Declared::default()
            },
        })
    }
}
