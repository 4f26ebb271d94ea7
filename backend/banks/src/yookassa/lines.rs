//! YooKassa's list of operations: payments of a period by the time they were taken, then refunds.

use jiff::Timestamp;
use sverka_app::ports::bank::Listed;
use sverka_domain::registry::{Line, LineKind};

use super::wire::{Page, Payment, Refund};

/// Where in the list a page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    Payments(Option<String>),
    Refunds(Option<String>),
}

impl Place {
    /// From the cursor that an earlier page gave; `None`: it is not one of ours.
    pub(super) fn read(cursor: Option<&str>) -> Option<Self> {
        let Some(cursor) = cursor else {
            return Some(Self::Payments(None));
        };
        let (kind, rest) = cursor.split_once(':')?;
        let rest = Some(rest).filter(|rest| !rest.is_empty()).map(str::to_owned);
        match kind {
            "payments" => Some(Self::Payments(rest)),
            "refunds" => Some(Self::Refunds(rest)),
            _ => None,
        }
    }
}

/// A page of payments; after the last one come the refunds.
pub(super) fn of_payments(page: Page<Payment>, from: Timestamp, to: Timestamp) -> Listed {
    let lines = page.items.into_iter().filter_map(|payment| {
        let at = payment.captured_at.or(payment.created_at)?;
        (payment.status == "succeeded" && from <= at && at < to).then(|| paid(payment, at))
    });
    Listed {
        lines: lines.collect(),
        next: Some(format!(
            "payments:{}",
            page.next_cursor.clone().unwrap_or_default()
        ))
        .filter(|_| page.next_cursor.is_some())
        .or_else(|| Some("refunds:".to_owned())),
    }
}

fn paid(payment: Payment, at: Timestamp) -> Line {
    let fee = payment
        .income
        .filter(|income| income.currency == payment.amount.currency)
        .map(|income| payment.amount.amount - income.amount);
    Line {
        kind: LineKind::Payment,
        bank_order_id: Some(payment.id),
        order_number: payment.order_number,
        rrn: payment.rrn,
        amount: payment.amount,
        fee,
        at,
    }
}

/// A page of refunds. A refund names its payment, not the merchant's number.
pub(super) fn of_refunds(page: Page<Refund>, from: Timestamp, to: Timestamp) -> Listed {
    let lines = page.items.into_iter().filter_map(|refund| {
        let at = refund.created_at?;
        let line = Line {
            kind: LineKind::Refund,
            bank_order_id: Some(refund.payment_id),
            order_number: None,
            rrn: None,
            amount: refund.amount,
            fee: None,
            at,
        };
        Some(line).filter(|_| from <= at && at < to)
    });
    Listed {
        lines: lines.collect(),
        next: page.next_cursor.map(|cursor| format!("refunds:{cursor}")),
    }
}
