//! One registry.

use actix_web::get;
use actix_web::web::{Data, Json};
use sverka_app::App;

use super::view::RegistryView;
use crate::auth::{Allowed, View};
use crate::extract::RegistryPath;
use crate::problem::Problem;

/// A registry, without its lines.
#[utoipa::path(operation_id = "get_registry", tag = "registries",
    params(("id" = uuid::Uuid, Path, description = "Id of the registry")),
    responses((status = 200, description = "The registry", body = RegistryView)))]
#[get("/registries/{id}")]
pub(crate) async fn get_registry(
    app: Data<App>,
    _: Allowed<View>,
    id: RegistryPath,
) -> Result<Json<RegistryView>, Problem> {
    Ok(Json(app.registry(id.0).await?.into()))
}
