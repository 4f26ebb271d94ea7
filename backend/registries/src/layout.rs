//! What a layout is: rows in, operations out.

use jiff::Timestamp;
use sverka_app::ports::registry::Told;
use sverka_domain::money::{Currency, Money};
use sverka_domain::registry::{Line, LineKind};

/// A way to read rows.
pub(crate) trait Layout: Send {
    /// Its name, as the API shows it.
    fn name(&self) -> String;

    /// What a row says; `None`: it is a heading, a total, or a part of something longer. The error is the reason in
    /// words.
    fn read(&mut self, cells: &[String]) -> Result<Option<Line>, String>;

    /// What the file says of itself, at its end. The error is why it cannot be the whole file.
    fn told(&mut self) -> Result<Told, String>;
}

/// What rows say of a sum with its sign: money in is a payment, money out a refund.
pub(crate) struct Draft {
    pub(crate) kind: LineKind,
    pub(crate) bank_order_id: Option<String>,
    pub(crate) order_number: Option<String>,
    pub(crate) rrn: Option<String>,
    /// Minor units, with a sign.
    pub(crate) amount: i64,
    pub(crate) currency: Currency,
    pub(crate) fee: Option<i64>,
    pub(crate) at: Timestamp,
}

impl Draft {
    /// The operation. Only what is neither a payment nor money back keeps its sign.
    pub(crate) fn line(self) -> Result<Line, String> {
        let amount = match self.kind {
            LineKind::Payment | LineKind::Refund | LineKind::Reversal => self.amount.abs(),
            LineKind::Other => self.amount,
        };
        if amount.abs() > Money::MAX_AMOUNT || self.fee.is_some_and(|fee| fee.abs() > Money::MAX_AMOUNT) {
            return Err("the sum is too great".to_owned());
        }
        let compared = self.kind != LineKind::Other;
        if compared && self.bank_order_id.is_none() && self.order_number.is_none() && self.rrn.is_none() {
            return Err("there is no order number, bank id or RRN".to_owned());
        }
        Ok(Line {
            kind: self.kind,
            bank_order_id: self.bank_order_id,
            order_number: self.order_number,
            rrn: self.rrn,
            amount: Money::new(amount, self.currency),
            fee: self.fee,
            at: self.at,
        })
    }
}

/// A cell of a row.
pub(crate) fn cell(cells: &[String], place: usize) -> &str {
    cells.get(place).map_or("", String::as_str)
}

/// A cell that may have no place.
pub(crate) fn at(cells: &[String], place: Option<usize>) -> &str {
    place.map_or("", |place| cell(cells, place))
}

/// Whether a row is empty.
pub(crate) fn is_empty(cells: &[String]) -> bool {
    cells.iter().all(|cell| cell.trim().is_empty())
}
