//! One connection.

use actix_web::get;
use actix_web::web::{Data, Json};
use sverka_app::App;

use super::view::ConnectionView;
use crate::auth::{Allowed, View};
use crate::extract::ConnectionPath;
use crate::problem::Problem;

/// One connection to an accounting system, as it stands.
#[utoipa::path(operation_id = "get_connection", tag = "connections",
    params(("name" = String, Path, description = "Name of the connection")),
    responses((status = 200, description = "The connection", body = ConnectionView)))]
#[get("/connections/{name}")]
pub(crate) async fn get_connection(
    app: Data<App>,
    _: Allowed<View>,
    name: ConnectionPath,
) -> Result<Json<ConnectionView>, Problem> {
    let seen = app.connection(&name.0).await?;
    Ok(Json(ConnectionView::new(seen, app.catalog())))
}
