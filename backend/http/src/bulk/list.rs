//! The runs.

use actix_web::get;
use actix_web::web::{Data, Json};
use serde::Deserialize;
use sverka_app::App;
use utoipa::IntoParams;

use super::BulkRunView;
use crate::attempts::search::limit;
use crate::auth::{Allowed, View};
use crate::extract::{QueryOf, present};
use crate::problem::Problem;
use crate::views::PageOf;

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct BulkRunParams {
    /// From `next_cursor` of the page before.
    #[param(pattern = "^[A-Za-z0-9_-]{32}$")]
    #[serde(default, deserialize_with = "present")]
    cursor: Option<String>,
    /// Rows of the page.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "present")]
    limit: Option<u32>,
}

/// Actions on many attempts, newest first.
#[utoipa::path(operation_id = "list_bulk_runs", tag = "bulk", params(BulkRunParams),
    responses((status = 200, description = "One page", body = PageOf<BulkRunView>)))]
#[get("/bulk-runs")]
pub(crate) async fn list_bulk_runs(
    app: Data<App>,
    _: Allowed<View>,
    params: QueryOf<BulkRunParams>,
) -> Result<Json<PageOf<BulkRunView>>, Problem> {
    let params = params.0;
    let found = app.list_bulk_runs(params.cursor, limit(params.limit)?).await?;
    Ok(Json(PageOf::new(found, BulkRunView::from)))
}
