//! All connections.

use actix_web::get;
use actix_web::web::{Data, Json};
use serde::Serialize;
use sverka_app::App;
use utoipa::ToSchema;

use super::view::ConnectionView;
use crate::auth::{Allowed, View};
use crate::problem::Problem;

/// All connections.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConnectionList {
    items: Vec<ConnectionView>,
}

/// The connections to accounting systems, as they stand.
#[utoipa::path(operation_id = "list_connections", tag = "connections",
    responses((status = 200, description = "All of them, in the order of the configuration", body = ConnectionList)))]
#[get("/connections")]
pub(crate) async fn list_connections(
    app: Data<App>,
    _: Allowed<View>,
) -> Result<Json<ConnectionList>, Problem> {
    let seen = app.list_connections().await?.into_iter();
    Ok(Json(ConnectionList {
        items: seen
            .map(|seen| ConnectionView::new(seen, app.catalog()))
            .collect(),
    }))
}
