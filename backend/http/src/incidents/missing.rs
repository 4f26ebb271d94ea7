//! What an incident is about.

use actix_web::get;
use actix_web::web::{Data, Json};
use serde::Deserialize;
use sverka_app::App;
use utoipa::IntoParams;

use crate::attempts::AttemptView;
use crate::attempts::search::limit;
use crate::auth::{Allowed, View};
use crate::extract::{IncidentPath, QueryOf, present};
use crate::problem::Problem;
use crate::views::PageOf;

/// Which part of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct MissingParams {
    /// From `next_cursor` of the page before.
    #[param(pattern = "^[A-Za-z0-9_-]{32}$")]
    #[serde(default, deserialize_with = "present")]
    cursor: Option<String>,
    /// Rows of the page.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "present")]
    limit: Option<u32>,
}

/// The attempts of an incident, newest first.
///
/// Those paid in its time without a notification, and those recorded in it (within the last 24 hours) that are not paid
/// and still asked about.
#[utoipa::path(operation_id = "list_incident_attempts", tag = "incidents",
    params(("id" = uuid::Uuid, Path, description = "Id of the incident"), MissingParams),
    responses((status = 200, description = "One page", body = PageOf<AttemptView>)))]
#[get("/incidents/{id}/payment-attempts")]
pub(crate) async fn list_incident_attempts(
    app: Data<App>,
    caller: Allowed<View>,
    id: IncidentPath,
    params: QueryOf<MissingParams>,
) -> Result<Json<PageOf<AttemptView>>, Problem> {
    let page = app
        .incident_attempts(id.0, params.0.cursor, limit(params.0.limit)?)
        .await?;
    Ok(Json(PageOf::new(page, |seen| {
        AttemptView::new(seen, caller.role())
    })))
}
