//! The run itself: one clock for Sverka and for the banks, moved from each thing that is due to the next.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::time::Duration;

use futures_util::StreamExt as _;
use jiff::{SignedDuration, Timestamp};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::json;
use sverka_app::polling::{Asker, DueQueries};
use sverka_app::ports::bank::{AccountKey, NewOrder};
use sverka_domain::money::{Currency, Money};
use sverka_domain::status::BankStatus;
use sverka_simulator::api::{BankFaults, Move, OrderState, ServiceMode, Verb};
use sverka_tests::whole::{Engine, Setup, TestApp};

use crate::order::{Order, status};
use crate::story::Possible;
use crate::{accounts, story};

/// A Tuesday morning in Moscow.
const BEGINS_AT: &str = "2026-11-24T06:00:00Z";
/// New orders come for so long.
const RUSH: SignedDuration = SignedDuration::from_mins(50);
/// After so long the run is over: the last refund is five days and some hours after its payment, and the payment is looked
/// at in the seventh night after it.
const HORIZON: SignedDuration = SignedDuration::from_hours(9 * 24);
/// Up to this time, time goes on by no less than that: as often as a worker looks while clients pay, and more seldom
/// when one order is looked at every hour.
const STEPS: [(SignedDuration, SignedDuration); 3] = [
    (SignedDuration::from_mins(100), SignedDuration::from_secs(5)),
    (SignedDuration::from_hours(4), SignedDuration::from_mins(1)),
    (HORIZON, SignedDuration::from_mins(10)),
];
/// A refusal that turns into a payment does so within this time.
const LATE: SignedDuration = SignedDuration::from_hours(3);
/// Questions of one account that are under way at once, as the poller has them.
const AT_ONCE: usize = 4;

/// The next thing in a story: of this order, its nth step; 0 is the order itself.
type Due = Reverse<(Timestamp, usize, usize)>;

/// Sverka, the banks, and the orders.
pub(crate) struct Stand {
    pub(crate) app: TestApp,
    pub(crate) orders: Vec<Order>,
    /// Questions, by bank.
    pub(crate) asked: BTreeMap<String, usize>,
    seed: u64,
    due: BinaryHeap<Due>,
    browser: reqwest::Client,
}

impl Stand {
    pub(crate) async fn new(engine: Engine, seed: u64) -> Self {
        let app = TestApp::set_up(Setup {
            banks: accounts::banks,
            seed,
            ..Setup::on(engine)
        })
        .await;
        let browser = reqwest::Client::builder()
            .no_proxy()
            .tls_certs_only([])
            .build()
            .unwrap();
        let stand = Self {
            app,
            orders: Vec::new(),
            asked: BTreeMap::new(),
            seed,
            due: BinaryHeap::new(),
            browser,
        };
        stand.set_clocks(BEGINS_AT.parse().unwrap()).await;
        let modes = [
            ServiceMode::Error500,
            ServiceMode::Down,
            ServiceMode::SystemError,
            ServiceMode::Garbage,
        ];
        for (key, mode) in stand.keys().iter().zip(modes.iter().cycle()) {
            let faults = BankFaults {
                drop_rate: 0.3,
                duplicate_rate: 0.1,
                reorder_rate: 0.1,
                forge_rate: 0.05,
                query_fail_rate: 0.02,
                query_fail_mode: *mode,
                ..BankFaults::default()
            };
            let set = stand
                .app
                .control
                .set_bank_faults(&key.bank, &key.account, &faults);
            set.await.unwrap();
        }
        stand
    }

    /// So many orders at each bank, from the first client to the last look of the poller.
    pub(crate) async fn live_through(&mut self, orders_a_bank: usize) {
        self.write_stories(orders_a_bank);
        let begins_at = self.app.sverka.now();
        while let Some(next) = self.next().await {
            let now = self.app.sverka.now();
            let age = now.duration_since(begins_at);
            let Some((_, step)) = STEPS.iter().find(|(until, _)| age < *until) else {
                break;
            };
            let next = next.max(now + *step);
            if next > begins_at + HORIZON {
                break;
            }
            self.set_clocks(next).await;
            self.act().await;
            self.settle().await;
            self.poll().await;
            self.app.deliver().await;
            self.app.sverka.process_left_behind().await.unwrap();
        }
    }

