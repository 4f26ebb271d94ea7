//! The journal as a file.

mod cells;
mod csv;
mod xlsx;

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use serde::Deserialize;
use sverka_app::App;
use utoipa::{IntoParams, ToSchema};

use super::search::{SearchParams, query, wrong};
use crate::auth::{Allowed, View};
use crate::extract::parse_query;
use crate::problem::Problem;

/// The form of an exported file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ExportFormat {
    /// RFC 4180, UTF-8 with a byte order mark, so that spreadsheets read Cyrillic.
    Csv,
    /// Office Open XML; a sheet takes 1 048 575 rows, further ones go to further sheets.
    Xlsx,
}

/// Which form. Beside it all filters of the search are taken.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "for the contract: the query is read in two parts")]
pub(crate) struct ExportParams {
    /// The form of the file; `csv` when left out.
    #[param(inline)]
    format: Option<ExportFormat>,
}

/// All attempts that match a search, newest first, as a file.
///
/// The file is written as it is read: an error in the middle of it cuts the answer short, so that a file that came whole is
/// whole. Sums are decimals in units of the currency; times are UTC. A text that a spreadsheet would take for a formula is
/// preceded by an apostrophe.
#[utoipa::path(operation_id = "export_attempts", tag = "payment-attempts", params(SearchParams, ExportParams),
    responses((status = 200, description = "The file", content(
        (String = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
#[get("/payment-attempts/export")]
pub(crate) async fn export_attempts(
    app: Data<App>,
    caller: Allowed<View>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (format, rest) = split(request.query_string())?;
    let params: SearchParams = parse_query(&rest)?;
    if params.has_page() {
        return Err(wrong(
            "cursor",
            "not_allowed",
            "an export has no pages: leave cursor and limit out",
        ));
    }
    let wanted = query(params)?;
    let export = app.export_attempts(caller.user(), wanted.text.as_deref(), wanted.filter);
    tracing::info!(role = %caller.role(), ?format, "an export begins");
    let mut answer = HttpResponse::Ok();
    Ok(match format {
        ExportFormat::Csv => answer
            .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
            .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"payments.csv\""))
            .streaming(csv::stream(export)),
        ExportFormat::Xlsx => answer
            .insert_header((
                CONTENT_TYPE,
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ))
            .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"payments.xlsx\""))
            .streaming(xlsx::stream(export)),
    })
}

/// The format, and the rest of the query, which is that of a search.
fn split(query: &str) -> Result<(ExportFormat, String), Problem> {
    let mut format = None;
    let mut rest = form_urlencoded::Serializer::new(String::new());
    for (key, value) in form_urlencoded::parse(query.as_bytes()) {
        if key != "format" {
            rest.append_pair(&key, &value);
            continue;
        }
        let told = match value.as_ref() {
            "csv" => ExportFormat::Csv,
            "xlsx" => ExportFormat::Xlsx,
            _ => return Err(wrong("format", "invalid", "csv or xlsx")),
        };
        if format.replace(told).is_some() {
            return Err(wrong("format", "invalid", "give it once"));
        }
    }
    Ok((format.unwrap_or(ExportFormat::Csv), rest.finish()))
}
