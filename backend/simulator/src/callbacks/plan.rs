//! Which callbacks an event makes, and what is to become of each: decided once, before anything is sent.

use std::sync::Arc;

use super::bell::Bell;
use super::message::{Claim, Message, build};
use crate::api::{Bank, BankSettings, CallbackFate, Move, Operation, OrderState, Resend};
use crate::bank::{Account, BankOrder, Notice};
use crate::chance::Chance;

const TIMEOUT_MS: u64 = 10_000;

/// A callback, ready to go.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    pub(crate) bank: Bank,
    pub(crate) account: String,
    pub(crate) order_number: String,
    pub(crate) bank_order_id: String,
    pub(crate) notice: Notice,
    pub(crate) forged: bool,
    /// `None`: the account has no address.
    pub(crate) url: Option<String>,
    pub(crate) message: Message,
    pub(crate) dropped: bool,
    pub(crate) delay_ms: u64,
    /// Waits for another callback of the account, at most so long.
    pub(crate) reorder_ms: Option<u64>,
    /// Between tries, in place of the bank's own pauses.
    pub(crate) retry_interval_ms: Option<u64>,
    pub(crate) timeout_ms: u64,
    pub(crate) gone: Arc<Bell>,
}

/// The callbacks of a move, with the account's faults applied.
pub(crate) fn for_move(
    account: &mut Account,
    number: &str,
    notice: Notice,
    how: &Move,
    chance: Chance,
) -> Vec<Outgoing> {
    let claim = Claim {
        notice,
        forged: false,
        amount: how.wrong_amount,
    };
    // What the bank tells nobody of has no faults either.
    let mut planned = Vec::new();
    for callback in all(account, number, claim) {
        planned.extend(with_faults(account, number, callback, how, chance));
    }
    planned
}

fn with_faults(
    account: &mut Account,
    number: &str,
    mut callback: Outgoing,
    how: &Move,
    chance: Chance,
) -> Vec<Outgoing> {
    let Some(order) = account.orders.get_mut(number) else {
        return Vec::new();
    };
    order.notices += 1;
    let nth = order.notices.to_string();
    let (bank, name) = (order.truth.bank.as_str(), order.truth.account.clone());
    let faults = account.faults.clone();
    let words = |what| [what, bank, name.as_str(), number, nth.as_str()];
    let mut planned = Vec::new();
    if how.forge || chance.happens(faults.forge_rate, &words("forge")) {
        let same_way = |forged: &Outgoing| forged.message.to_second == callback.message.to_second;
        planned.extend(all(account, number, forgery(None)).into_iter().filter(same_way));
    }
    callback.dropped = how.callback == CallbackFate::Drop
        || (how.callback == CallbackFate::Send && chance.happens(faults.drop_rate, &words("drop")));
    callback.delay_ms = match how.callback {
        CallbackFate::Delay => how.delay_ms,
        _ => how.delay_ms.saturating_add(chance.between(
            faults.delay_ms_min,
            faults.delay_ms_max,
            &words("delay"),
        )),
    };
    callback.reorder_ms = chance
        .happens(faults.reorder_rate, &words("reorder"))
        .then_some(faults.reorder_hold_ms);
    let twice = chance.happens(faults.duplicate_rate, &words("duplicate"));
    let copies = if callback.dropped {
        1
    } else {
        how.copies.unwrap_or(1).saturating_add(u32::from(twice))
    };
    planned.extend(std::iter::repeat_n(
        callback,
        usize::try_from(copies).unwrap_or(1),
    ));
    planned
}

/// Callbacks sent by hand: no fault applies.
pub(crate) fn for_resend(account: &Account, number: &str, how: &Resend) -> Vec<Outgoing> {
    let Some(order) = account.orders.get(number) else {
        return Vec::new();
    };
    let fitting = fitting(order.truth.state, order.truth.two_stage);
    let notice = Notice {
        operation: how.operation.unwrap_or(fitting.operation),
        success: how.success.unwrap_or(how.operation.is_some() || fitting.success),
    };
    let claim = if how.forge {
        forgery(how.wrong_amount)
    } else {
        Claim {
            notice,
            forged: false,
            amount: how.wrong_amount,
        }
    };
    let copies = usize::try_from(how.copies.unwrap_or(1)).unwrap_or(1);
    let late = |mut callback: Outgoing| {
        callback.delay_ms = how.delay_ms;
        vec![callback; copies]
    };
    all(account, number, claim).into_iter().flat_map(late).collect()
}

fn forgery(amount: Option<i64>) -> Claim {
    Claim {
        notice: Notice {
            operation: Operation::Deposited,
            success: true,
        },
        forged: true,
        amount,
    }
}

/// What the bank sends of such an event, each to its address.
fn all(account: &Account, number: &str, claim: Claim) -> Vec<Outgoing> {
    let Some(order) = account.orders.get(number) else {
        return Vec::new();
    };
    let settings = &account.settings;
    let callback = |message: Message| {
        let url = address(order, settings, &message, claim.notice.success);
        // Without a second address there is nothing to send there.
        (url.is_some() || !message.to_second).then(|| Outgoing {
            bank: order.truth.bank,
            account: order.truth.account.clone(),
            order_number: order.truth.order_number.clone(),
            bank_order_id: order.truth.bank_order_id.clone(),
            notice: claim.notice,
            forged: claim.forged,
            url,
            message,
            dropped: false,
            delay_ms: 0,
            reorder_ms: None,
            retry_interval_ms: settings.retry_interval_ms,
            timeout_ms: settings.callback_timeout_ms.unwrap_or(TIMEOUT_MS),
            gone: Arc::clone(&account.gone),
        })
    };
    build(order, settings, claim)
        .into_iter()
        .filter_map(callback)
        .collect()
}

fn address(order: &BankOrder, settings: &BankSettings, message: &Message, success: bool) -> Option<String> {
    if message.to_second {
        let usual = || settings.second_callback_url.clone();
        return order.second_url.clone().or_else(usual);
    }
    let declined = settings.decline_url.clone().filter(|_| !success);
    let usual = || settings.callback_url.clone();
    let url = order.callback_url.clone().or(declined).or_else(usual)?;
    Some(url.replace("{type}", message.kind.unwrap_or_default()))
}

/// The event that brought an order to its state.
fn fitting(state: OrderState, two_stage: bool) -> Notice {
    let (operation, success) = match state {
        OrderState::Held => (Operation::Approved, true),
        OrderState::Paid => (Operation::Deposited, true),
        OrderState::Reversed => (Operation::Reversed, true),
        OrderState::Refunded | OrderState::PartiallyRefunded => (Operation::Refunded, true),
        OrderState::Expired => (Operation::DeclinedByTimeout, false),
        OrderState::Registered | OrderState::Acs | OrderState::Declined if two_stage => {
            (Operation::Approved, false)
        }
        OrderState::Registered | OrderState::Acs | OrderState::Declined => (Operation::Deposited, false),
    };
    Notice { operation, success }
}
