//! All sample states down, all events across: what each comes to, and what follows.
//!
//! A cell is `x` (refused), `=` (unchanged), or `->` with the new bank status (`.` when it stays and only the facts
//! grow) and marks: `P` pass the payment on, `R…` pass on that so much went back, `W` withdraw the payment, `?` ask
//! the bank, `!` a person has to look (`ok`: no longer). One snapshot a kind of event, so that each fits on a page.

use std::collections::HashSet;
use std::fmt::Write as _;

use strum::VariantArray;

use super::effect::Effect;
use super::event::{Event, EventKind};
use super::samples::{after, at, delivered, fact, news, step};
use super::transition::AttemptState;
use crate::status::{BankStatus, CrmStatus};

/// How each sample state is reached. Every bank status must be among them.
const STATES: &[(&str, &str)] = &[
    ("created", ""),
    ("pending", "app pending"),
    ("authorized", "answered authorized"),
    ("paid, told", "told paid"),
    ("paid, asked", "told paid, answered paid, crm synced"),
    ("paid, by hand", "set paid, crm queued"),
    ("by hand, synced", "set paid, crm synced"),
    ("declined", "answered declined"),
    ("denied by hand", "set declined"),
    ("expired", "answered expired"),
    ("abandoned", "app abandoned"),
    ("reversed hold", "told authorized, answered reversed"),
    ("reversed, told", "told paid, told reversed"),
    ("voided", "told paid, answered reversed, crm synced"),
    ("part refunded", "answered partially_refunded, crm synced"),
    ("refunded", "answered refunded, crm synced"),
    ("another sum", "told paid sum 9999"),
    ("conflict", "set paid, answered declined"),
];

fn states() -> Vec<(&'static str, AttemptState)> {
    let states: Vec<_> = STATES.iter().map(|(name, line)| (*name, after(line))).collect();
    let reached: HashSet<BankStatus> = states.iter().map(|(_, state)| state.bank_status).collect();
    for status in BankStatus::VARIANTS {
        assert!(reached.contains(status), "no sample state is {status}");
    }
    states
}

/// Every event of a kind, with every status that it can carry, an hour after all that was known.
fn events(kind: EventKind) -> Vec<(String, Event)> {
    let at = at(3600);
    let each = |make: &dyn Fn(BankStatus) -> Event| {
        let all = BankStatus::VARIANTS.iter();
        all.map(|status| (status.to_string(), make(*status)))
            .collect::<Vec<_>>()
    };
    match kind {
        EventKind::AppReported => each(&|status| Event::AppReported { status, at }),
        EventKind::Notified => with_another_sum(
            "told",
            each(&|status| Event::Notified {
                fact: fact(status),
                at,
            }),
        ),
        EventKind::BankAnswered => {
            let fact = |status| Some(fact(status));
            let mut all = each(&|status| Event::BankAnswered {
                fact: fact(status),
                at,
            });
            all.push(("nothing".to_owned(), Event::BankAnswered { fact: None, at }));
            with_another_sum("answered", all)
        }
        EventKind::Listed => with_another_sum(
            "listed",
            each(&|status| Event::Listed {
                fact: fact(status),
                at,
            }),
        ),
        EventKind::Overridden => each(&|status| Event::Overridden { status, at }),
        EventKind::Hinted => [true, false]
            .map(|payment| (format!("payment {payment}"), Event::Hinted { payment, at }))
            .to_vec(),
        EventKind::Suspected => vec![("suspected".to_owned(), Event::Suspected)],
        EventKind::Delivered => CrmStatus::VARIANTS
            .iter()
            .map(|status| (status.to_string(), delivered(*status)))
            .collect(),
    }
}

fn with_another_sum(who: &str, mut events: Vec<(String, Event)>) -> Vec<(String, Event)> {
    let another = news(&format!("{who} paid sum 9998 @3600"));
    events.extend(another.into_iter().map(|event| ("paid 9998".to_owned(), event)));
    events
}

fn cell(before: &AttemptState, event: &Event) -> String {
    let Ok((after, effects)) = step(before, event) else {
        return "x".to_owned();
    };
    if after == *before && effects.is_empty() {
        return "=".to_owned();
    }
    let same = after.bank_status == before.bank_status;
    let mut cell = format!("-> {}", if same { "." } else { short(after.bank_status) });
    for effect in effects {
        match effect {
            Effect::PassOnPayment => cell.push_str(" P"),
            Effect::PassOnRefund { amount } => write!(cell, " R{amount}").unwrap(),
            Effect::WithdrawPayment => cell.push_str(" W"),
            Effect::AskBank => cell.push_str(" ?"),
        }
    }
    match (before.attention, after.attention) {
        (Some(_), None) => cell.push_str(" ok"),
        (known, Some(new)) if known != Some(new) => cell.push_str(" !"),
        _ => {}
    }
    cell
}

fn short(status: BankStatus) -> &'static str {
    match status {
        BankStatus::Authorized => "held",
        BankStatus::PartiallyRefunded => "part",
        BankStatus::Abandoned => "gave up",
        BankStatus::Created
        | BankStatus::Pending
        | BankStatus::Paid
        | BankStatus::Declined
        | BankStatus::Expired
        | BankStatus::Reversed
        | BankStatus::Refunded => status.into(),
    }
}

fn table(kind: EventKind) -> String {
    let events = events(kind);
    let mut rows = vec![
        [String::new()]
            .into_iter()
            .chain(events.iter().map(|(name, _)| name.clone()))
            .collect::<Vec<_>>(),
    ];
    for (name, state) in states() {
        let cells = events.iter().map(|(_, event)| cell(&state, event));
        rows.push([name.to_owned()].into_iter().chain(cells).collect());
    }
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..=events.len()).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_state_meets_every_event() {
    for kind in EventKind::VARIANTS {
        insta::assert_snapshot!(format!("{kind:?}"), table(*kind));
    }
}

#[test]
fn no_event_gives_more_when_it_comes_twice() {
    for kind in EventKind::VARIANTS {
        for (event_name, event) in events(*kind) {
            for (name, state) in states() {
                let Ok((once, _)) = step(&state, &event) else {
                    continue;
                };
                // A person's repeat is refused, unless it answers something that asks for attention.
                let Ok((twice, effects)) = step(&once, &event) else {
                    assert_eq!(*kind, EventKind::Overridden);
                    continue;
                };
                let may_ask = matches!(event, Event::Hinted { .. } | Event::Suspected);
                assert!(
                    effects.is_empty() || (may_ask && effects == [Effect::AskBank]),
                    "{name} + {kind:?} {event_name} twice: {effects:?}"
                );
                assert_eq!(
                    once.bank_status, twice.bank_status,
                    "{name} + {kind:?} {event_name}"
                );
            }
        }
    }
}
