//! The incidents.

use actix_web::get;
use actix_web::web::{Data, Json};
use serde::Deserialize;
use sverka_app::App;
use sverka_app::incidents::IncidentQuery;
use sverka_app::ports::store::IncidentFilter;
use sverka_domain::incident::IncidentState;
use utoipa::IntoParams;

use super::IncidentView;
use crate::attempts::search::{limit, wrong};
use crate::auth::{Allowed, View};
use crate::extract::{QueryOf, present};
use crate::problem::Problem;
use crate::views::PageOf;

/// The greatest number of values of a filter.
const MOST_VALUES: usize = 50;

/// Which incidents. A filter that is repeated takes any of its values.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct IncidentParams {
    /// Whether they are over.
    #[serde(default, deserialize_with = "present")]
    state: Option<IncidentState>,
    /// Codes of banks.
    #[serde(default)]
    #[param(max_items = 50)]
    bank: Vec<String>,
    /// Names of bank accounts.
    #[serde(default)]
    #[param(max_items = 50)]
    bank_account: Vec<String>,
    /// From `next_cursor` of the page before.
    #[param(pattern = "^[A-Za-z0-9_-]{32}$")]
    #[serde(default, deserialize_with = "present")]
    cursor: Option<String>,
    /// Rows of the page.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "present")]
    limit: Option<u32>,
}

/// Incidents, newest first.
///
/// An account has one open incident at most. The counts of an open one are up to half a minute old.
#[utoipa::path(operation_id = "list_incidents", tag = "incidents", params(IncidentParams),
    responses((status = 200, description = "One page", body = PageOf<IncidentView>)))]
#[get("/incidents")]
pub(crate) async fn list_incidents(
    app: Data<App>,
    _: Allowed<View>,
    params: QueryOf<IncidentParams>,
) -> Result<Json<PageOf<IncidentView>>, Problem> {
    let params = params.0;
    if params.bank.len() > MOST_VALUES || params.bank_account.len() > MOST_VALUES {
        return Err(wrong("", "too_long", "a filter takes at most 50 values"));
    }
    let query = IncidentQuery {
        limit: limit(params.limit)?,
        filter: IncidentFilter {
            state: params.state,
            banks: params.bank,
            bank_accounts: params.bank_account,
        },
        cursor: params.cursor,
    };
    let page = app.list_incidents(query).await?;
    Ok(Json(PageOf::new(page, IncidentView::from)))
}
