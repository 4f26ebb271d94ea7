//! A look at a file before it is loaded.

use actix_web::web::{Data, Json, Payload};
use actix_web::{HttpRequest, post};
use serde::{Deserialize, Serialize};
use sverka_app::App;
use sverka_app::ports::registry::{Format, Preview};
use sverka_app::registries::PreviewFile;
use sverka_domain::registry::Mapping;
use utoipa::{IntoParams, ToSchema};

use super::upload::check_name;
use crate::auth::{Allowed, View};
use crate::extract::{QueryOf, receive_file};
use crate::problem::Problem;

/// Whose file.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct PreviewParams {
    /// Code of the bank.
    bank: Option<String>,
    /// The file's name.
    #[param(max_length = 200)]
    file_name: Option<String>,
    /// Name of a saved mapping to try.
    mapping: Option<String>,
}

/// What kind of file.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FormatView {
    /// Text with separators.
    Csv,
    /// A spreadsheet.
    Xlsx,
    /// A statement in the exchange format of 1C.
    ClientBank,
}

/// The beginning of a file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PreviewView {
    format: FormatView,
    /// The layout that it is read by; null: none fits, and a mapping is needed.
    #[schema(required = true)]
    layout: Option<String>,
    encoding: String,
    /// What separates the columns.
    #[schema(required = true)]
    delimiter: Option<String>,
    /// The headings; `#1`, `#2` … where there are none.
    columns: Vec<String>,
    /// The first rows below them, at most 20.
    rows: Vec<Vec<String>>,
    /// A mapping to begin with.
    #[schema(required = true)]
    guess: Option<Mapping>,
}

/// Look at a file.
///
/// Tells how it would be read, shows its first rows, and guesses a mapping by the headings. Nothing is stored.
#[utoipa::path(operation_id = "preview_registry", tag = "registries", params(PreviewParams),
    request_body(content = String, content_type = "application/octet-stream", description = "The bytes of the file"),
    responses((status = 200, description = "Its beginning", body = PreviewView)))]
#[post("/registries/preview")]
pub(crate) async fn preview_registry(
    app: Data<App>,
    _: Allowed<View>,
    params: QueryOf<PreviewParams>,
    request: HttpRequest,
    body: Payload,
) -> Result<Json<PreviewView>, Problem> {
    let params = params.0;
    check_name(params.file_name.as_deref())?;
    let uploaded = receive_file(&request, body.into_inner()).await?;
    let preview = app
        .preview_registry(PreviewFile {
            bank: params.bank.unwrap_or_default(),
            file_name: params.file_name,
            mapping: params.mapping,
            file: uploaded.file,
        })
        .await?;
    Ok(Json(preview.into()))
}

impl From<Preview> for PreviewView {
    fn from(preview: Preview) -> Self {
        Self {
            format: match preview.format {
                Format::Csv => FormatView::Csv,
                Format::Xlsx => FormatView::Xlsx,
                Format::ClientBank => FormatView::ClientBank,
            },
            layout: preview.layout,
            encoding: preview.encoding,
            delimiter: preview.delimiter.map(String::from),
            columns: preview.columns,
            rows: preview.rows,
            guess: preview.guess,
        }
    }
}