    pub(crate) async fn finish(self) {
        self.app.finish().await;
    }

    fn keys(&self) -> Vec<AccountKey> {
        let accounts = self.app.sverka.banks().all();
        accounts.into_iter().map(|account| account.key.clone()).collect()
    }

    fn write_stories(&mut self, orders_a_bank: usize) {
        let begins_at = self.app.sverka.now();
        for (nth_bank, key) in self.keys().into_iter().enumerate() {
            let possible = self.possible(&key);
            // A bank that is added changes nothing for the others.
            let salt = |salt: u64, byte| salt.wrapping_mul(31) ^ u64::from(byte);
            let mut chance = StdRng::seed_from_u64(key.bank.bytes().fold(self.seed, salt));
            for nth in 0..orders_a_bank {
                let amount = chance.random_range(1_000..5_000_000);
                let later = chance.random_range(1..RUSH.as_secs());
                let order = Order {
                    bank: key.bank.clone(),
                    account: key.account.clone(),
                    // Digits alone are good at every bank.
                    number: (100_000 * (nth_bank + 1) + nth).to_string(),
                    amount,
                    begins_at: begins_at + SignedDuration::from_secs(later),
                    story: story::of(&mut chance, amount, possible),
                    attempt: None,
                    truth: Vec::new(),
                };
                self.due.push(Reverse((order.begins_at, self.orders.len(), 0)));
                self.orders.push(order);
            }
        }
    }

    fn possible(&self, key: &AccountKey) -> Possible {
        let account = self.app.sverka.banks().get(key).unwrap();
        Possible {
            late_success: account.port.policy().late_success.after_declined >= LATE,
            // Robokassa's state stays "paid" whatever goes back; only its cabinet knows.
            shows_returns: key.bank != "robokassa",
        }
    }

    /// When anybody has anything to do next.
    async fn next(&self) -> Option<Timestamp> {
        let bank = self.app.control.clock().await.unwrap();
        assert_eq!(bank.busy, 0);
        let bank = bank.next_ms.map(|ms| Timestamp::from_millisecond(ms).unwrap());
        let story = self.due.peek().map(|Reverse((at, ..))| *at);
        let delivery = self.app.sverka.next_delivery_due("crm".to_owned()).await.unwrap();
        let mut all = vec![bank, story, delivery];
        for key in self.keys() {
            all.push(self.app.sverka.next_due_query(key).await.unwrap());
        }
        all.into_iter().flatten().min()
    }

    async fn set_clocks(&self, at: Timestamp) {
        self.app.clock.stand_at(at);
        let set = self.app.control.set_clock(Some(at.as_millisecond())).await;
        set.unwrap();
    }

    /// Does what is due in the stories.
    async fn act(&mut self) {
        let now = self.app.sverka.now();
        while let Some(Reverse((at, nth, step))) = self.due.peek().copied()
            && at <= now
        {
            self.due.pop();
            if step == 0 {
                self.begin(nth).await;
            } else {
                self.happen(nth, step - 1).await;
            }
            if let Some(next) = self.orders[nth].story.get(step) {
                let at = at + SignedDuration::from_secs(next.after);
                self.due.push(Reverse((at, nth, step + 1)));
            }
        }
    }

