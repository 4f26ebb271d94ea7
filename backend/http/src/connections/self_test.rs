//! «Проверить подключение».

use actix_web::post;
use actix_web::web::{Data, Json};
use sverka_app::App;

use super::view::ConnectionTest;
use crate::auth::{Allowed, Mend};
use crate::extract::ConnectionPath;
use crate::problem::Problem;

/// Try the connection now.
///
/// Everything that can be tried without changing anything over there. The result is kept with the connection.
#[utoipa::path(operation_id = "test_connection", tag = "connections",
    params(("name" = String, Path, description = "Name of the connection")),
    responses((status = 200, description = "What was tried and what came of it", body = ConnectionTest)))]
#[post("/connections/{name}/self-test")]
pub(crate) async fn test_connection(
    app: Data<App>,
    _: Allowed<Mend>,
    name: ConnectionPath,
) -> Result<Json<ConnectionTest>, Problem> {
    Ok(Json(app.test_connection(&name.0).await?.into()))
}
