//! `getLastOrdersForMerchants.do`: a period of the gateway's books, as operations.
//!
//! The gateway lists orders by the time of payment and shows each as it stands today. A refund of today may belong to a
//! payment of last month, so a period takes two passes: the orders paid in it, and those that were paid before it and
//! had money go back since.

use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use sverka_app::ports::bank::{BankError, Listed};
use sverka_domain::money::{Currency, Money};
use sverka_domain::registry::{Line, LineKind};
use sverka_domain::status::BankStatus;

use super::map;
use super::wire::{Orders, Status};

/// How long a period may be in one call. The gateway names no limit; a week keeps pages few.
pub(super) const LONGEST: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Their clock and ours may differ, and what the gateway takes for the time of payment may be its authorisation.
const SLACK: SignedDuration = SignedDuration::from_hours(1);
/// How old a payment may be whose refund is looked for.
const LOOK_BACK: SignedDuration = SignedDuration::from_hours(90 * 24);
/// Orders on a page; the gateway allows 200, which would pass the limit on an answer's length.
const SIZE: i64 = 100;

/// A period, from its start to before its end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Period {
    pub(super) from: Timestamp,
    pub(super) to: Timestamp,
}

impl Period {
    fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }

    /// Orders paid from here on belong to the first pass.
    fn border(&self) -> Timestamp {
        self.from - SLACK
    }
}

/// Which orders are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pass {
    /// Those paid in the period.
    Paid,
    /// Those paid before it, of which money went back.
    GoneBack,
}

/// A page of a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Page {
    pass: Pass,
    number: i64,
}

impl Page {
    /// From the cursor of the page before.
    pub(super) fn read(cursor: Option<&str>) -> Result<Self, BankError> {
        let Some(cursor) = cursor else {
            return Ok(Self {
                pass: Pass::Paid,
                number: 0,
            });
        };
        let read = cursor.split_once(':').and_then(|(pass, number)| {
            let pass = match pass {
                "paid" => Pass::Paid,
                "back" => Pass::GoneBack,
                _ => return None,
            };
            let number = number.parse().ok().filter(|number| *number >= 0)?;
            Some(Self { pass, number })
        });
        read.ok_or_else(|| BankError::Refused("the cursor is not one of this list".to_owned()))
    }

    fn cursor(self) -> String {
        let pass = match self.pass {
            Pass::Paid => "paid",
            Pass::GoneBack => "back",
        };
        format!("{pass}:{}", self.number)
    }

    /// The page after this one, if there is one.
    fn next(self, listed: usize, total: Option<i64>) -> Option<Self> {
        let so_far = self.number.saturating_add(1).saturating_mul(SIZE);
        let is_full = i64::try_from(listed).is_ok_and(|listed| listed >= SIZE);
        if total.map_or(is_full, |total| so_far < total && listed > 0) {
            return Some(Self {
                number: self.number + 1,
                ..self
            });
        }
        (self.pass == Pass::Paid).then_some(Self {
            pass: Pass::GoneBack,
            number: 0,
        })
    }

    /// The fields of the call.
    pub(super) fn fields(self, period: Period, merchant_login: &str) -> Vec<(&'static str, String)> {
        let (from, to, states) = match self.pass {
            Pass::Paid => (period.border(), period.to + SLACK, "DEPOSITED,REVERSED,REFUNDED"),
            Pass::GoneBack => (
                period.border() - LOOK_BACK,
                period.border() + SignedDuration::from_secs(1),
                "REVERSED,REFUNDED",
            ),
        };
        vec![
            ("from", moscow(from)),
            ("to", moscow(to)),
            ("transactionStates", states.to_owned()),
            ("merchants", merchant_login.to_owned()),
            ("searchByCreatedDate", "false".to_owned()),
            ("page", self.number.to_string()),
            ("size", SIZE.to_string()),
        ]
    }
}

/// The gateway counts in Moscow time, which has no summer.
fn moscow(at: Timestamp) -> String {
    at.to_zoned_datetime(TimeZone::fixed(Offset::constant(3)))
        .strftime("%Y%m%d%H%M%S")
        .to_string()
}