    /// The app registers the order at the bank and records the attempt, and the client's browser opens the page.
    async fn begin(&mut self, nth: usize) {
        let order = self.orders[nth].clone();
        let now = self.app.sverka.now();
        let key = AccountKey {
            bank: order.bank.clone(),
            account: order.account.clone(),
        };
        let new = NewOrder {
            order_number: order.number.clone(),
            amount: Money::new(order.amount, Currency::RUB),
            description: None,
            return_url: "https://app.example.ru/paid".to_owned(),
            idempotency_key: order.number.clone(),
            email: None,
            phone: None,
            now,
            valid_until: None,
        };
        let account = self.app.sverka.banks().get(&key).unwrap().clone();
        let registered = account.port.register(&new).await.unwrap();
        let mut body = json!({
            "order_number": order.number,
            "bank": order.bank,
            "bank_account": order.account,
            "payment_type": "membership",
            "amount": { "amount": order.amount, "currency": "RUB" },
            "client": { "name": "Иванова Мария Петровна", "phone": "+7 916 123-45-67" },
        });
        if let Some(id) = registered.bank_order_id {
            body["bank_order_id"] = id.into();
        }
        let recorded = self
            .app
            .integrator()
            .post("/api/v1/payment-attempts", &body)
            .await
            .ok();
        let page = self.browser.get(&registered.payment_url).send().await.unwrap();
        assert!(
            page.status().is_success(),
            "{} answered {}",
            registered.payment_url,
            page.status()
        );
        let order = &mut self.orders[nth];
        order.attempt = Some(recorded["id"].as_str().unwrap().parse().unwrap());
        order.truth.push((now, BankStatus::Created));
    }

    /// A step of a story. What cannot be any more is left out: an order that ended cannot be refused.
    async fn happen(&mut self, nth: usize, step: usize) {
        let order = &self.orders[nth];
        let step = order.story[step];
        let how = Move {
            amount: step.amount,
            is_final: Some(step.is_final),
            ..Move::default()
        };
        let control = &self.app.control;
        if step.verb == Verb::Refund && order.bank == "payonline" {
            let settled = control.act(&order.bank, &order.account, &order.number, Verb::Settle, &how);
            settled.await.unwrap();
        }
        let done = control.act(&order.bank, &order.account, &order.number, step.verb, &how);
        let state = done.await.unwrap().state;
        let now = self.app.sverka.now();
        let truth = &mut self.orders[nth].truth;
        if !step.is_final {
            // The try was refused, and the order lives on.
            truth.push((now, BankStatus::Declined));
        }
        truth.push((now, status(state)));
    }

    /// Waits until every notification that is under way was answered, and notes whose order's life has ended.
    async fn settle(&mut self) {
        let quiet = async {
            while self.app.control.clock().await.unwrap().busy > 0 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(30), quiet).await;
        assert!(waited.is_ok(), "the banks do not come to rest");
    }

    /// Asks about everything that is due, all accounts at once.
    async fn poll(&mut self) {
        let now = self.app.sverka.now();
        let lanes = self.keys().into_iter().map(async |key| {
            let asked = self.lane(key.clone(), now).await;
            (key.bank, asked)
        });
        for (bank, asked) in futures_util::future::join_all(lanes).await {
            *self.asked.entry(bank).or_default() += asked;
        }
    }

    async fn lane(&self, key: AccountKey, now: Timestamp) -> usize {
        let sverka = &self.app.sverka;
        let mut asked = 0;
        while sverka
            .next_due_query(key.clone())
            .await
            .unwrap()
            .is_some_and(|due| due <= now)
        {
            let due = sverka
                .claim_due_queries(key.clone(), DueQueries::batch(20))
                .await
                .unwrap();
            asked += due.len();
            futures_util::stream::iter(due)
                .for_each_concurrent(AT_ONCE, async |due| {
                    // A bank that does not answer is written down with the attempt.
                    let _ = sverka.ask_bank(due.attempt_id, Asker::Poller).await;
                })
                .await;
        }
        asked
    }

    /// The truth at the end, and the ends of lives that nobody caused.
    pub(crate) async fn truth(&self, order: &Order) -> (OrderState, Vec<(Timestamp, BankStatus)>, i64) {
        let known = self
            .app
            .control
            .order(&order.bank, &order.account, &order.number)
            .await;
        let known = known.unwrap();
        let mut truth = order.truth.clone();
        let ended_at = Timestamp::from_millisecond(known.expires_at).unwrap();
        let is_untouched = truth
            .iter()
            .all(|(at, status)| *status == BankStatus::Created || *at > ended_at);
        if is_untouched {
            let place = truth.partition_point(|(at, _)| *at <= ended_at);
            truth.insert(place, (ended_at, BankStatus::Expired));
        }
        (known.state, truth, known.deposited)
    }
}
