//! What truly happened at an account.

use crate::api::{BankOperation, OrderState};
use crate::bank::Account;
use crate::chance::Chance;

const DAY: u64 = 24 * 3600;

/// The payments and refunds of an account's orders, oldest first.
pub(super) fn of_orders(account: &Account, chance: Chance) -> Vec<BankOperation> {
    let mut operations = Vec::new();
    for order in account.orders.newest() {
        let truth = &order.truth;
        let settled = matches!(
            truth.state,
            OrderState::Paid | OrderState::Refunded | OrderState::PartiallyRefunded
        );
        let Some(paid_at) = truth.paid_at.filter(|_| settled) else {
            continue;
        };
        let operation = |is_payment, amount, at: i64, word: &str| BankOperation {
            is_payment,
            order_number: truth.order_number.clone(),
            bank_order_id: truth.bank_order_id.clone(),
            rrn: rrn(chance, &[&truth.bank_order_id, word]),
            amount,
            fee: if is_payment { fee(amount) } else { -fee(amount) },
            at: at.div_euclid(1_000),
        };
        operations.push(operation(true, truth.approved, paid_at, "paid"));
        let refunds = truth.refunds.iter();
        operations.extend(refunds.map(|refund| operation(false, refund.amount, refund.at, &refund.id)));
    }
    operations.sort_by_key(|operation| operation.at);
    operations
}

/// Payments that nobody made, within a day.
pub(super) fn invented(count: u64, day: i64, chance: Chance) -> Vec<BankOperation> {
    let one = |nth: u64| {
        let name = nth.to_string();
        let amount = i64::try_from(chance.between(100, 5_000, &["sum", &name])).unwrap_or(100) * 100;
        BankOperation {
            is_payment: true,
            order_number: format!("R-{nth}"),
            bank_order_id: chance.uuid(&["invented", &name]),
            rrn: rrn(chance, &["invented", &name]),
            amount,
            fee: fee(amount),
            at: day + i64::try_from(nth * (DAY - 1) / count.max(1)).unwrap_or(0),
        }
    };
    (1..=count).map(one).collect()
}

/// Two in a hundred, to the kopeck.
fn fee(amount: i64) -> i64 {
    amount / 50
}

pub(super) fn rrn(chance: Chance, words: &[&str]) -> String {
    let mut named = vec!["rrn"];
    named.extend(words);
    format!("{:012}", chance.between(0, 999_999_999_999, &named))
}
