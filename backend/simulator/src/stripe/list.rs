//! One page of a list, newest first.

use serde_json::{Value, json};

use super::call::{Call, Outcome, invalid};

const MOST: i64 = 100;

/// The page that `limit`, `starting_after` and `created[…]` ask for.
pub(super) fn page(call: &Call, mut all: Vec<Value>) -> Outcome {
    let limit = call.form.number("limit").unwrap_or(10);
    if !(1..=MOST).contains(&limit) {
        return Err(invalid("limit is wrong"));
    }
    all.retain(|one| is_within(call, one["created"].as_i64().unwrap_or(0)));
    all.sort_by_key(|one| std::cmp::Reverse(one["created"].as_i64()));
    let start = match call.form.get("starting_after") {
        None => 0,
        Some(after) => {
            let found = all.iter().position(|one| one["id"] == after);
            found.ok_or_else(|| invalid("starting_after is not in the list"))? + 1
        }
    };
    let mut rest = all.into_iter().skip(start);
    let data: Vec<Value> = rest.by_ref().take(usize::try_from(limit).unwrap_or(10)).collect();
    Ok(json!({"object": "list", "url": call.path(), "has_more": rest.next().is_some(), "data": data}))
}

fn is_within(call: &Call, created: i64) -> bool {
    let fits = |bound: &str, fits: fn(i64, i64) -> bool| {
        let bound = call.form.number(&format!("created[{bound}]"));
        bound.is_none_or(|bound| fits(created, bound))
    };
    fits("gte", |at, bound| at >= bound)
        && fits("gt", |at, bound| at > bound)
        && fits("lte", |at, bound| at <= bound)
        && fits("lt", |at, bound| at < bound)
}
