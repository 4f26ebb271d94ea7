//! Whether an account's notifications come as usual.
//!
//! What is usual is learned from ended hours ([`Usual::learn`]): how many notifications an hour of the week brings, what
//! share of payments loses its notification, what share of attempts ends in one. Little history is drawn to the account's
//! mean, and makes every probability milder, never sharper. The first week of an incident teaches nothing; what goes on for
//! longer becomes usual.
//!
//! [`judge`] opens an incident on evidence that cannot lie, so that neither a quiet night nor a holiday alarms:
//!
//! 1. **Silent, by payments.** The bank says that payments are paid, and the notifications of the newest `k` of them in a
//!    row did not come within [`GRACE`]. With the usual loss share `p` that has the probability `p^k`; the limit is 1e-7.
//! 2. **Silent, both ways.** The bank sends nothing and answers nothing. The time since the last notification has a
//!    Poisson probability of at most 1e-6 by the pace of these hours of the week (its rate known only as well as the
//!    history tells), *and* the attempts recorded meanwhile, of which nothing is known, would all have ended without a
//!    payment with a probability of at most 1e-4. The second is what a night or a holiday without clients cannot fake.
//! 3. **Losing.** Among the newest 10, 20, 40, 80 or 160 payments so many lost their notification as by the usual share
//!    has a (binomial) probability of at most 1e-8, and the share is twice the usual and ten points above it.
//!
//! [`has_returned`] closes it: among the newest payments since it began so many were heard of as, were the incident's own
//! loss share still true, would have a probability of at most 0.002. After silence that is four notified payments in a row.
//!
//! What that comes to, by the simulation beside this (`simulation.rs`, years of virtual time, run as a test): an account
//! with 20 payments an hour by day, 1 % of whose notifications are lost as usual, has its incident 14 minutes after its
//! notifications were switched off in the median, and after 26 minutes in 95 of 100 cases: four payments have to come
//! and be lost, and each is waited for three minutes. At 200 payments an hour it takes 5 and 6 minutes, at two an hour
//! two hours and four. Where the bank answers no questions either it takes 43 and 50 minutes at 20 an hour. In 1 000 weeks
//! with quiet nights, holidays and hours in which the bank's answers fail not one incident is opened (so that, with 95 %
//! confidence, there are fewer than three in 1 000 weeks; by the limit above 0.03 are to be expected); nor in 1 000 weeks
//! of an account with a payment an hour, nor in 100 of one that loses 30 % as usual.

mod chance;
mod usual;
mod watch;

pub use usual::{Hour, Usual};
pub use watch::{Doubts, GRACE, NEWEST, Payment, Seen, has_returned, judge};

#[cfg(test)]
mod simulation;
