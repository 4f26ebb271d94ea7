//! An order in the bank's books: the truth anyone may see, and what only the bank needs.

use crate::api::{Bank, NewOrder, Order, OrderState};
use crate::chance::Chance;

/// The life of an order nobody gave one, as the RBS gateway's default.
const DEFAULT_LIFE_SECS: i64 = 1_200;

/// What the payment page needs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    pub(crate) return_url: Option<String>,
    pub(crate) fail_url: Option<String>,
    pub(crate) description: Option<String>,
    /// Own fields of the payment form, or the metadata of a payment: echoed in the callback.
    pub(crate) extra: Vec<(String, String)>,
}

/// A payment that another one took the place of, under the same number of the merchant's.
#[derive(Clone, Debug)]
pub(crate) struct Former {
    pub(crate) id: String,
    pub(crate) state: OrderState,
    pub(crate) amount: i64,
}

/// An order.
#[derive(Clone, Debug)]
pub(crate) struct BankOrder {
    pub(crate) truth: Order,
    pub(crate) page: Page,
    /// The address given at registration; it wins over the account's.
    pub(crate) callback_url: Option<String>,
    /// Robokassa's second address, given with the payment.
    pub(crate) second_url: Option<String>,
    /// Earlier payments of this number, oldest first.
    pub(crate) former: Vec<Former>,
    pub(crate) deposited_at: Option<i64>,
    pub(crate) reversed_at: Option<i64>,
    pub(crate) refunded_at: Option<i64>,
    /// How often it was asked about: each question has its own chance to fail.
    pub(crate) queries: u64,
    /// How many callbacks were planned: each has its own chances.
    pub(crate) notices: u64,
    /// How many ids were given out, those of transactions and refunds included.
    ids: u64,
    chance: Chance,
}

impl BankOrder {
    /// A fresh order.
    pub(crate) fn new(
        bank: Bank,
        account: &str,
        new: &NewOrder,
        now: i64,
        base_url: &str,
        chance: Chance,
    ) -> Self {
        let life_ms = new.life_secs.unwrap_or(DEFAULT_LIFE_SECS).saturating_mul(1_000);
        let mut order = Self {
            truth: Order {
                bank,
                account: account.to_owned(),
                order_number: new.order_number.clone(),
                bank_order_id: String::new(),
                state: OrderState::Registered,
                amount: new.amount,
                currency: new
                    .currency
                    .clone()
                    .unwrap_or_else(|| default_currency(bank).to_owned()),
                approved: 0,
                deposited: 0,
                refunded: 0,
                action_code: -100,
                failed_tries: 0,
                two_stage: new.two_stage,
                created_at: now,
                expires_at: now.saturating_add(life_ms),
                paid_at: None,
                payment_url: String::new(),
                refunds: Vec::new(),
                transactions: Vec::new(),
            },
            page: Page {
                return_url: new.return_url.clone(),
                description: new.description.clone(),
                ..Page::default()
            },
            callback_url: None,
            second_url: None,
            former: Vec::new(),
            deposited_at: None,
            reversed_at: None,
            refunded_at: None,
            queries: 0,
            notices: 0,
            ids: 0,
            chance,
        };
        order.open(base_url);
        order
    }

    /// Takes an id of the bank's and the page that belongs to it.
    fn open(&mut self, base_url: &str) {
        self.truth.bank_order_id = self.next_id();
        self.truth.payment_url = format!(
            "{base_url}/{}/{}/pay/{}",
            self.truth.bank.as_str(),
            self.truth.account,
            self.truth.bank_order_id
        );
    }

    /// Another payment takes the place of one that came to nothing, under a new id.
    pub(crate) fn renew(&mut self, new: &NewOrder, now: i64, base_url: &str) {
        self.former.push(Former {
            id: self.truth.bank_order_id.clone(),
            state: self.truth.state,
            amount: self.truth.amount,
        });
        let life_ms = new.life_secs.unwrap_or(DEFAULT_LIFE_SECS).saturating_mul(1_000);
        self.truth.state = OrderState::Registered;
        self.truth.amount = new.amount;
        self.truth.two_stage = new.two_stage;
        self.truth.action_code = -100;
        self.truth.failed_tries = 0;
        self.truth.expires_at = now.saturating_add(life_ms);
        self.page.return_url.clone_from(&new.return_url);
        self.page.description.clone_from(&new.description);
        self.open(base_url);
    }

    /// The next id of this order, in the bank's form.
    pub(crate) fn next_id(&mut self) -> String {
        let number = self.ids.to_string();
        self.ids += 1;
        let words = [
            self.truth.bank.as_str(),
            &self.truth.account,
            &self.truth.order_number,
            &number,
        ];
        match self.truth.bank {
            Bank::Sber | Bank::Alfa | Bank::Vtb | Bank::SberEcom | Bank::YooKassa | Bank::Robokassa => {
                self.chance.uuid(&words)
            }
            Bank::PayOnline | Bank::Tbank | Bank::CloudPayments => self.chance.transaction_id(&words),
            Bank::Stripe => format!("pi_{}", self.chance.uuid(&words).replace('-', "")),
        }
    }

    /// A word made of this order's seed and these words: always the same for the same.
    pub(crate) fn word(&self, words: &[&str]) -> String {
        self.chance.uuid(words).replace('-', "")
    }

    /// Whether its life has ended without payment, and nobody has noticed yet.
    pub(crate) fn is_overdue(&self, now: i64) -> bool {
        now >= self.truth.expires_at && matches!(self.truth.state, OrderState::Registered | OrderState::Acs)
    }
}

/// The rouble in the bank's words.
pub(crate) fn default_currency(bank: Bank) -> &'static str {
    match bank {
        Bank::Sber | Bank::Alfa | Bank::Vtb | Bank::SberEcom => "643",
        Bank::PayOnline | Bank::Tbank | Bank::YooKassa | Bank::CloudPayments | Bank::Robokassa => "RUB",
        Bank::Stripe => "rub",
    }
}
