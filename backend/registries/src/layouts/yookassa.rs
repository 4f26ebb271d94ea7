//! The registries of YooKassa: a title, the date, headings, rows by `;`, and a footer with the sums.
//!
//! Payments and refunds come in files of their own. Columns are found by their headings, because there are older and
//! newer sets; a decimal point and a decimal comma occur in the same file.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use sverka_app::ports::registry::Told;
use sverka_domain::money::Currency;
use sverka_domain::registry::{Decimal, Declared, Line, LineKind};

use super::moscow;
use crate::cells::{currency, folded, name, sum, time};
use crate::layout::{Draft, Layout, at, cell, is_empty};

const FORMAT: &str = "%d.%m.%Y %H:%M:%S";

/// The layout.
pub(crate) struct YooKassa {
    zone: TimeZone,
    kind: LineKind,
    day: Option<Date>,
    places: Option<Places>,
    in_footer: bool,
    declared: Declared,
}

struct Places {
    id: usize,
    amount: usize,
    time: usize,
    currency: Option<usize>,
    net: Option<usize>,
}

/// What a title says, folded.
fn titled(first: &[String]) -> Option<LineKind> {
    let title = folded(cell(first, 0));
    if title.starts_with("реестр платежей по договору") {
        Some(LineKind::Payment)
    } else if title.starts_with("реестр возвратов по договору") {
        Some(LineKind::Refund)
    } else {
        None
    }
}

impl Places {
    fn of(cells: &[String], kind: LineKind) -> Option<Self> {
        let place = |headings: &[&str]| {
            cells
                .iter()
                .position(|cell| headings.contains(&folded(cell).as_str()))
        };
        // The refund's own id names nothing that an attempt knows; the payment's does.
        let id = place(&["идентификатор платежа"])?;
        Some(match kind {
            LineKind::Refund => Self {
                id,
                amount: place(&["сумма возврата"])?,
                time: place(&["время возврата"])?,
                currency: place(&["валюта возврата"]),
                net: place(&["сумма возврата за вычетом комиссии и ндс"]),
            },
            _ => Self {
                id,
                amount: place(&["сумма платежа"])?,
                time: place(&["время платежа"])?,
                currency: place(&["валюта платежа"]),
                net: place(&["сумма за вычетом комиссии и ндс", "сумма за вычетом комиссии"]),
            },
        })
    }
}

impl YooKassa {
    pub(crate) fn new() -> Self {
        Self {
            zone: moscow(),
            kind: LineKind::Payment,
            day: None,
            places: None,
            in_footer: false,
            declared: Declared::default(),
        }
    }

    /// Whether a file that begins so is one.
    pub(crate) fn fits(first: &[String]) -> bool {
        titled(first).is_some()
    }

    /// The lines above the headings.
    fn head(&mut self, cells: &[String]) -> Result<(), String> {
        let text = cell(cells, 0);
        if let Some(kind) = titled(cells) {
            self.kind = kind;
        } else if let Some(places) = Places::of(cells, self.kind) {
            self.places = Some(places);
        } else if let Some((label, date)) = text.split_once(':')
            && folded(label).starts_with("дата")
        {
            let date = date.trim();
            let day = Date::strptime("%Y-%m-%d", date).or_else(|_| Date::strptime("%d.%m.%Y", date));
            self.day = Some(day.map_err(|_| format!("«{date}» is not a date"))?);
        } else if cells.len() > 3 {
            return Err("the headings of payments or refunds are missing".to_owned());
        }
        Ok(())
    }

    /// The lines below the rows: `Сумма принятых платежей: 10.00 RUB`.
    fn foot(&mut self, text: &str) -> Result<(), String> {
        let Some((label, value)) = text.split_once(':') else {
            return Ok(());
        };
        let (label, value) = (folded(label), value.trim());
        if label.starts_with("число") {
            let count = value.parse().map_err(|_| format!("«{value}» is not a number"))?;
            self.declared.lines = Some(count);
            return Ok(());
        }
        let amount = value.split_whitespace().next().unwrap_or_default();
        let is_net = label.contains("за вычетом");
        let place = match (label.starts_with("сумма"), is_net, self.kind) {
            (true, false, LineKind::Refund) => &mut self.declared.refunds,
            (true, false, _) => &mut self.declared.payments,
            (true, true, LineKind::Payment) => &mut self.declared.payout,
            _ => return Ok(()),
        };
        *place = Some(sum(amount, Decimal::Point, Currency::RUB)?);
        Ok(())
    }
}

impl Layout for YooKassa {
    fn name(&self) -> String {
        "yookassa".to_owned()
    }

    fn read(&mut self, cells: &[String]) -> Result<Option<Line>, String> {
        if is_empty(cells) {
            return Ok(None);
        }
        let Some(places) = &self.places else {
            self.head(cells)?;
            return Ok(None);
        };
        let first = folded(cell(cells, 0));
        if self.in_footer || first.starts_with("сумма") || first.starts_with("число") {
            self.in_footer = true;
            self.foot(cell(cells, 0))?;
            return Ok(None);
        }
        let currency = currency(at(cells, places.currency))?;
        let amount = sum(cell(cells, places.amount), Decimal::Point, currency)?;
        let net = at(cells, places.net);
        let net = (!net.is_empty()).then(|| sum(net, Decimal::Point, currency));
        // With a refund the bank gives its fee back: less is taken from the payout than the client gets.
        let fee = net.transpose()?.map(|net| match self.kind {
            LineKind::Refund => net.abs().saturating_sub(amount.abs()),
            _ => amount.saturating_sub(net),
        });
        let draft = Draft {
            kind: self.kind,
            bank_order_id: name(cell(cells, places.id))?,
            order_number: None,
            rrn: None,
            amount,
            currency,
            fee,
            at: time(cell(cells, places.time), FORMAT, &self.zone)?,
        };
        draft.line().map(Some)
    }

    fn told(&mut self) -> Result<Told, String> {
        if self.places.is_none() {
            return Err("the headings of payments or refunds are missing".to_owned());
        }
        let start = |day: Date| {
            self.zone
                .to_timestamp(day.to_datetime(jiff::civil::Time::midnight()))
                .ok()
        };
        let period = self
            .day
            .and_then(|day| Some((start(day)?, start(day.tomorrow().ok()?)?)));
        Ok(Told {
            period,
            declared: self.declared,
        })
    }
}
