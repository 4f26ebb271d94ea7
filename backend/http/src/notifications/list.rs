//! Searching the notifications.

use actix_web::get;
use actix_web::web::{Data, Json};
use jiff::Timestamp;
use serde::Deserialize;
use sverka_app::App;
use sverka_app::callbacks::NotificationQuery;
use sverka_app::ports::store::{NotificationFilter, NotificationVerdict};
use utoipa::IntoParams;

use super::NotificationView;
use crate::attempts::search::{limit, wrong};
use crate::auth::{Allowed, View};
use crate::extract::{QueryOf, present};
use crate::problem::Problem;
use crate::views::PageOf;

/// The longest number to look for, in characters.
const MAX_NUMBER: usize = 200;
/// So many values of one filter at most.
const MAX_VALUES: usize = 50;

/// What to look for. Filters narrow the result; a filter that is repeated takes any of its values.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct NotificationParams {
    /// Order number or bank order id, in full.
    #[param(max_length = 200)]
    q: Option<String>,
    /// Codes of banks.
    #[serde(default)]
    #[param(max_items = 50)]
    bank: Vec<String>,
    /// Names of bank accounts.
    #[serde(default)]
    #[param(max_items = 50)]
    bank_account: Vec<String>,
    /// What became of them.
    #[serde(default)]
    #[param(max_items = 50)]
    verdict: Vec<NotificationVerdict>,
    /// Came at this time or later.
    #[param(value_type = Option<String>, format = DateTime)]
    #[serde(default, deserialize_with = "present")]
    received_from: Option<Timestamp>,
    /// Came before this time.
    #[param(value_type = Option<String>, format = DateTime)]
    #[serde(default, deserialize_with = "present")]
    received_to: Option<Timestamp>,
    /// From `next_cursor` of the page before.
    #[param(pattern = "^[A-Za-z0-9_-]{32}$")]
    #[serde(default, deserialize_with = "present")]
    cursor: Option<String>,
    /// Rows of the page.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "present")]
    limit: Option<u32>,
}

/// Notifications, newest first.
#[utoipa::path(operation_id = "list_notifications", tag = "notifications", params(NotificationParams),
    responses((status = 200, description = "One page", body = PageOf<NotificationView>)))]
#[get("/notifications")]
pub(crate) async fn list_notifications(
    app: Data<App>,
    caller: Allowed<View>,
    params: QueryOf<NotificationParams>,
) -> Result<Json<PageOf<NotificationView>>, Problem> {
    let mut wanted = query(params.0)?;
    wanted.asker = caller.user();
    let found = app.search_notifications(wanted).await?;
    Ok(Json(PageOf::new(found, NotificationView::from)))
}

fn query(params: NotificationParams) -> Result<NotificationQuery, Problem> {
    let limit = limit(params.limit)?;
    let number = params.q.as_deref().unwrap_or_default();
    if number.chars().count() > MAX_NUMBER {
        return Err(wrong("q", "too_long", "at most 200 characters"));
    }
    let lists = [params.bank.len(), params.bank_account.len(), params.verdict.len()];
    if lists.iter().any(|values| *values > MAX_VALUES) {
        return Err(wrong("", "too_long", "a filter takes at most 50 values"));
    }
    Ok(NotificationQuery {
        asker: None,
        filter: NotificationFilter {
            number: params.q,
            banks: params.bank,
            bank_accounts: params.bank_account,
            verdicts: params.verdict,
            received_from: params.received_from,
            received_to: params.received_to,
        },
        cursor: params.cursor,
        limit,
    })
}
