//! What may happen to an order. The one place that changes its state.

use super::BankOrder;
use crate::api::{
    Bank, Move, Operation, OrderState as State, Refund, Transaction, TransactionKind as Kind,
    TransactionStatus as Status, Verb,
};

/// The gateway refuses further tries after this many.
const MAX_TRIES: u32 = 3;

/// An event that the merchant is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(crate) operation: Operation,
    pub(crate) success: bool,
}

/// The state does not allow it, or the sum does not fit.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refused {
    #[error("an order that is {0:?} cannot do this")]
    State(State),
    #[error("the sum {asked} does not fit: {rest} is left")]
    Sum { asked: i64, rest: i64 },
}

/// Does `verb` to the order; the answer is the event that its callback tells, if it has one.
pub(crate) fn apply(
    order: &mut BankOrder,
    verb: Verb,
    how: &Move,
    now: i64,
) -> Result<Option<Notice>, Refused> {
    let state = order.truth.state;
    let notice = match (verb, state) {
        (Verb::Pay, State::Held) => capture(order, how, now)?,
        (Verb::Pay, State::Registered | State::Acs | State::Declined | State::Expired) => {
            take(order, how, now)?
        }
        (Verb::Hold, State::Registered | State::Acs | State::Declined | State::Expired) => {
            hold(order, how, now)?
        }
        (Verb::Decline, State::Registered | State::Acs) => decline(order, how, now),
        (Verb::Expire, State::Registered | State::Acs) => expire(order),
        (Verb::Reverse, State::Held) if is_part(order, how) => release_part(order, how, now),
        (Verb::Reverse, State::Held | State::Paid) => reverse(order, now),
        (Verb::Refund, State::Paid | State::PartiallyRefunded) => refund(order, how, now)?,
        (Verb::Settle, State::Paid | State::PartiallyRefunded) => {
            set_purchase(order, Status::Settled);
            return Ok(None);
        }
        (Verb::Acs, State::Registered) => {
            order.truth.state = State::Acs;
            return Ok(None);
        }
        _ => return Err(Refused::State(state)),
    };
    Ok(Some(notice))
}

/// The merchant gives up an unpaid order; the bank tells nobody.
pub(crate) fn withdraw(order: &mut BankOrder) -> Result<(), Refused> {
    match order.truth.state {
        State::Registered | State::Acs => {
            order.truth.state = State::Declined;
            order.truth.action_code = -2006;
            Ok(())
        }
        state => Err(Refused::State(state)),
    }
}

fn take(order: &mut BankOrder, how: &Move, now: i64) -> Result<Notice, Refused> {
    let sum = positive(how.amount.unwrap_or(order.truth.amount), order.truth.amount)?;
    order.truth.state = State::Paid;
    order.truth.approved = sum;
    order.truth.deposited = sum;
    order.truth.action_code = 0;
    order.truth.paid_at = Some(now);
    order.deposited_at = Some(now);
    record_purchase(order, Status::Pending, sum, now);
    Ok(Notice {
        operation: Operation::Deposited,
        success: true,
    })
}

fn hold(order: &mut BankOrder, how: &Move, now: i64) -> Result<Notice, Refused> {
    let sum = positive(how.amount.unwrap_or(order.truth.amount), order.truth.amount)?;
    order.truth.state = State::Held;
    order.truth.two_stage = true;
    order.truth.approved = sum;
    order.truth.action_code = 0;
    order.truth.paid_at = Some(now);
    record_purchase(order, Status::PreAuthorized, sum, now);
    Ok(Notice {
        operation: Operation::Approved,
        success: true,
    })
}

fn capture(order: &mut BankOrder, how: &Move, now: i64) -> Result<Notice, Refused> {
    let held = order.truth.approved;
    let sum = positive(how.amount.unwrap_or(held), held)?;
    if sum > held {
        return Err(Refused::Sum {
            asked: sum,
            rest: held,
        });
    }
    order.truth.state = State::Paid;
    order.truth.deposited = sum;
    order.truth.paid_at = Some(now);
    order.deposited_at = Some(now);
    if let Some(purchase) = last_purchase(order) {
        purchase.status = Status::Pending;
        purchase.amount = sum;
    }
    Ok(Notice {
        operation: Operation::Deposited,
        success: true,
    })
}

fn decline(order: &mut BankOrder, how: &Move, now: i64) -> Notice {
    order.truth.failed_tries += 1;
    order.truth.action_code = 116;
    let over = how.is_final.unwrap_or(true) || order.truth.failed_tries >= MAX_TRIES;
    order.truth.state = if over { State::Declined } else { State::Registered };
    let sum = order.truth.amount;
    record_purchase(order, Status::Declined, sum, now);
    let operation = if order.truth.two_stage {
        Operation::Approved
    } else {
        Operation::Deposited
    };
    Notice {
        operation,
        success: false,
    }
}

fn expire(order: &mut BankOrder) -> Notice {
    order.truth.state = State::Expired;
    order.truth.action_code = -2007;
    Notice {
        operation: Operation::DeclinedByTimeout,
        success: false,
    }
}

/// T-Bank lets a part of a hold go; elsewhere a hold is released whole.
fn is_part(order: &BankOrder, how: &Move) -> bool {
    let part = |sum| (1..order.truth.approved).contains(&sum);
    order.truth.bank == Bank::Tbank && how.amount.is_some_and(part)
}

fn release_part(order: &mut BankOrder, how: &Move, now: i64) -> Notice {
    order.truth.approved -= how.amount.unwrap_or(0);
    order.reversed_at = Some(now);
    Notice {
        operation: Operation::Reversed,
        success: true,
    }
}

