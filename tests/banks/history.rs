//! What was so from when on, in the journal and at the bank.

use jiff::{SignedDuration, Timestamp};
use sverka_domain::status::BankStatus;

use crate::order::agree;

/// What was so from when on, oldest first.
pub(crate) type History = [(Timestamp, BankStatus)];

fn at(history: &History, time: Timestamp) -> Option<BankStatus> {
    let before = history.iter().rfind(|(from, _)| *from <= time);
    before.map(|(_, status)| *status)
}

/// How long after `since` the journal said for the first time what was true at that moment; `None`: it never did.
pub(crate) fn healed_after(
    bank: &str,
    truth: &History,
    seen: &History,
    since: Timestamp,
) -> Option<SignedDuration> {
    let mut moments: Vec<Timestamp> = truth.iter().chain(seen).map(|(from, _)| *from).collect();
    moments.push(since);
    moments.sort_unstable();
    let agreed = |moment: &Timestamp| {
        *moment >= since
            && at(truth, *moment)
                .zip(at(seen, *moment))
                .is_some_and(|(truth, seen)| agree(bank, truth, seen))
    };
    let first = moments.into_iter().find(agreed)?;
    Some(first.duration_since(since))
}
