//! «Приостановить».

use actix_web::post;
use actix_web::web::{Data, Json};
use serde::Deserialize;
use sverka_app::App;
use utoipa::ToSchema;

use super::view::ConnectionView;
use crate::auth::{Allowed, Steer};
use crate::extract::{ConnectionPath, JsonBody};
use crate::problem::{Faults, Problem, clean};

/// Why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PauseBody {
    /// What is told to whoever wonders.
    #[schema(
        min_length = 3,
        max_length = 1000,
        pattern = "^\\s*[^\\s\\x00-\\x1f\\x7f-\\x9f][\\s\\S]{1,}[^\\s\\x00-\\x1f\\x7f-\\x9f]\\s*$"
    )]
    reason: String,
}

/// Send nothing through the connection.
///
/// Until somebody resumes it. What is being sent at this moment comes to its end.
#[utoipa::path(operation_id = "pause_connection", tag = "connections", request_body = PauseBody,
    params(("name" = String, Path, description = "Name of the connection")),
    responses((status = 200, description = "The connection as it is now", body = ConnectionView)))]
#[post("/connections/{name}/pause")]
pub(crate) async fn pause_connection(
    app: Data<App>,
    caller: Allowed<Steer>,
    name: ConnectionPath,
    body: JsonBody<PauseBody>,
) -> Result<Json<ConnectionView>, Problem> {
    let mut faults = Faults::default();
    faults.text("reason", &body.value.reason, 3, 1000);
    faults.finish()?;
    let reason = clean(&body.value.reason);
    let seen = app.pause_connection(caller.0, name.0, reason).await?;
    Ok(Json(ConnectionView::new(seen, app.catalog())))
}
