//! One notification.

use actix_web::get;
use actix_web::web::{Data, Json};
use sverka_app::App;

use super::view::NotificationDetail;
use crate::auth::{Allowed, View};
use crate::extract::NotificationPath;
use crate::problem::Problem;

/// One notification, raw, and what it says when it is read with today's secrets.
#[utoipa::path(operation_id = "get_notification", tag = "notifications",
    params(("id" = uuid::Uuid, Path, description = "Id of the notification")),
    responses((status = 200, description = "The notification", body = NotificationDetail)))]
#[get("/notifications/{id}")]
pub(crate) async fn get_notification(
    app: Data<App>,
    _: Allowed<View>,
    id: NotificationPath,
) -> Result<Json<NotificationDetail>, Problem> {
    Ok(Json(app.notification(id.0).await?.into()))
}
