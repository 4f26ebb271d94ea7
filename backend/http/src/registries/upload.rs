//! «Загрузить реестр».

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse, post};
use serde::Deserialize;
use sverka_app::App;
use sverka_app::ports::bank::AccountKey;
use sverka_app::registries::{Loaded, Upload};
use utoipa::IntoParams;

use super::view::RegistryView;
use crate::auth::{Allowed, Mend};
use crate::extract::{QueryOf, receive_file};
use crate::problem::{Faults, Problem};

/// Whose file, and how to read it.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct UploadParams {
    /// Code of the bank.
    bank: String,
    /// Name of the bank account.
    bank_account: String,
    /// The file's name.
    #[param(max_length = 200)]
    file_name: Option<String>,
    /// Name of a saved mapping to read it by; without it the layout has to be a known one.
    mapping: Option<String>,
}

/// Load a registry file.
///
/// CSV, XLSX, or a statement in 1C's exchange format, in Windows-1251 or UTF-8, at most 64 MiB. It is read through
/// first: one bad line, and nothing of it is stored. The same file again changes nothing, and answers with what was
/// loaded before.
#[utoipa::path(operation_id = "load_registry", tag = "registries", params(UploadParams),
    request_body(content = String, content_type = "application/octet-stream", description = "The bytes of the file"),
    responses((status = 201, description = "Loaded", body = RegistryView),
        (status = 200, description = "The very same file was loaded before", body = RegistryView)))]
#[post("/registries")]
pub(crate) async fn load_registry(
    app: Data<App>,
    caller: Allowed<Mend>,
    params: QueryOf<UploadParams>,
    request: HttpRequest,
    body: Payload,
) -> Result<HttpResponse, Problem> {
    let params = params.0;
    check_name(params.file_name.as_deref())?;
    let uploaded = receive_file(&request, body.into_inner()).await?;
    let upload = Upload {
        account: AccountKey {
            bank: params.bank,
            account: params.bank_account,
        },
        file_name: params.file_name,
        mapping: params.mapping,
        file: uploaded.file,
        digest: uploaded.digest,
    };
    Ok(match app.load_registry(caller.0, upload).await? {
        Loaded::Now(registry) => HttpResponse::Created().json(RegistryView::from(*registry)),
        Loaded::Before(registry) => HttpResponse::Ok().json(RegistryView::from(*registry)),
    })
}

/// A name is shown to people, and kept.
pub(super) fn check_name(name: Option<&str>) -> Result<(), Problem> {
    let mut faults = Faults::default();
    if let Some(name) = name {
        faults.text("file_name", name, 0, 200);
    }
    faults.finish()
}
