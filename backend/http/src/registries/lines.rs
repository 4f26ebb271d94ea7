//! The lines of a registry.

use actix_web::get;
use actix_web::web::{Data, Json};
use serde::Deserialize;
use sverka_app::App;
use sverka_app::registries::LinesQuery;
use sverka_domain::registry::LineResult;
use utoipa::IntoParams;

use super::view::RegistryLineView;
use crate::attempts::search::limit;
use crate::auth::{Allowed, View};
use crate::extract::{QueryOf, RegistryPath, present};
use crate::problem::Problem;
use crate::views::PageOf;

/// Which lines.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct LinesParams {
    /// Of these results; may be repeated.
    #[serde(default)]
    #[param(max_items = 50)]
    result: Vec<LineResult>,
    /// From `next_cursor` of the page before.
    #[param(pattern = "^[A-Za-z0-9_-]{11}$")]
    #[serde(default, deserialize_with = "present")]
    cursor: Option<String>,
    /// Rows of the page.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "present")]
    limit: Option<u32>,
}

/// Lines, in the order of the file.
///
/// What the journal has as paid and the registry does not list comes last, without a number.
#[utoipa::path(operation_id = "list_registry_lines", tag = "registries",
    params(("id" = uuid::Uuid, Path, description = "Id of the registry"), LinesParams),
    responses((status = 200, description = "One page", body = PageOf<RegistryLineView>)))]
#[get("/registries/{id}/lines")]
pub(crate) async fn list_registry_lines(
    app: Data<App>,
    _: Allowed<View>,
    id: RegistryPath,
    params: QueryOf<LinesParams>,
) -> Result<Json<PageOf<RegistryLineView>>, Problem> {
    let params = params.0;
    let query = LinesQuery {
        results: params.result,
        cursor: params.cursor,
        limit: limit(params.limit)?,
    };
    let found = app.registry_lines(id.0, query).await?;
    Ok(Json(PageOf::new(found, RegistryLineView::from)))
}
