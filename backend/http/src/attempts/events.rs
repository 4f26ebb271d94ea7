//! The timeline of an attempt.

use actix_web::get;
use actix_web::web::{Data, Json};
use serde::Deserialize;
use sverka_app::App;
use utoipa::IntoParams;

use super::search::limit;
use super::timeline_view::TimelineEntryView;
use crate::auth::{Allowed, View};
use crate::extract::{AttemptPath, QueryOf, present};
use crate::problem::Problem;
use crate::views::PageOf;

/// Which part of the timeline.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct EventParams {
    /// From `next_cursor` of the page before.
    #[param(pattern = "^[A-Za-z0-9_-]{32}$")]
    #[serde(default, deserialize_with = "present")]
    cursor: Option<String>,
    /// Rows of the page.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "present")]
    limit: Option<u32>,
}

/// The timeline, newest first.
///
/// Notifications raw, the bank's answers, overrides, deliveries: who did what, when, and why.
#[utoipa::path(operation_id = "list_events", tag = "payment-attempts",
    params(("id" = uuid::Uuid, Path, description = "Id of the attempt"), EventParams),
    responses((status = 200, description = "One page", body = PageOf<TimelineEntryView>)))]
#[get("/payment-attempts/{id}/events")]
pub(crate) async fn list_events(
    app: Data<App>,
    _: Allowed<View>,
    id: AttemptPath,
    params: QueryOf<EventParams>,
) -> Result<Json<PageOf<TimelineEntryView>>, Problem> {
    let page = app
        .timeline(id.0, params.0.cursor, limit(params.0.limit)?)
        .await?;
    Ok(Json(PageOf::new(page, TimelineEntryView::from)))
}
