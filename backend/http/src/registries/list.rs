//! All registries.

use actix_web::get;
use actix_web::web::{Data, Json};
use serde::Deserialize;
use sverka_app::App;
use sverka_app::registries::RegistriesQuery;
use utoipa::IntoParams;

use super::view::RegistryView;
use crate::attempts::search::limit;
use crate::auth::{Allowed, View};
use crate::extract::{QueryOf, present};
use crate::problem::Problem;
use crate::views::PageOf;

/// Which registries.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegistriesParams {
    /// Code of the bank.
    bank: Option<String>,
    /// Name of the bank account.
    bank_account: Option<String>,
    /// From `next_cursor` of the page before.
    #[param(pattern = "^[A-Za-z0-9_-]{32}$")]
    #[serde(default, deserialize_with = "present")]
    cursor: Option<String>,
    /// Rows of the page.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "present")]
    limit: Option<u32>,
}

/// Registries, newest first.
#[utoipa::path(operation_id = "list_registries", tag = "registries", params(RegistriesParams),
    responses((status = 200, description = "One page", body = PageOf<RegistryView>)))]
#[get("/registries")]
pub(crate) async fn list_registries(
    app: Data<App>,
    _: Allowed<View>,
    params: QueryOf<RegistriesParams>,
) -> Result<Json<PageOf<RegistryView>>, Problem> {
    let params = params.0;
    let query = RegistriesQuery {
        bank: params.bank,
        bank_account: params.bank_account,
        cursor: params.cursor,
        limit: limit(params.limit)?,
    };
    let found = app.registries(query).await?;
    Ok(Json(PageOf::new(found, RegistryView::from)))
}
