//! The shapes of a search: nine kinds of text, five periods, five filters.

use jiff::{SignedDuration, Timestamp};
use sverka_app::ports::store::AttemptFilter;
use sverka_domain::search::readings;
use sverka_domain::status::{BankStatus, CrmStatus};

use crate::journal::{COMMON, Chance, Journal, UNCOMMON, rare, uncommon};

/// Kinds of text.
pub(super) const TEXTS: [&str; 9] = [
    "no text",
    "common name",
    "rare name",
    "0.15 % name",
    "4 digits",
    "7 digits",
    "middle of a word",
    "two words",
    "absent",
];
/// Periods.
pub(super) const PERIODS: [&str; 5] = ["any time", "last 30 days", "one day", "30 days", "a year"];
/// Filters, as the API takes them.
pub(super) const FILTERS: [(&str, &str); 5] = [
    ("", ""),
    ("type", "&payment_type=rent"),
    ("bank", "&bank=payonline"),
    ("statuses", "&bank_status=paid&crm_status=synced"),
    ("attention", "&needs_attention=true"),
];

/// The same filter, as the store takes it.
pub(super) fn filter(name: &str) -> AttemptFilter {
    let any = AttemptFilter::default();
    match name {
        "type" => AttemptFilter {
            payment_types: vec!["rent".into()],
            ..any
        },
        "bank" => AttemptFilter {
            banks: vec!["payonline".into()],
            ..any
        },
        "statuses" => AttemptFilter {
            bank_statuses: vec![BankStatus::Paid],
            crm_statuses: vec![CrmStatus::Synced],
            ..any
        },
        "attention" => AttemptFilter {
            needs_attention: Some(true),
            ..any
        },
        _ => any,
    }
}

/// The store's filter of a search.
pub(super) fn meant(text: &str, period: (Option<Timestamp>, Option<Timestamp>), name: &str) -> AttemptFilter {
    AttemptFilter {
        readings: if text.is_empty() {
            Vec::new()
        } else {
            readings(text)
        },
        created_from: period.0,
        created_to: period.1,
        ..filter(name)
    }
}

/// The nth text of a kind, of those that differ.
pub(super) fn text(kind: &str, journal: &Journal, nth: u64) -> String {
    let mut chance = Chance::of(0x5eed, nth);
    let somebody = journal.nth(chance.below(journal.rows)).attempt.client;
    let digits = |count: usize| {
        let number = chance.clone().below(10_000_000);
        let phone = somebody.phone.clone().unwrap_or_else(|| format!("{number:07}"));
        phone[phone.len() - count..].to_owned()
    };
    match kind {
        "common name" => common(nth),
        "rare name" => rare(nth * 31),
        "0.15 % name" => uncommon(nth % UNCOMMON),
        "4 digits" => digits(4),
        "7 digits" => digits(7),
        "middle of a word" => somebody
            .name
            .chars()
            .skip(1)
            .take(5)
            .collect::<String>()
            .trim()
            .to_owned(),
        "two words" => somebody.name.split(' ').take(2).collect::<Vec<_>>().join(" "),
        "absent" => format!("ъщыж{}", rare(nth)),
        _ => String::new(),
    }
}

/// A common surname, of men and women, whole and cut.
fn common(nth: u64) -> String {
    let (surname, _) = COMMON[usize::try_from(nth % COMMON.len() as u64).unwrap_or(0)];
    match nth / COMMON.len() as u64 {
        0 => surname.to_owned(),
        1 => format!("{surname}а"),
        _ => surname.chars().take(5).collect(),
    }
}

/// The nth period of a kind.
pub(super) fn period(kind: &str, journal: &Journal, nth: u64) -> (Option<Timestamp>, Option<Timestamp>) {
    let days = |count: i64| SignedDuration::from_hours(24 * count);
    let some = i64::try_from(Chance::of(0xda7e, nth).below(700)).unwrap_or(0);
    let end = journal.until - days(some);
    match kind {
        "last 30 days" => (Some(journal.until - days(30)), None),
        "one day" => (Some(end - days(1)), Some(end)),
        "30 days" => (Some(end - days(30)), Some(end)),
        "a year" => (Some(journal.until - days(500)), Some(journal.until - days(135))),
        _ => (None, None),
    }
}
