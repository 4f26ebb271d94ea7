//! Saved mappings of columns.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, delete, get, put};
use serde::Serialize;
use sverka_app::App;
use sverka_domain::registry::Mapping;
use utoipa::ToSchema;

use crate::auth::{Allowed, Mend, View};
use crate::extract::JsonBody;
use crate::problem::{Faults, Problem};

/// All saved mappings.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MappingList {
    items: Vec<Mapping>,
}

/// Saved mappings, by name.
#[utoipa::path(operation_id = "list_registry_mappings", tag = "registries",
    responses((status = 200, description = "All of them", body = MappingList)))]
#[get("/registry-mappings")]
pub(crate) async fn list_registry_mappings(
    app: Data<App>,
    _: Allowed<View>,
) -> Result<Json<MappingList>, Problem> {
    let items = app.registry_mappings().await?;
    Ok(Json(MappingList { items }))
}

/// One saved mapping.
#[utoipa::path(operation_id = "get_registry_mapping", tag = "registries",
    params(("name" = String, Path, description = "Name of the mapping")),
    responses((status = 200, description = "The mapping", body = Mapping)))]
#[get("/registry-mappings/{name}")]
pub(crate) async fn get_registry_mapping(
    app: Data<App>,
    _: Allowed<View>,
    name: Path<String>,
) -> Result<Json<Mapping>, Problem> {
    Ok(Json(app.registry_mapping(name.into_inner()).await?))
}

/// Save a mapping, in the place of the one with its name.
#[utoipa::path(operation_id = "put_registry_mapping", tag = "registries", request_body = Mapping,
    params(("name" = String, Path, description = "Name of the mapping")),
    responses((status = 200, description = "Saved", body = Mapping)))]
#[put("/registry-mappings/{name}")]
pub(crate) async fn put_registry_mapping(
    app: Data<App>,
    _: Allowed<Mend>,
    name: Path<String>,
    body: JsonBody<Mapping>,
) -> Result<Json<Mapping>, Problem> {
    let mapping = Mapping {
        name: name.into_inner(),
        ..body.value
    };
    check(&mapping)?;
    Ok(Json(app.save_registry_mapping(mapping).await?))
}

/// Remove a mapping. Registries that were read by it stay.
#[utoipa::path(operation_id = "delete_registry_mapping", tag = "registries",
    params(("name" = String, Path, description = "Name of the mapping")),
    responses((status = 204, description = "Removed")))]
#[delete("/registry-mappings/{name}")]
pub(crate) async fn delete_registry_mapping(
    app: Data<App>,
    _: Allowed<Mend>,
    name: Path<String>,
) -> Result<HttpResponse, Problem> {
    app.remove_registry_mapping(name.into_inner()).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn check(mapping: &Mapping) -> Result<(), Problem> {
    let mut faults = Faults::default();
    faults.token("name", &mapping.name, 64);
    let columns = &mapping.columns;
    faults.text("columns.amount", &columns.amount, 1, 200);
    faults.text("columns.date", &columns.date, 1, 200);
    faults.text("date_format", &mapping.date_format, 2, 60);
    if columns.order_number.is_none() && columns.bank_order_id.is_none() && columns.rrn.is_none() {
        faults.add(
            "columns.order_number",
            "required",
            "a column with the order number, the bank's id or the RRN",
        );
    }
    let words = [
        &mapping.kinds.payment,
        &mapping.kinds.refund,
        &mapping.kinds.reversal,
        &mapping.kinds.other,
    ];
    if words
        .iter()
        .any(|list| list.len() > 100 || list.iter().any(|word| word.len() > 400))
    {
        faults.add(
            "kinds",
            "too_long",
            "at most 100 words of at most 200 characters each",
        );
    }
    if jiff::tz::TimeZone::get(&mapping.timezone).is_err() {
        faults.add(
            "timezone",
            "unknown",
            "not the name of a time zone, such as Europe/Moscow",
        );
    }
    faults.finish()
}
