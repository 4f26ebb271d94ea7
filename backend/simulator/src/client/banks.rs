//! Accounts, orders and callbacks.

use reqwest::Method;

use super::{Control, ControlError};
use crate::api::{BankAccount, BankFaults, BankSettings, Move, NewOrder, Order, Resend, Verb};

type Answer<T> = Result<T, ControlError>;

impl Control {
    /// Every account with its settings and faults.
    pub async fn banks(&self) -> Answer<Vec<BankAccount>> {
        self.get(&["banks"]).await
    }

    /// Makes an account or changes its settings; what is `None` stays.
    pub async fn set_bank(&self, bank: &str, account: &str, settings: &BankSettings) -> Answer<BankSettings> {
        self.call(Method::PUT, &["banks", bank, account], settings).await
    }

    /// Replaces an account's faults.
    pub async fn set_bank_faults(
        &self,
        bank: &str,
        account: &str,
        faults: &BankFaults,
    ) -> Answer<BankFaults> {
        self.call(Method::PUT, &["banks", bank, account, "faults"], faults)
            .await
    }

    /// Makes an order without the bank's own call.
    pub async fn create_order(&self, bank: &str, account: &str, new: &NewOrder) -> Answer<Order> {
        self.call(Method::POST, &["banks", bank, account, "orders"], new)
            .await
    }

    /// The truth about every order, newest first.
    pub async fn orders(&self, bank: &str, account: &str) -> Answer<Vec<Order>> {
        self.get(&["banks", bank, account, "orders"]).await
    }

    /// The truth about one order.
    pub async fn order(&self, bank: &str, account: &str, number: &str) -> Answer<Order> {
        self.get(&["banks", bank, account, "orders", number]).await
    }

    /// Does something to an order.
    pub async fn act(
        &self,
        bank: &str,
        account: &str,
        number: &str,
        verb: Verb,
        how: &Move,
    ) -> Answer<Order> {
        self.call(
            Method::POST,
            &["banks", bank, account, "orders", number, verb.as_str()],
            how,
        )
        .await
    }

    /// The money is taken.
    pub async fn pay(&self, bank: &str, account: &str, number: &str, how: &Move) -> Answer<Order> {
        self.act(bank, account, number, Verb::Pay, how).await
    }

    /// The issuer refuses.
    pub async fn decline(&self, bank: &str, account: &str, number: &str, how: &Move) -> Answer<Order> {
        self.act(bank, account, number, Verb::Decline, how).await
    }

    /// Money is given back.
    pub async fn refund(&self, bank: &str, account: &str, number: &str, amount: i64) -> Answer<Order> {
        self.act(bank, account, number, Verb::Refund, &Move::of(amount))
            .await
    }

    /// Sends a callback now, whatever the faults say.
    pub async fn send_callback(&self, bank: &str, account: &str, number: &str, how: &Resend) -> Answer<()> {
        self.send(
            Method::POST,
            &["banks", bank, account, "orders", number, "callback"],
            how,
        )
        .await
        .map(drop)
    }

    /// Sends a forged callback that claims the order is paid.
    pub async fn forge(&self, bank: &str, account: &str, number: &str) -> Answer<()> {
        self.send_callback(
            bank,
            account,
            number,
            &Resend {
                forge: true,
                ..Resend::default()
            },
        )
        .await
    }
}
