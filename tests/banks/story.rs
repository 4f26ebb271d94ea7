//! What becomes of an order: written before the run begins, by the seed.

use rand::RngExt as _;
use rand::rngs::StdRng;
use sverka_simulator::api::Verb;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Something that happens at the bank, so many seconds after what was before.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    pub(crate) after: i64,
    pub(crate) verb: Verb,
    /// Of a refund in part, minor units.
    pub(crate) amount: Option<i64>,
    /// Of a refusal: no other card can be tried.
    pub(crate) is_final: bool,
}

/// What can become of an order at a bank, so that anybody who asks can see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Possible {
    /// An order that was refused for good may be paid yet.
    pub(crate) late_success: bool,
    /// Its answers show that money went back.
    pub(crate) shows_returns: bool,
}

/// The story of an order of so many minor units.
pub(crate) fn of(chance: &mut StdRng, amount: i64, possible: Possible) -> Vec<Step> {
    let mut step = |from: i64, to: i64, verb: Verb| Step {
        after: chance.random_range(from..to),
        verb,
        amount: None,
        is_final: true,
    };
    let at_the_page = (10, 15 * MINUTE);
    let pay = step(at_the_page.0, at_the_page.1, Verb::Pay);
    let hold = step(at_the_page.0, at_the_page.1, Verb::Hold);
    let decline = step(at_the_page.0, at_the_page.1, Verb::Decline);
    let soon = step(MINUTE, 2 * HOUR, Verb::Pay);
    let undo = step(HOUR, 10 * HOUR, Verb::Reverse);
    let back = step(HOUR, 5 * DAY, Verb::Refund);
    let more = step(HOUR, DAY, Verb::Refund);
    let part = Step {
        amount: Some(amount / 3),
        ..back
    };
    let rest = Step {
        amount: Some(amount - amount / 3),
        ..more
    };
    let failed_try = Step {
        is_final: false,
        ..decline
    };
    // Within the order's life.
    let another_card = Step {
        after: soon.after % (5 * MINUTE) + 1,
        ..soon
    };
    match chance.random_range(0..100) {
        0..46 => vec![pay],
        46..54 => vec![decline],
        54..57 => vec![sooner(failed_try), another_card],
        57..60 if possible.late_success => vec![decline, soon],
        // Nobody comes: the order's life ends.
        60..70 => Vec::new(),
        70..74 => vec![hold],
        74..80 => vec![hold, soon],
        80..84 => vec![hold, sooner(undo)],
        84..88 if possible.shows_returns => vec![pay, undo],
        88..93 if possible.shows_returns => vec![pay, back],
        93..97 if possible.shows_returns => vec![pay, part],
        97.. if possible.shows_returns => vec![pay, part, rest],
        _ => vec![pay],
    }
}

fn sooner(step: Step) -> Step {
    Step {
        after: step.after / 10 + 1,
        ..step
    }
}
