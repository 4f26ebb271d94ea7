//! Doing something to an order and telling the merchant of it: the way every caller takes.

use crate::api::{Bank, Move, NewOrder, Operation, Order, OrderState, Verb};
use crate::bank::{self, BankOrder, Notice, Refused, apply};
use crate::callbacks;
use crate::clock;
use crate::simulator::Simulator;

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EventError {
    #[error("there is no account {0}/{1}")]
    NoAccount(&'static str, String),
    #[error("there is no order {0}")]
    NoOrder(String),
    #[error("the order number {0} is taken")]
    Taken(String),
    #[error("{0}")]
    Invalid(&'static str),
    #[error(transparent)]
    Refused(#[from] Refused),
}

/// Does `verb` to an order, now or after `how.after_ms`, and sets its callbacks on their way.
pub(crate) fn act(
    simulator: &Simulator,
    bank: Bank,
    account: &str,
    number: &str,
    verb: Verb,
    how: &Move,
) -> Result<Order, EventError> {
    if how.after_ms > 0 {
        return later(simulator, bank, account, number, verb, how);
    }
    let (order, planned) = {
        let mut world = simulator.world();
        let books = world
            .account(bank, account)
            .ok_or_else(|| no_account(bank, account))?;
        let order = books
            .orders
            .get_mut(number)
            .ok_or_else(|| EventError::NoOrder(number.to_owned()))?;
        let notice = apply(order, verb, how, clock::now_ms())?;
        let truth = order.truth.clone();
        let planned =
            notice.map(|notice| callbacks::for_move(books, number, notice, how, simulator.chance()));
        (truth, planned.unwrap_or_default())
    };
    callbacks::dispatch(simulator, planned);
    Ok(order)
}

fn later(
    simulator: &Simulator,
    bank: Bank,
    account: &str,
    number: &str,
    verb: Verb,
    how: &Move,
) -> Result<Order, EventError> {
    let truth = truth(simulator, bank, account, number)?;
    let (task, account, number) = (simulator.clone(), account.to_owned(), number.to_owned());
    let wait_ms = how.after_ms;
    let how = Move {
        after_ms: 0,
        ..how.clone()
    };
    let counted = simulator.wait_counted();
    simulator.spawn(async move {
        clock::sleep_on_errand_ms(wait_ms).await;
        if let Err(error) = act(&task, bank, &account, &number, verb, &how) {
            tracing::info!(order.number = number, %error, "a move that was to come later was refused");
        }
        drop(counted);
    });
    Ok(truth)
}

/// The truth about one order.
pub(crate) fn truth(
    simulator: &Simulator,
    bank: Bank,
    account: &str,
    number: &str,
) -> Result<Order, EventError> {
    let mut world = simulator.world();
    let books = world
        .account(bank, account)
        .ok_or_else(|| no_account(bank, account))?;
    let order = books
        .orders
        .get(number)
        .ok_or_else(|| EventError::NoOrder(number.to_owned()))?;
    Ok(order.truth.clone())
}

/// Registers an order. `shape` may add what only some callers know.
pub(crate) fn register(
    simulator: &Simulator,
    bank: Bank,
    account: &str,
    new: &NewOrder,
    shape: impl FnOnce(&mut BankOrder),
) -> Result<Order, EventError> {
    if new.order_number.is_empty() || new.amount <= 0 {
        return Err(EventError::Invalid(
            "an order needs a number and a positive amount",
        ));
    }
    let mut world = simulator.world();
    let books = world
        .account(bank, account)
        .ok_or_else(|| no_account(bank, account))?;
    if books.orders.get(&new.order_number).is_some() {
        return Err(EventError::Taken(new.order_number.clone()));
    }
    let mut order = BankOrder::new(
        bank,
        account,
        new,
        clock::now_ms(),
        simulator.base_url(),
        simulator.chance(),
    );
    shape(&mut order);
    let truth = order.truth.clone();
    books.orders.insert(order);
    Ok(truth)
}

/// Registers another payment of a number whose payment so far came to nothing.
pub(crate) fn renew(
    simulator: &Simulator,
    bank: Bank,
    account: &str,
    new: &NewOrder,
    shape: impl FnOnce(&mut BankOrder),
) -> Result<Order, EventError> {
    let mut world = simulator.world();
    let books = world
        .account(bank, account)
        .ok_or_else(|| no_account(bank, account))?;
    let number = new.order_number.as_str();
    let order = books
        .orders
        .get_mut(number)
        .ok_or_else(|| EventError::NoOrder(number.to_owned()))?;
    let open = [
        OrderState::Registered,
        OrderState::Acs,
        OrderState::Declined,
        OrderState::Expired,
    ];
    if !open.contains(&order.truth.state) {
        return Err(EventError::Taken(number.to_owned()));
    }
    order.renew(new, clock::now_ms(), simulator.base_url());
    shape(order);
    let truth = order.truth.clone();
    books.orders.know_as(number, &truth.bank_order_id);
    Ok(truth)
}

/// The merchant gives up an unpaid order, and the bank tells so where it does.
pub(crate) fn withdraw(
    simulator: &Simulator,
    bank: Bank,
    account: &str,
    number: &str,
) -> Result<Order, EventError> {
    let (order, planned) = {
        let mut world = simulator.world();
        let books = world
            .account(bank, account)
            .ok_or_else(|| no_account(bank, account))?;
        let order = books
            .orders
            .get_mut(number)
            .ok_or_else(|| EventError::NoOrder(number.to_owned()))?;
        bank::withdraw(order)?;
        let truth = order.truth.clone();
        let notice = Notice {
            operation: Operation::Deposited,
            success: false,
        };
        let how = Move::default();
        let planned = callbacks::for_move(books, number, notice, &how, simulator.chance());
        (truth, planned)
    };
    callbacks::dispatch(simulator, planned);
    Ok(order)
}

/// Ends the life of orders that nobody paid.
pub(crate) fn expire_overdue(simulator: &Simulator) {
    let now = clock::now_ms();
    let overdue: Vec<(Bank, String, String)> = {
        let world = simulator.world();
        let numbers = |((bank, name), books): (&(Bank, String), &crate::bank::Account)| {
            let (bank, name) = (*bank, name.clone());
            books
                .orders
                .overdue(now)
                .into_iter()
                .map(move |number| (bank, name.clone(), number))
        };
        world.banks.iter().flat_map(numbers).collect()
    };
    for (bank, account, number) in overdue {
        // Someone may have paid in between; then there is nothing to end.
        let _ = act(simulator, bank, &account, &number, Verb::Expire, &Move::default());
    }
}

/// When the life of the next order that nobody paid ends.
pub(crate) fn next_end_of_life(simulator: &Simulator) -> Option<i64> {
    let world = simulator.world();
    let ends = world
        .banks
        .values()
        .filter_map(|books| books.orders.next_end_of_life());
    ends.min()
}

fn no_account(bank: Bank, account: &str) -> EventError {
    EventError::NoAccount(bank.as_str(), account.to_owned())
}
