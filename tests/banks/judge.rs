//! Whether the journal came to the truth, and how.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use sverka_app::ports::store::{Event, TimelineEntry};
use sverka_domain::ids::AttemptId;
use sverka_domain::status::BankStatus;
use sverka_simulator::api::{CallbackOutcome, CallbackRecord, Receipt};

use crate::history::healed_after;
use crate::order::{Order, agree, status};
use crate::stand::Stand;

/// Some three of ten are lost; with fewer than this the run has not been what it says.
const LEAST_LOST: usize = 20;

/// What happened at one bank.
#[derive(Debug, Default)]
pub(crate) struct AtBank {
    pub(crate) orders: usize,
    /// Questions to the bank.
    pub(crate) asked: usize,
    /// Notifications that were sent, the forged ones left out.
    pub(crate) sent: usize,
    pub(crate) forged: usize,
    /// Notifications that never left.
    pub(crate) lost: usize,
    /// Of these, how soon the journal knew nevertheless.
    pub(crate) healed: Vec<SignedDuration>,
}

/// The end of the run.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) banks: BTreeMap<String, AtBank>,
    /// What must not be, in words.
    pub(crate) faults: Vec<String>,
}

/// Looks at everything.
pub(crate) async fn judge(stand: &Stand) -> Outcome {
    let mut outcome = Outcome::default();
    let log = stand.app.control.callbacks().await.unwrap().items;
    let receipts = stand.app.control.accounting_payments("crm").await.unwrap();
    let summary = stand.app.control.accounting("crm").await.unwrap();
    if !summary.alarms.is_empty() {
        outcome
            .faults
            .push(format!("the accounting system is alarmed: {:?}", summary.alarms));
    }
    for order in &stand.orders {
        let sent: Vec<_> = log.iter().filter(|sent| is_of(sent, order)).collect();
        let told = look_at(stand, order, &sent, &receipts, &mut outcome).await;
        outcome.faults.extend(told);
    }
    let all = |count: fn(&AtBank) -> usize| outcome.banks.values().map(count).sum::<usize>();
    let (lost, forged) = (all(|bank| bank.lost), all(|bank| bank.forged));
    if lost < LEAST_LOST || forged == 0 {
        let what = format!("{lost} lost and {forged} forged prove nothing");
        outcome.faults.push(what);
    }
    outcome
}

fn is_of(sent: &CallbackRecord, order: &Order) -> bool {
    (sent.bank.as_str(), &sent.account, &sent.order_number) == (&*order.bank, &order.account, &order.number)
}

async fn look_at(
    stand: &Stand,
    order: &Order,
    sent: &[&CallbackRecord],
    receipts: &[Receipt],
    outcome: &mut Outcome,
) -> Vec<String> {
    let id = order.attempt.expect("every order began");
    let (state, truth, deposited) = stand.truth(order).await;
    let attempt = stand.app.sverka.attempt(id).await.unwrap().attempt;
    let seen = seen(stand, id, attempt.created_at).await;
    let mut faults = Vec::new();
    let mut fault = |what: String| {
        faults.push(format!(
            "{} {} {:?}: {what}",
            order.bank, order.number, order.story
        ));
    };
    let stands_at = attempt.state.bank_status;
    if !agree(&order.bank, status(state), stands_at) {
        let asked = (
            attempt.last_query_at,
            &attempt.last_query_error,
            attempt.next_query_at,
        );
        fault(format!(
            "the bank has it as {state:?}, the journal as {stands_at}: {truth:?} {seen:?}, asked {asked:?}"
        ));
    }
    // Whatever a forged notification claims: the journal never said what never was.
    for (_, said) in &seen {
        if !truth.iter().any(|(_, was)| agree(&order.bank, *was, *said)) {
            fault(format!("the journal said {said}, which never was: {truth:?}"));
        }
    }
    if attempt.state.attention.is_some() {
        fault(format!("it asks for attention: {:?}", attempt.state.attention));
    }
    if let Err(what) = posted(id, deposited, receipts) {
        fault(what);
    }
    let at_bank = outcome.banks.entry(order.bank.clone()).or_default();
    at_bank.orders += 1;
    at_bank.asked = stand.asked.get(&order.bank).copied().unwrap_or_default();
    for one in sent.iter().filter(|one| one.attempt == 1) {
        match (one.forged, one.outcome) {
            (true, _) => at_bank.forged += 1,
            (false, CallbackOutcome::Dropped) => {
                at_bank.lost += 1;
                let since = Timestamp::from_millisecond(one.at).unwrap();
                match healed_after(&order.bank, &truth, &seen, since) {
                    Some(after) => at_bank.healed.push(after),
                    None => fault(format!(
                        "{} at {since} was lost and never healed",
                        one.operation.as_str()
                    )),
                }
            }
            (false, CallbackOutcome::Sent) => at_bank.sent += 1,
            (false, CallbackOutcome::Failed | CallbackOutcome::NoTarget) => {
                fault(format!("a notification did not come through: {one:?}"));
            }
        }
    }
    faults
}

/// The statuses that the journal said, oldest first.
async fn seen(stand: &Stand, id: AttemptId, created_at: Timestamp) -> Vec<(Timestamp, BankStatus)> {
    let timeline = stand.app.sverka.timeline(id, None, 200).await.unwrap();
    assert!(
        timeline.next_cursor.is_none(),
        "a timeline of more than 200 entries"
    );
    let moved = |(event, ..): &TimelineEntry| {
        let Event { at, bank_status, .. } = event;
        bank_status.map(|(_, to)| (*at, to))
    };
    let mut seen: Vec<_> = timeline.items.iter().filter_map(moved).collect();
    seen.push((created_at, BankStatus::Created));
    seen.reverse();
    seen
}

/// The accounting system has exactly the money that the bank has: one payment, and what was given back of it.
fn posted(id: AttemptId, deposited: i64, receipts: &[Receipt]) -> Result<(), String> {
    let text = id.to_string();
    let of_it: Vec<_> = receipts
        .iter()
        .filter(|receipt| receipt.body["data"]["attempt_id"] == *text)
        .collect();
    let mut payments = 0;
    let mut sum = 0;
    for receipt in &of_it {
        let amount = receipt.body["data"]["amount"]["amount"].as_i64().unwrap();
        if receipt.applied_times != 1 || receipt.body_changed {
            return Err(format!("applied {} times", receipt.applied_times));
        }
        if receipt.body["type"] == "payment.succeeded" {
            payments += 1;
            sum += amount;
        } else {
            sum -= amount;
        }
    }
    if sum != deposited || payments > 1 || (deposited > 0 && payments != 1) {
        return Err(format!(
            "{payments} payments passed on, {sum} in sum, and the bank has {deposited}"
        ));
    }
    Ok(())
}
