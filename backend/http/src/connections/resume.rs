//! «Возобновить».

use actix_web::post;
use actix_web::web::{Data, Json};
use sverka_app::App;

use super::view::ConnectionView;
use crate::auth::{Allowed, Steer};
use crate::extract::ConnectionPath;
use crate::problem::Problem;

/// Use the connection again, at once.
///
/// Ends a person's pause, a stop after a refusal, and the waiting after an outage.
#[utoipa::path(operation_id = "resume_connection", tag = "connections",
    params(("name" = String, Path, description = "Name of the connection")),
    responses((status = 200, description = "The connection as it is now", body = ConnectionView)))]
#[post("/connections/{name}/resume")]
pub(crate) async fn resume_connection(
    app: Data<App>,
    _: Allowed<Steer>,
    name: ConnectionPath,
) -> Result<Json<ConnectionView>, Problem> {
    let seen = app.resume_connection(name.0).await?;
    Ok(Json(ConnectionView::new(seen, app.catalog())))
}
