//! The rows of a run.

use actix_web::get;
use actix_web::web::{Data, Json};
use serde::Deserialize;
use sverka_app::App;
use sverka_app::bulk::BulkRowsQuery;
use sverka_app::ports::store::BulkOutcome;
use utoipa::IntoParams;

use super::view::BulkRowView;
use crate::attempts::search::limit;
use crate::auth::{Allowed, View};
use crate::extract::{BulkRunPath, QueryOf, present};
use crate::problem::Problem;
use crate::views::PageOf;

/// Which rows.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct BulkRowParams {
    /// That came to this.
    #[serde(default, deserialize_with = "present")]
    outcome: Option<BulkOutcome>,
    /// From `next_cursor` of the page before.
    #[param(pattern = "^[A-Za-z0-9_-]{11}$")]
    #[serde(default, deserialize_with = "present")]
    cursor: Option<String>,
    /// Rows of the page.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "present")]
    limit: Option<u32>,
}

/// The attempts of a run, and what became of each.
#[utoipa::path(operation_id = "list_bulk_rows", tag = "bulk",
    params(("id" = uuid::Uuid, Path, description = "Id of the run"), BulkRowParams),
    responses((status = 200, description = "One page", body = PageOf<BulkRowView>)))]
#[get("/bulk-runs/{id}/rows")]
pub(crate) async fn list_bulk_rows(
    app: Data<App>,
    _: Allowed<View>,
    id: BulkRunPath,
    params: QueryOf<BulkRowParams>,
) -> Result<Json<PageOf<BulkRowView>>, Problem> {
    let params = params.0;
    let query = BulkRowsQuery {
        outcome: params.outcome,
        cursor: params.cursor,
        limit: limit(params.limit)?,
    };
    let found = app.bulk_rows(id.0, query).await?;
    Ok(Json(PageOf::new(found, BulkRowView::from)))
}