fn reverse(order: &mut BankOrder, now: i64) -> Notice {
    order.truth.state = State::Reversed;
    order.truth.approved = 0;
    order.truth.deposited = 0;
    order.reversed_at = Some(now);
    set_purchase(order, Status::Voided);
    Notice {
        operation: Operation::Reversed,
        success: true,
    }
}

fn refund(order: &mut BankOrder, how: &Move, now: i64) -> Result<Notice, Refused> {
    let rest = order.truth.deposited;
    let sum = positive(how.amount.unwrap_or(rest), rest)?;
    if sum > rest {
        return Err(Refused::Sum { asked: sum, rest });
    }
    // PayOnline gives back only what the daily run has taken.
    set_purchase(order, Status::Settled);
    order.truth.deposited -= sum;
    order.truth.refunded += sum;
    order.truth.state = if order.truth.deposited == 0 {
        State::Refunded
    } else {
        State::PartiallyRefunded
    };
    order.refunded_at = Some(now);
    let id = order.next_id();
    if order.truth.bank.keeps_transactions() {
        order.truth.transactions.push(Transaction {
            id: id.clone(),
            kind: Kind::Refund,
            status: Status::Pending,
            amount: sum,
            at: now,
        });
    }
    order.truth.refunds.push(Refund {
        id,
        amount: sum,
        at: now,
        external_id: how.external_id.clone(),
    });
    Ok(Notice {
        operation: Operation::Refunded,
        success: true,
    })
}

/// Where each try is a transaction of its own, the first one takes the id that was promised.
fn record_purchase(order: &mut BankOrder, status: Status, amount: i64, at: i64) {
    if !order.truth.bank.keeps_transactions() {
        return;
    }
    if !order.truth.transactions.is_empty() {
        order.truth.bank_order_id = order.next_id();
    }
    let id = order.truth.bank_order_id.clone();
    order.truth.transactions.push(Transaction {
        id,
        kind: Kind::Purchase,
        status,
        amount,
        at,
    });
}

fn last_purchase(order: &mut BankOrder) -> Option<&mut Transaction> {
    order
        .truth
        .transactions
        .iter_mut()
        .rev()
        .find(|transaction| transaction.kind == Kind::Purchase)
}

fn set_purchase(order: &mut BankOrder, status: Status) {
    if let Some(purchase) = last_purchase(order) {
        purchase.status = status;
    }
}

fn positive(asked: i64, rest: i64) -> Result<i64, Refused> {
    if asked > 0 {
        Ok(asked)
    } else {
        Err(Refused::Sum { asked, rest })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::NewOrder;
    use crate::chance::Chance;

    fn order(bank: Bank) -> BankOrder {
        let new = NewOrder {
            order_number: "A-1".into(),
            amount: 10_000,
            ..NewOrder::default()
        };
        BankOrder::new(bank, "main", &new, 0, "http://bank", Chance::new(1))
    }

    fn done(order: &mut BankOrder, verb: Verb, how: &Move) -> Option<(&'static str, bool)> {
        apply(order, verb, how, 5)
            .unwrap()
            .map(|notice| (notice.operation.as_str(), notice.success))
    }

    #[test]
    fn a_refund_lowers_what_is_deposited() {
        let mut order = order(Bank::Sber);
        assert_eq!(
            done(&mut order, Verb::Pay, &Move::default()),
            Some(("deposited", true))
        );
        assert_eq!(
            done(&mut order, Verb::Refund, &Move::of(4_000)),
            Some(("refunded", true))
        );
        assert_eq!(
            (order.truth.state, order.truth.deposited, order.truth.refunded),
            (State::PartiallyRefunded, 6_000, 4_000)
        );
        assert!(apply(&mut order, Verb::Refund, &Move::of(6_001), 5).is_err());
        done(&mut order, Verb::Refund, &Move::default());
        assert_eq!(
            (order.truth.state, order.truth.deposited, order.truth.refunded),
            (State::Refunded, 0, 10_000)
        );
    }

    #[test]
    fn a_refused_try_leaves_two_more_and_a_refusal_can_become_a_payment() {
        let mut order = order(Bank::PayOnline);
        let promised = order.truth.bank_order_id.clone();
        let one_try = Move {
            is_final: Some(false),
            ..Move::default()
        };
        assert_eq!(
            done(&mut order, Verb::Decline, &one_try),
            Some(("deposited", false))
        );
        assert_eq!(
            (order.truth.state, order.truth.transactions[0].id.clone()),
            (State::Registered, promised.clone())
        );
        done(&mut order, Verb::Decline, &one_try);
        done(&mut order, Verb::Decline, &one_try);
        assert_eq!(order.truth.state, State::Declined);
        done(&mut order, Verb::Pay, &Move::default());
        assert_eq!(order.truth.state, State::Paid);
        assert_ne!(order.truth.bank_order_id, promised);
    }

    #[test]
    fn a_hold_is_captured_in_part_or_released() {
        let mut order = order(Bank::Sber);
        assert_eq!(
            done(&mut order, Verb::Hold, &Move::default()),
            Some(("approved", true))
        );
        assert!(apply(&mut order, Verb::Pay, &Move::of(10_001), 5).is_err());
        done(&mut order, Verb::Pay, &Move::of(9_000));
        assert_eq!((order.truth.approved, order.truth.deposited), (10_000, 9_000));
        assert_eq!(
            done(&mut order, Verb::Reverse, &Move::default()),
            Some(("reversed", true))
        );
        assert!(apply(&mut order, Verb::Pay, &Move::default(), 5).is_err());
    }
}
