//! Searching the journal.

use actix_web::get;
use actix_web::web::{Data, Json};
use jiff::Timestamp;
use serde::Deserialize;
use sverka_app::App;
use sverka_app::attempts::SearchQuery;
use sverka_app::paging::{DEFAULT_LIMIT, MAX_LIMIT};
use sverka_app::ports::store::AttemptFilter;
use sverka_domain::search::MAX_QUERY;
use sverka_domain::status::{BankStatus, CrmStatus};
use utoipa::IntoParams;

use super::AttemptView;
use crate::auth::{Allowed, View};
use crate::extract::{QueryOf, present};
use crate::problem::{ErrorCode, FieldError, Problem};
use crate::views::PageOf;

/// What to look for. Filters narrow the result; a filter that is repeated takes any of its values.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SearchParams {
    /// Surname or full name, phone in any spelling or its last digits, order number, bank order id.
    #[param(max_length = 200)]
    q: Option<String>,
    /// Codes of payment types.
    #[serde(default)]
    #[param(max_items = 50)]
    payment_type: Vec<String>,
    /// Codes of merchants.
    #[serde(default)]
    #[param(max_items = 50)]
    merchant: Vec<String>,
    /// Codes of banks.
    #[serde(default)]
    #[param(max_items = 50)]
    bank: Vec<String>,
    /// Names of bank accounts.
    #[serde(default)]
    #[param(max_items = 50)]
    bank_account: Vec<String>,
    /// Bank statuses.
    #[serde(default)]
    #[param(max_items = 50)]
    bank_status: Vec<BankStatus>,
    /// CRM statuses.
    #[serde(default)]
    #[param(max_items = 50)]
    crm_status: Vec<CrmStatus>,
    /// Created at this time or later.
    #[param(value_type = Option<String>, format = DateTime)]
    #[serde(default, deserialize_with = "present")]
    created_from: Option<Timestamp>,
    /// Created before this time.
    #[param(value_type = Option<String>, format = DateTime)]
    #[serde(default, deserialize_with = "present")]
    created_to: Option<Timestamp>,
    /// At least so much, in minor units.
    #[param(minimum = 0)]
    #[serde(default, deserialize_with = "present")]
    amount_from: Option<i64>,
    /// At most so much, in minor units.
    #[param(minimum = 0)]
    #[serde(default, deserialize_with = "present")]
    amount_to: Option<i64>,
    /// Whether a person has to look at it.
    #[serde(default, deserialize_with = "present")]
    needs_attention: Option<bool>,
    /// Whether the bank has it as paid and its notification never came.
    #[serde(default, deserialize_with = "present")]
    lost_callback: Option<bool>,
    /// From `next_cursor` of the page before.
    #[param(pattern = "^[A-Za-z0-9_-]{32}$")]
    #[serde(default, deserialize_with = "present")]
    cursor: Option<String>,
    /// Rows of the page.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "present")]
    limit: Option<u32>,
}

impl SearchParams {
    /// Whether a page was asked for.
    pub(super) fn has_page(&self) -> bool {
        self.cursor.is_some() || self.limit.is_some()
    }
}

/// Attempts, newest first.
///
/// The text is tried as it is, in the other keyboard layout, and transliterated.
///
/// `total` is counted to 10 000 in a period, to 1 000 with a filter, and with a text to 100, or as far as the page itself went
/// (of a journal or a period of up to 2 000 attempts: to its end): a count is not to cost more than the page. What is beyond is
/// told by `gte`.
#[utoipa::path(operation_id = "search_attempts", tag = "payment-attempts", params(SearchParams),
    responses((status = 200, description = "One page", body = PageOf<AttemptView>)))]
#[get("/payment-attempts")]
pub(crate) async fn search_attempts(
    app: Data<App>,
    caller: Allowed<View>,
    params: QueryOf<SearchParams>,
) -> Result<Json<PageOf<AttemptView>>, Problem> {
    let mut wanted = query(params.0)?;
    wanted.asker = caller.user();
    let found = app.search_attempts(wanted).await?;
    Ok(Json(PageOf::new(found, |seen| {
        AttemptView::new(seen, caller.role())
    })))
}

pub(super) fn query(params: SearchParams) -> Result<SearchQuery, Problem> {
    let limit = limit(params.limit)?;
    if params
        .q
        .as_deref()
        .is_some_and(|text| text.chars().count() > MAX_QUERY)
    {
        return Err(wrong("q", "too_long", "at most 200 characters"));
    }
    let lists = [
        &params.payment_type,
        &params.merchant,
        &params.bank,
        &params.bank_account,
    ];
    if lists.iter().any(|list| list.len() > 50)
        || params.bank_status.len() > 50
        || params.crm_status.len() > 50
    {
        return Err(wrong("", "too_long", "a filter takes at most 50 values"));
    }
    if params.amount_from.is_some_and(i64::is_negative) || params.amount_to.is_some_and(i64::is_negative) {
        return Err(wrong("amount_from", "out_of_range", "an amount is not negative"));
    }
    Ok(SearchQuery {
        text: params.q,
        asker: None,
        filter: AttemptFilter {
            readings: Vec::new(),
            payment_types: params.payment_type,
            merchants: params.merchant,
            banks: params.bank,
            bank_accounts: params.bank_account,
            bank_statuses: params.bank_status,
            crm_statuses: params.crm_status,
            created_from: params.created_from,
            created_to: params.created_to,
            amount_from: params.amount_from,
            amount_to: params.amount_to,
            needs_attention: params.needs_attention,
            lost_callback: params.lost_callback,
        },
        cursor: params.cursor,
        limit,
    })
}

/// The number of rows that was asked for, within bounds.
pub(crate) fn limit(asked: Option<u32>) -> Result<u32, Problem> {
    match asked.unwrap_or(DEFAULT_LIMIT) {
        limit @ 1..=MAX_LIMIT => Ok(limit),
        _ => Err(wrong("limit", "out_of_range", "from 1 to 200")),
    }
}

/// A parameter that cannot be used.
pub(crate) fn wrong(field: &str, code: &str, message: &str) -> Problem {
    let fault = FieldError {
        field: field.into(),
        code: code.into(),
        message: message.into(),
    };
    Problem::new(ErrorCode::InvalidQuery, format!("{field}: {message}")).with_errors(vec![fault])
}
