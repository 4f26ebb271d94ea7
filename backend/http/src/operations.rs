//! For whoever runs it: liveness, readiness, metrics.

use actix_web::http::header::ContentType;
use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use metrics_exporter_prometheus::PrometheusHandle;
use sverka_app::App;

use crate::problem::Problem;

/// Whether the process lives.
#[utoipa::path(operation_id = "healthz", tag = "operations", security(()),
    responses((status = 200, description = "It lives", body = String, content_type = "text/plain")))]
#[get("/healthz")]
pub(crate) async fn healthz() -> HttpResponse {
    HttpResponse::Ok()
        .content_type(ContentType::plaintext())
        .body("ok\n")
}

/// Whether it can serve: the database answers, and its schema is the right one. Where a replica is configured, a second
/// line says how it does: `serving`, `behind` or `away`; the primary does the work of one that cannot.
#[utoipa::path(operation_id = "readyz", tag = "operations", security(()),
    responses((status = 200, description = "It can serve", body = String, content_type = "text/plain")))]
#[get("/readyz")]
pub(crate) async fn readyz(app: Data<App>) -> Result<HttpResponse, Problem> {
    app.store().ready().await?;
    // The primary does the work of a replica that cannot: it is told, and refuses nothing.
    let replica = app.store().replica().await;
    let replica = replica.map(|state| format!("replica: {state}\n"));
    Ok(HttpResponse::Ok()
        .content_type(ContentType::plaintext())
        .body(format!("ready\n{}", replica.unwrap_or_default())))
}

/// Metrics in the text format of Prometheus.
#[utoipa::path(operation_id = "metrics", tag = "operations", security(()),
    responses((status = 200, description = "All metrics", body = String, content_type = "text/plain")))]
#[get("/metrics")]
pub(crate) async fn metrics(handle: Data<PrometheusHandle>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .body(handle.render())
}
