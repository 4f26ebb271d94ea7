//! Which attempts: these, or those that a filter finds.

use jiff::Timestamp;
use serde::Deserialize;
use sverka_app::bulk::{Chosen, MOST_CHOSEN};
use sverka_app::ports::store::AttemptFilter;
use sverka_domain::ids::AttemptId;
use sverka_domain::search::MAX_QUERY;
use sverka_domain::status::{BankStatus, CrmStatus};
use utoipa::ToSchema;

use crate::problem::{ErrorCode, Faults, Problem};

/// The greatest number of values of a filter.
const MOST_VALUES: usize = 50;

/// What a journal is searched by, as in the query of the search.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JournalFilter {
    /// Surname or full name, phone in any spelling or its last digits, order number, bank order id.
    #[schema(max_length = 200)]
    q: Option<String>,
    #[serde(default)]
    #[schema(max_items = 50)]
    payment_type: Vec<String>,
    #[serde(default)]
    #[schema(max_items = 50)]
    merchant: Vec<String>,
    #[serde(default)]
    #[schema(max_items = 50)]
    bank: Vec<String>,
    #[serde(default)]
    #[schema(max_items = 50)]
    bank_account: Vec<String>,
    #[serde(default)]
    #[schema(max_items = 50)]
    bank_status: Vec<BankStatus>,
    #[serde(default)]
    #[schema(max_items = 50)]
    crm_status: Vec<CrmStatus>,
    #[schema(value_type = Option<String>, format = DateTime)]
    created_from: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    created_to: Option<Timestamp>,
    #[schema(minimum = 0)]
    amount_from: Option<i64>,
    #[schema(minimum = 0)]
    amount_to: Option<i64>,
    needs_attention: Option<bool>,
    lost_callback: Option<bool>,
}

/// Attempts by their ids, or those that a filter finds now: one of the two.
pub(super) fn chosen(ids: Option<Vec<AttemptId>>, filter: Option<JournalFilter>) -> Result<Chosen, Problem> {
    let mut faults = Faults::default();
    match (ids, filter) {
        (Some(ids), None) if ids.len() > MOST_CHOSEN => Err(Problem::new(
            ErrorCode::BulkTooLarge,
            format!("at most {MOST_CHOSEN} attempts by their ids: choose by a filter"),
        )),
        (Some(ids), None) => Ok(Chosen::These(ids)),
        (None, Some(filter)) => {
            check(&filter, &mut faults);
            faults.finish()?;
            Ok(matching(filter))
        }
        (Some(_), Some(_)) | (None, None) => {
            faults.add("ids", "invalid", "give either ids or a filter");
            faults.finish()?;
            Ok(Chosen::These(Vec::new()))
        }
    }
}

fn check(filter: &JournalFilter, faults: &mut Faults) {
    let text = filter.q.as_deref().unwrap_or_default();
    if text.chars().count() > MAX_QUERY {
        faults.add("filter.q", "too_long", "at most 200 characters");
    }
    let lists = [
        ("filter.payment_type", filter.payment_type.len()),
        ("filter.merchant", filter.merchant.len()),
        ("filter.bank", filter.bank.len()),
        ("filter.bank_account", filter.bank_account.len()),
        ("filter.bank_status", filter.bank_status.len()),
        ("filter.crm_status", filter.crm_status.len()),
    ];
    for (field, values) in lists {
        if values > MOST_VALUES {
            faults.add(field, "too_long", "a filter takes at most 50 values");
        }
    }
    for (field, amount) in [
        ("filter.amount_from", filter.amount_from),
        ("filter.amount_to", filter.amount_to),
    ] {
        if amount.is_some_and(i64::is_negative) {
            faults.add(field, "out_of_range", "an amount is not negative");
        }
    }
}

fn matching(filter: JournalFilter) -> Chosen {
    Chosen::Matching(
        filter.q,
        Box::new(AttemptFilter {
            readings: Vec::new(),
            payment_types: filter.payment_type,
            merchants: filter.merchant,
            banks: filter.bank,
            bank_accounts: filter.bank_account,
            bank_statuses: filter.bank_status,
            crm_statuses: filter.crm_status,
            created_from: filter.created_from,
            created_to: filter.created_to,
            amount_from: filter.amount_from,
            amount_to: filter.amount_to,
            needs_attention: filter.needs_attention,
            lost_callback: filter.lost_callback,
        }),
    )
}
