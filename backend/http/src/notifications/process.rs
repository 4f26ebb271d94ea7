//! «Обработать ещё раз».

use actix_web::post;
use actix_web::web::{Data, Json};
use serde::Serialize;
use sverka_app::App;
use sverka_domain::ids::AttemptId;
use utoipa::ToSchema;

use super::view::NotificationDetail;
use crate::auth::{Allowed, Mend};
use crate::extract::NotificationPath;
use crate::problem::Problem;

/// What processing once more came to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProcessedAgainView {
    notification: NotificationDetail,
    /// Whether anything about it or its attempt is different now.
    changed: bool,
    #[schema(required = true)]
    attempt_id: Option<AttemptId>,
}

/// Process a notification again.
///
/// It is read with today's secrets and processed as if it had come now: a secret was mended, an attempt recorded since.
/// Doing so twice changes nothing more. Who did it stands in the timeline of its attempt.
#[utoipa::path(operation_id = "process_notification", tag = "notifications",
    params(("id" = uuid::Uuid, Path, description = "Id of the notification")),
    responses((status = 200, description = "Processed", body = ProcessedAgainView)))]
#[post("/notifications/{id}/process")]
pub(crate) async fn process_notification(
    app: Data<App>,
    caller: Allowed<Mend>,
    id: NotificationPath,
) -> Result<Json<ProcessedAgainView>, Problem> {
    let done = app.process_again(id.0, &caller.0).await?;
    Ok(Json(ProcessedAgainView {
        notification: done.shown.into(),
        changed: done.changed,
        attempt_id: done.attempt_id,
    }))
}
