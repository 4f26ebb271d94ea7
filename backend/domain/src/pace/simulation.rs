//! Weeks of an account in virtual time: how soon a switched-off callback is noticed, and how often nothing is taken for
//! something. The numbers in the documentation come from here.
#![expect(clippy::float_arithmetic, reason = "a simulation of chance")]

use jiff::Timestamp;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use super::usual::{Hour, Usual};
use super::watch::{Doubts, GRACE, NEWEST, Payment, Seen, judge};
use crate::incident::Finding;

/// How an account lives.
#[derive(Clone, Copy)]
struct Life {
    /// Payments an hour from 8 to 22.
    by_day: f64,
    /// Payments an hour at night.
    by_night: f64,
    /// The share of attempts that is paid.
    paying: f64,
    /// The share of payments whose notification is lost as usual.
    loss: f64,
    /// The share of days that are holidays: a twentieth of the clients comes.
    holidays: f64,
    /// The share of hours in which the bank's answers fail.
    deaf_hours: f64,
}

const CLUB: Life = Life {
    by_day: 20.0,
    by_night: 0.5,
    paying: 0.6,
    loss: 0.01,
    holidays: 0.03,
    deaf_hours: 0.005,
};

/// What happens to the notifications and to the bank's answers at a time.
#[derive(Clone, Copy, PartialEq)]
enum Outage {
    None,
    Callbacks(i64),
    Everything(i64),
}

struct World {
    life: Life,
    rng: StdRng,
    second: i64,
    hours: Vec<Hour>,
    payments: Vec<Payment>,
    doubts: Doubts,
    last_heard_at: Option<Timestamp>,
    usual: Usual,
    outage: Outage,
    is_holiday: bool,
    is_watched: bool,
}

