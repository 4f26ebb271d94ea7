//! What the run prints.

use jiff::SignedDuration;

use crate::judge::{AtBank, Outcome};

/// Lost, healed, and how soon, bank by bank.
pub(crate) fn table(outcome: &Outcome) -> String {
    let mut lines = vec![format!(
        "{:<14} {:>6} {:>6} {:>5} {:>6} {:>5} {:>6} {:>9} {:>9}",
        "bank", "orders", "asked", "sent", "forged", "lost", "healed", "median", "p99"
    )];
    for (bank, at_bank) in &outcome.banks {
        lines.push(line(bank, at_bank));
    }
    lines.join("\n")
}

fn line(bank: &str, at_bank: &AtBank) -> String {
    let mut healed = at_bank.healed.clone();
    healed.sort_unstable();
    let at = |share: usize| {
        let last = healed.len().checked_sub(1);
        let time = last.map(|last| healed[(healed.len() * share / 100).min(last)]);
        time.map_or_else(|| "-".to_owned(), shown)
    };
    format!(
        "{bank:<14} {:>6} {:>6} {:>5} {:>6} {:>5} {:>6} {:>9} {:>9}",
        at_bank.orders,
        at_bank.asked,
        at_bank.sent,
        at_bank.forged,
        at_bank.lost,
        healed.len(),
        at(50),
        at(99)
    )
}

/// Hours, minutes and seconds.
fn shown(time: SignedDuration) -> String {
    let seconds = time.as_secs();
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
