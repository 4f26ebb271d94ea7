//! Attempts and events for the tests. States are never written down, only reached.

use jiff::Timestamp;

use super::effect::Effect;
use super::event::Event;
use super::record::Attempt;
use super::standing::BankFact;
use super::transition::{AttemptState, Outcome, Rejected, apply};
use crate::client::Client;
use crate::ids::AttemptId;
use crate::money::{Currency, Money};
use crate::status::{BankStatus, CrmStatus};

/// What every sample attempt is over.
pub(crate) const SUM: i64 = 10_000;

pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

pub(crate) fn new() -> AttemptState {
    AttemptState::new(Money::new(SUM, Currency::RUB))
}

pub(crate) fn fact(status: BankStatus) -> BankFact {
    BankFact {
        status,
        amount: Some(Money::new(SUM, Currency::RUB)),
        refunded: (status == BankStatus::PartiallyRefunded).then_some(SUM / 4),
        paid_at: None,
    }
}

/// Events from a line such as `app pending, told paid sum 9999 @5, answered nothing, set refunded, crm synced`.
///
/// Who speaks: `app`, `told` (a signed notification), `answered` (the bank, asked), `listed` (the registry),
/// `set` (a person), `crm` (the deliveries). The nth event comes at the nth second unless it says `@second`.
pub(crate) fn news(line: &str) -> Vec<Event> {
    let texts = line.split(',').map(str::trim).filter(|text| !text.is_empty());
    texts.zip(1..).map(|(text, nth)| event(text, nth)).collect()
}

fn event(text: &str, nth: i64) -> Event {
    let (text, at) = match text.split_once(" @") {
        Some((text, second)) => (text, at(second.parse().unwrap())),
        None => (text, at(nth)),
    };
    let (who, what) = text.split_once(' ').unwrap();
    let status = || what.parse().unwrap();
    match who {
        "app" => Event::AppReported { status: status(), at },
        "told" => Event::Notified {
            fact: spoken(what),
            at,
        },
        "answered" => Event::BankAnswered {
            fact: (what != "nothing").then(|| spoken(what)),
            at,
        },
        "listed" => Event::Listed {
            fact: spoken(what),
            at,
        },
        "set" => Event::Overridden { status: status(), at },
        "crm" => delivered(what.parse().unwrap()),
        _ => panic!("nobody is called {who}"),
    }
}

/// `paid`, `paid sum 9999`, `paid usd`, `paid back 5000` or `paid dated 5`.
fn spoken(what: &str) -> BankFact {
    let words: Vec<&str> = what.split(' ').collect();
    let mut fact = fact(words[0].parse().unwrap());
    match words[1..] {
        [] => {}
        ["sum", sum] => fact.amount = Some(Money::new(sum.parse().unwrap(), Currency::RUB)),
        ["usd"] => fact.amount = Some(Money::new(SUM, "USD".parse().unwrap())),
        ["back", sum] => fact.refunded = Some(sum.parse().unwrap()),
        ["dated", second] => fact.paid_at = Some(at(second.parse().unwrap())),
        _ => panic!("what is {what}?"),
    }
    fact
}

pub(crate) fn delivered(status: CrmStatus) -> Event {
    Event::Delivered {
        status,
        document_ref: (status == CrmStatus::Synced).then(|| "000042".to_owned()),
    }
}

/// The state after one more event, and what follows from it.
pub(crate) fn step(state: &AttemptState, event: &Event) -> Result<(AttemptState, Vec<Effect>), Rejected> {
    Ok(match apply(state, event)? {
        Outcome::Moved(moved) => (moved.state, moved.effects),
        Outcome::Unchanged => (state.clone(), Vec::new()),
    })
}

/// Where a new attempt ends after the events, and all that follows from them. None may be refused.
pub(crate) fn run<'a>(events: impl IntoIterator<Item = &'a Event>) -> (AttemptState, Vec<Effect>) {
    let mut all = Vec::new();
    let mut state = new();
    for event in events {
        let (next, effects) =
            step(&state, event).unwrap_or_else(|rejected| panic!("{event:?} at {state:?}: {rejected}"));
        state = next;
        all.extend(effects);
    }
    (state, all)
}

/// Where a new attempt ends after the line of news.
pub(crate) fn after(line: &str) -> AttemptState {
    run(&news(line)).0
}

/// A recorded attempt that stands where the line of news leaves it.
pub(crate) fn attempt(line: &str) -> Attempt {
    Attempt {
        id: AttemptId(uuid::Uuid::from_u128(1)),
        merchant: "main".to_owned(),
        order_number: "A-10452".to_owned(),
        bank: "sber".to_owned(),
        bank_account: "main".to_owned(),
        bank_order_id: None,
        rrn: None,
        payment_url: None,
        payment_type: "membership".to_owned(),
        client: Client {
            name: "Иванова Мария".to_owned(),
            phone: None,
            email: None,
            external_id: None,
        },
        description: None,
        metadata: serde_json::Map::new(),
        state: after(line),
        next_query_at: Some(at(600)),
        last_query_at: None,
        last_query_error: None,
        created_at: at(0),
        updated_at: at(500),
        version: 1,
    }
}