fn time(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

impl World {
    fn new(life: Life, rng: StdRng) -> Self {
        Self {
            life,
            rng,
            second: 0,
            hours: Vec::new(),
            payments: Vec::new(),
            doubts: Doubts::default(),
            last_heard_at: None,
            usual: Usual::learn(&[]),
            outage: Outage::None,
            is_holiday: false,
            is_watched: true,
        }
    }

    /// Lives for so many hours; what the watch finds ends it.
    fn live(&mut self, hours: i64) -> Option<(i64, Finding)> {
        (0..hours).find_map(|_| self.hour())
    }

    fn hour(&mut self) -> Option<(i64, Finding)> {
        let begin = self.second;
        let nth = begin / 3600;
        if nth % 24 == 0 {
            self.is_holiday = self.rng.random_bool(self.life.holidays);
        }
        if nth % 168 == 0 {
            let kept = self.hours.len().saturating_sub(8 * 168);
            self.hours.drain(..kept);
            self.usual = Usual::learn(&self.hours);
        }
        let paid = if (8..22).contains(&(nth % 24)) {
            self.life.by_day
        } else {
            self.life.by_night
        };
        let coming = paid / self.life.paying * if self.is_holiday { 0.05 } else { 1.0 };
        let is_deaf = self.rng.random_bool(self.life.deaf_hours);
        self.hours.push(Hour {
            at: time(begin),
            recorded: 0,
            heard: 0,
            lost: 0,
        });
        let mut at = begin as f64;
        loop {
            at += -self.rng.random_range(f64::MIN_POSITIVE..1.0).ln() / coming * 3600.0;
            if at >= (begin + 3600) as f64 {
                break;
            }
            let found = self.client(at as i64, is_deaf);
            if found.is_some() {
                return found;
            }
        }
        self.second = begin + 3600;
        self.look(self.second)
    }

    /// A client comes, and the watch looks as soon as this one's notification would be missed.
    fn client(&mut self, at: i64, is_deaf: bool) -> Option<(i64, Finding)> {
        let pays = self.rng.random_bool(self.life.paying);
        let (mut is_lost, mut is_deaf) = (self.rng.random_bool(self.life.loss), is_deaf);
        match self.outage {
            Outage::Callbacks(since) => is_lost |= at >= since,
            Outage::Everything(since) => {
                (is_lost, is_deaf) = (is_lost | (at >= since), is_deaf | (at >= since))
            }
            Outage::None => {}
        }
        let hour = self.hours.last_mut().unwrap();
        hour.recorded += 1;
        if pays && !is_lost {
            hour.heard += 1;
            self.last_heard_at = Some(time(at));
            self.doubts = Doubts::default();
        } else if pays && !is_deaf {
            hour.lost += 1;
        } else if is_deaf {
            self.doubts.count += 1;
            self.doubts.since = self.doubts.since.or(Some(time(at)));
        }
        if pays && !(is_lost && is_deaf) {
            self.payments.insert(
                0,
                Payment {
                    paid_at: time(at),
                    is_heard: !is_lost,
                },
            );
            self.payments.truncate(NEWEST + 8);
        }
        self.look(at + GRACE.as_secs() + 50)
    }

    /// The poller asks every 20 seconds and the watch looks every 30: 50 seconds at the worst.
    fn look(&self, second: i64) -> Option<(i64, Finding)> {
        if !self.is_watched {
            return None;
        }
        let seen = Seen {
            payments: &self.payments,
            last_heard_at: self.last_heard_at,
            doubts: self.doubts,
            now: time(second),
        };
        judge(&self.usual, &seen).map(|finding| (second, finding))
    }
}

/// How many incidents there are in so many weeks, after eight to learn from, while nothing is wrong.
fn false_alarms(life: Life, weeks: i64, rng: StdRng) -> usize {
    let mut world = World::new(life, rng);
    world.is_watched = false;
    world.live(8 * 168);
    world.is_watched = true;
    (0..weeks).filter(|_| world.live(168).is_some()).count()
}

/// Minutes until an outage that begins at a random time of the day is found, sorted.
fn delays(life: Life, times: usize, outage: impl Fn(i64) -> Outage, rng: &mut StdRng) -> Vec<i64> {
    let mut world = World::new(life, StdRng::from_rng(rng));
    assert_eq!(world.live(8 * 168), None);
    let mut found: Vec<i64> = (0..times)
        .map(|_| {
            // Each time the same eight weeks, and another day.
            let mut day = World {
                rng: StdRng::from_rng(rng),
                hours: world.hours.clone(),
                payments: world.payments.clone(),
                usual: world.usual.clone(),
                life: Life {
                    holidays: 0.0,
                    ..life
                },
                ..World::new(life, StdRng::from_rng(rng))
            };
            day.second = world.second;
            assert_eq!(day.live(10), None);
            let since = day.second + day.rng.random_range(0..3 * 3600);
            day.outage = outage(since);
            let (at, _) = day.live(100 * 24).expect("found in the end");
            (at - since) / 60
        })
        .collect();
    found.sort_unstable();
    found
}

fn median_and_95(delays: &[i64]) -> (i64, i64) {
    (delays[delays.len() / 2], delays[delays.len() * 95 / 100])
}

#[test]
fn a_thousand_weeks_with_quiet_nights_and_holidays_open_no_incident() {
    let found = false_alarms(CLUB, 1_000, StdRng::seed_from_u64(1));
    println!("false alarms in 1 000 weeks at 20 payments an hour: {found}");
    assert_eq!(found, 0);
}

#[test]
fn neither_small_nor_lossy_accounts_alarm_without_cause() {
    let small = Life {
        by_day: 1.0,
        by_night: 0.02,
        ..CLUB
    };
    let lossy = Life { loss: 0.3, ..CLUB };
    let answers_badly = Life {
        deaf_hours: 0.1,
        by_day: 5.0,
        ..CLUB
    };
    for (nth, (life, weeks)) in [(small, 1_000), (lossy, 100), (answers_badly, 300)]
        .into_iter()
        .enumerate()
    {
        let found = false_alarms(life, weeks, StdRng::seed_from_u64(10 + nth as u64));
        println!("false alarms in {weeks} weeks of life {nth}: {found}");
        assert_eq!(found, 0, "life {nth}");
    }
}

#[test]
fn callbacks_switched_off_are_noticed_within_minutes() {
    let mut rng = StdRng::seed_from_u64(2);
    let (median, most) = median_and_95(&delays(CLUB, 400, Outage::Callbacks, &mut rng));
    println!("20 payments an hour: noticed after {median} minutes in the median, {most} in 95 of 100");
    assert!(median <= 15 && most <= 29, "{median} {most}");
    let busy = Life {
        by_day: 200.0,
        ..CLUB
    };
    let (median, most) = median_and_95(&delays(busy, 50, Outage::Callbacks, &mut rng));
    println!("200 payments an hour: {median}, {most}");
    assert!(most <= 7, "{median} {most}");
    let small = Life { by_day: 2.0, ..CLUB };
    let (median, most) = median_and_95(&delays(small, 100, Outage::Callbacks, &mut rng));
    println!("2 payments an hour: {median}, {most}");
    assert!(median <= 240, "{median} {most}");
}

#[test]
fn a_bank_that_neither_sends_nor_answers_is_noticed_too() {
    let mut rng = StdRng::seed_from_u64(3);
    let (median, most) = median_and_95(&delays(CLUB, 200, Outage::Everything, &mut rng));
    println!("20 payments an hour, no answers either: {median}, {most}");
    assert!(median <= 70, "{median} {most}");
}
