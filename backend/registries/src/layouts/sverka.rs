//! Sverka's own plain layout, for banks that have none and programs that make one.
//!
//! Headings in any order: `kind;order_number;bank_order_id;rrn;amount;currency;fee;at`. `kind` is `payment`, `refund`,
//! `reversal` or `other`; sums have a decimal point; `at` is RFC 3339. A row whose kind is `total_payments`,
//! `total_refunds`, `total_fees`, `total_payout` or `total_lines` says what the file comes to.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use sverka_app::ports::registry::Told;
use sverka_domain::money::Currency;
use sverka_domain::registry::{Decimal, Declared, Line, LineKind};

use crate::cells::{currency, folded, name, sum, time};
use crate::layout::{Draft, Layout, at, is_empty};

/// The layout.
#[derive(Default)]
pub(crate) struct Sverka {
    places: Option<Places>,
    declared: Declared,
}

struct Places {
    kind: usize,
    amount: usize,
    at: usize,
    order_number: Option<usize>,
    bank_order_id: Option<usize>,
    rrn: Option<usize>,
    currency: Option<usize>,
    fee: Option<usize>,
}

impl Places {
    fn of(cells: &[String]) -> Option<Self> {
        let place = |heading: &str| cells.iter().position(|cell| folded(cell) == heading);
        Some(Self {
            kind: place("kind")?,
            amount: place("amount")?,
            at: place("at")?,
            order_number: place("order_number"),
            bank_order_id: place("bank_order_id"),
            rrn: place("rrn"),
            currency: place("currency"),
            fee: place("fee"),
        })
    }
}

impl Sverka {
    /// Whether a file that begins so is one.
    pub(crate) fn fits(first: &[String]) -> bool {
        Places::of(first).is_some()
    }
}

impl Layout for Sverka {
    fn name(&self) -> String {
        "sverka".to_owned()
    }

    fn read(&mut self, cells: &[String]) -> Result<Option<Line>, String> {
        let Some(places) = &self.places else {
            self.places = Some(Places::of(cells).ok_or("the headings kind, amount and at are missing")?);
            return Ok(None);
        };
        if is_empty(cells) {
            return Ok(None);
        }
        let kind = folded(at(cells, Some(places.kind)));
        let amount = at(cells, Some(places.amount));
        if let Some(total) = kind.strip_prefix("total_") {
            declare(&mut self.declared, total, amount)?;
            return Ok(None);
        }
        let kind: LineKind = kind
            .parse()
            .map_err(|_| format!("«{kind}» is not a kind of operation"))?;
        let currency = currency(at(cells, places.currency))?;
        let fee = at(cells, places.fee);
        let fee = (!fee.is_empty()).then(|| sum(fee, Decimal::Point, currency));
        let when = at(cells, Some(places.at));
        let draft = Draft {
            kind,
            bank_order_id: name(at(cells, places.bank_order_id))?,
            order_number: name(at(cells, places.order_number))?,
            rrn: name(at(cells, places.rrn))?,
            amount: sum(amount, Decimal::Point, currency)?,
            currency,
            fee: fee.transpose()?,
            at: when
                .parse::<Timestamp>()
                .or_else(|_| time(when, "%Y-%m-%d %H:%M:%S", &TimeZone::UTC))?,
        };
        draft.line().map(Some)
    }

    fn told(&mut self) -> Result<Told, String> {
        Ok(Told {
            period: None,
            declared: self.declared,
        })
    }
}

fn declare(declared: &mut Declared, total: &str, cell: &str) -> Result<(), String> {
    if total == "lines" {
        let count = cell
            .parse()
            .map_err(|_| format!("«{cell}» is not a number of lines"))?;
        declared.lines = Some(count);
        return Ok(());
    }
    let place = match total {
        "payments" => &mut declared.payments,
        "refunds" => &mut declared.refunds,
        "fees" => &mut declared.fees,
        "payout" => &mut declared.payout,
        other => return Err(format!("«total_{other}» is not a total")),
    };
    *place = Some(sum(cell, Decimal::Point, Currency::RUB)?);
    Ok(())
}