/// What a page tells of the period.
pub(super) fn listed(
    answer: &Orders,
    page: Page,
    period: Period,
    account: Currency,
) -> Result<Listed, BankError> {
    match answer.error_code {
        0 => {}
        7 => {
            return Err(BankError::Unavailable(map::words(
                7,
                answer.error_text.as_deref(),
            )));
        }
        code => return Err(BankError::Refused(map::words(code, answer.error_text.as_deref()))),
    }
    let mut lines = Vec::new();
    for order in &answer.orders {
        let paid_at = order.paid_at.and_then(time).ok_or_else(undated)?;
        // The passes overlap by a second, so that no order falls between them; each order counts in one.
        if (paid_at >= period.border()) == (page.pass == Pass::Paid) {
            lines.extend(operations(order, paid_at, account));
        }
    }
    lines.retain(|line| period.holds(line.at));
    let next = page.next(answer.orders.len(), answer.total);
    Ok(Listed {
        lines,
        next: next.map(Page::cursor),
    })
}

fn time(milliseconds: i64) -> Option<Timestamp> {
    Timestamp::from_millisecond(milliseconds).ok()
}

fn undated() -> BankError {
    BankError::Unavailable("an order in the list has no date".to_owned())
}

/// All that happened to an order, at any time.
fn operations(order: &Status, paid_at: Timestamp, account: Currency) -> Vec<Line> {
    let Some(order_status) = order.order_status else {
        return Vec::new();
    };
    let (fact, _) = map::fact(order, order_status, account);
    let Some(amount) = fact.amount else {
        return Vec::new();
    };
    let line = |kind, amount, at, rrn: &Option<String>| Line {
        kind,
        bank_order_id: order.order_id.clone(),
        order_number: order.order_number.clone(),
        rrn: rrn.clone(),
        amount,
        fee: None,
        at,
    };
    match fact.status {
        // What was released never reaches the settlement, so the payment before it is no operation of its own.
        BankStatus::Reversed => {
            let at = order.reversed_at.and_then(time).unwrap_or(paid_at);
            vec![line(LineKind::Reversal, amount, at, &order.rrn)]
        }
        BankStatus::Paid | BankStatus::PartiallyRefunded | BankStatus::Refunded => {
            let payment = Line {
                // Zero is what the gateway says when fees are not its business.
                fee: order.fee.filter(|fee| *fee > 0),
                ..line(LineKind::Payment, amount, paid_at, &order.rrn)
            };
            let refund = |one: &super::wire::Refund| {
                let sum = Money::new(one.amount, amount.currency);
                let at = one.at.and_then(time).unwrap_or(paid_at);
                line(LineKind::Refund, sum, at, &one.rrn)
            };
            let refunds = order.refunds.iter().map(refund);
            std::iter::once(payment).chain(refunds).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_go_there_and_back() {
        let first = Page::read(None).unwrap();
        let second = first.next(100, Some(101)).unwrap();
        assert_eq!(
            (second.cursor(), Page::read(Some("paid:1"))),
            ("paid:1".to_owned(), Ok(second))
        );
        let back = second.next(1, Some(101)).unwrap();
        assert_eq!(back.cursor(), "back:0");
        assert_eq!(back.next(0, Some(0)), None);
        for odd in ["", "paid", "paid:-1", "paid:x", "other:0"] {
            assert!(
                matches!(Page::read(Some(odd)), Err(BankError::Refused(_))),
                "{odd}"
            );
        }
    }

    #[test]
    fn without_a_total_a_full_page_is_followed_by_another() {
        let first = Page::read(None).unwrap();
        assert_eq!(first.next(100, None).unwrap().cursor(), "paid:1");
        assert_eq!(first.next(99, None).unwrap().cursor(), "back:0");
        assert_eq!(
            first.next(0, Some(500)).unwrap().cursor(),
            "back:0",
            "a page that says nothing ends it"
        );
    }
}
