//! The registry of T-Bank (Tinkoff Kassa): Windows-1251, `;`, no headings, one operation a line, a decimal point.
//!
//! Columns, by the bank's document "Формат реестра": 1 number; 2 card or phone; 3 system; 4 order number; 5 date;
//! 6 time; 7 zone (`MSK`); 8 authorisation code; 9 terminal; 10 processing date; 11 payout date; 12 sum; 13 fee;
//! 13.1 fiscal fee, which not every file has; 14 to pay out; 15 type; 16 RRN; 17 Payment ID; 18 and on: names. The file
//! has no totals of its own: the sum of column 14 is held against the rest.

use sverka_app::ports::registry::Told;
use sverka_domain::money::Currency;
use sverka_domain::registry::{Decimal, Declared, Line, LineKind};

use super::moscow;
use crate::cells::{name, sum, time};
use crate::layout::{Draft, Layout, cell, is_empty};

const ORDER_NUMBER: usize = 3;
const DATE: usize = 4;
const TIME: usize = 5;
const ZONE: usize = 6;
const AMOUNT: usize = 11;
const FEE: usize = 12;
/// Without a fiscal fee.
const PAYOUT: usize = 13;

/// What counts up, besides payments.
const PLUS: [&str; 8] = [
    "CancelRefund",
    "Chargeback_Reversal",
    "2Chargeback_Reversal",
    "CR_Chargeback",
    "Representment",
    "DebitCorrection",
    "DebitClientCorrection",
    "AUTH_FAIL",
];
/// What counts down, besides refunds.
const MINUS: [&str; 5] = [
    "Chargeback",
    "2Chargeback",
    "Representment_Reversal",
    "CreditCorrection",
    "CreditClientCorrection",
];

/// What an operation does, and whether it counts up.
fn operation(word: &str) -> Option<(LineKind, bool)> {
    match word {
        "Debit" => Some((LineKind::Payment, true)),
        "Credit" => Some((LineKind::Refund, false)),
        other if PLUS.contains(&other) => Some((LineKind::Other, true)),
        other if MINUS.contains(&other) => Some((LineKind::Other, false)),
        // Fees by themselves.
        other if other.ends_with("_Fee") || other == "ServiceFee" => Some((LineKind::Other, true)),
        _ => None,
    }
}

/// The layout.
pub(crate) struct TBank {
    zone: jiff::tz::TimeZone,
    payout: Option<i64>,
}

impl TBank {
    pub(crate) fn new() -> Self {
        Self {
            zone: moscow(),
            payout: None,
        }
    }

    /// Whether a file that begins so is one.
    pub(crate) fn fits(first: &[String]) -> bool {
        let is_time = time(&when(first), FORMAT, &jiff::tz::TimeZone::UTC).is_ok();
        is_time && type_at(first).is_some() && cell(first, ZONE).eq_ignore_ascii_case("msk")
    }
}

const FORMAT: &str = "%d.%m.%Y %H:%M:%S";

fn when(cells: &[String]) -> String {
    format!("{} {}", cell(cells, DATE), cell(cells, TIME))
}

/// Where the type stands: one column further when there is a fiscal fee.
fn type_at(cells: &[String]) -> Option<usize> {
    [PAYOUT + 1, PAYOUT + 2]
        .into_iter()
        .find(|place| operation(cell(cells, *place)).is_some())
}

impl Layout for TBank {
    fn name(&self) -> String {
        "tbank".to_owned()
    }

    fn read(&mut self, cells: &[String]) -> Result<Option<Line>, String> {
        if is_empty(cells) {
            return Ok(None);
        }
        let place = type_at(cells).ok_or("there is no known type of operation in column 15 or 16")?;
        let (kind, is_plus) =
            operation(cell(cells, place)).ok_or("there is no known type of operation in column 15 or 16")?;
        let money = |place: usize| match cell(cells, place) {
            "" => Ok(0),
            text => sum(text, Decimal::Point, Currency::RUB),
        };
        let fiscal = if place == PAYOUT + 2 { money(PAYOUT)? } else { 0 };
        let payout = money(place - 1)?;
        let amount = sum(cell(cells, AMOUNT), Decimal::Point, Currency::RUB)?.abs();
        let known = self.payout.get_or_insert(0);
        *known = known.saturating_add(payout);
        let draft = Draft {
            kind,
            bank_order_id: name(cell(cells, place + 2))?,
            order_number: name(cell(cells, ORDER_NUMBER))?,
            rrn: name(cell(cells, place + 1))?,
            amount: if is_plus { amount } else { -amount },
            currency: Currency::RUB,
            fee: Some(money(FEE)?.saturating_add(fiscal)),
            at: time(&when(cells), FORMAT, &self.zone)?,
        };
        draft.line().map(Some)
    }

    fn told(&mut self) -> Result<Told, String> {
        Ok(Told {
            period: None,
            declared: Declared {
                payout: self.payout,
                ..Declared::default()
            },
        })
    }
}
