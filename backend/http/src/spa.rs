//! The application for people: static files from the binary, and a page with a nonce for each answer.

use actix_web::http::Method;
use actix_web::http::header::{ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, ETAG, IF_NONE_MATCH};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rust_embed::RustEmbed;
use utoipa::openapi::OpenApi;

use crate::problem::{ErrorCode, Problem};
use crate::server::Nonces;

/// What `npm run build` made.
#[derive(RustEmbed)]
#[folder = "../../frontend/dist"]
#[allow_missing = true]
struct Files;

/// What stands for the nonce in the built page.
const PLACEHOLDER: &str = "__CSP_NONCE__";
/// Paths that belong to programs: a page there would only confuse them.
const PROGRAMS: [&str; 4] = ["/api/", "/callbacks/", "/docs/", "/assets/"];

/// Answers what no operation did: a file, the page, or a problem.
pub(crate) async fn fallback(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let path = request.path();
    let allowed = methods(&request);
    if !allowed.is_empty() {
        return Ok(wrong_method(&allowed));
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Problem::plain(ErrorCode::NotFound));
    }
    if let Some(file) = Files::get(path.trim_start_matches('/')).filter(|_| path != "/index.html") {
        return Ok(asset(&request, path, &file));
    }
    if PROGRAMS.iter().any(|prefix| path.starts_with(prefix)) {
        return Err(Problem::new(
            ErrorCode::NotFound,
            "there is nothing at this address",
        ));
    }
    page(&request)
}

/// The methods that the contract has for this path; none: it is not in the contract.
fn methods(request: &HttpRequest) -> Vec<&'static str> {
    let Some(document) = request.app_data::<Data<OpenApi>>() else {
        return Vec::new();
    };
    let known = document
        .paths
        .paths
        .iter()
        .find(|(template, _)| matches_template(template, request.path()));
    let Some((_, item)) = known else { return Vec::new() };
    let methods = [
        ("GET", &item.get),
        ("POST", &item.post),
        ("PATCH", &item.patch),
        ("PUT", &item.put),
        ("DELETE", &item.delete),
    ];
    methods
        .into_iter()
        .filter(|(_, operation)| operation.is_some())
        .map(|(name, _)| name)
        .collect()
}

fn matches_template(template: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(want), Some(give)) if want == give || (want.starts_with('{') && !give.is_empty()) => {}
            _ => return false,
        }
    }
}

/// The middleware makes a problem of it.
fn wrong_method(allowed: &[&str]) -> HttpResponse {
    HttpResponse::MethodNotAllowed()
        .insert_header((ALLOW, allowed.join(", ")))
        .finish()
}

fn asset(request: &HttpRequest, path: &str, file: &rust_embed::EmbeddedFile) -> HttpResponse {
    let tag = format!(
        "\"{}\"",
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(file.metadata.sha256_hash())
    );
    let known = request
        .headers()
        .get(IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    // Built assets carry a hash of their content in their names.
    let cache = if path.starts_with("/assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    if known == Some(tag.as_str()) {
        return HttpResponse::NotModified().insert_header((ETAG, tag)).finish();
    }
    HttpResponse::Ok()
        .content_type(mime_guess::from_path(path).first_or_octet_stream().as_ref())
        .insert_header((CACHE_CONTROL, cache))
        .insert_header((ETAG, tag))
        .body(file.data.to_vec())
}

fn page(request: &HttpRequest) -> Result<HttpResponse, Problem> {
    let Some(index) = Files::get("index.html") else {
        return Err(Problem::new(
            ErrorCode::NotFound,
            "this build has no application in it; build the frontend first (`make run` does)",
        ));
    };
    let nonces = request.app_data::<Data<Nonces>>();
    let nonce = STANDARD.encode(nonces.map(|nonces| nonces.next()).unwrap_or_default());
    let html = String::from_utf8_lossy(&index.data).replace(PLACEHOLDER, &nonce);
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_SECURITY_POLICY, policy(&nonce)))
        .body(html))
}

fn policy(nonce: &str) -> String {
    format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    )
}

#[cfg(test)]
mod tests {
    use super::matches_template;

    #[test]
    fn a_path_is_known_by_its_template() {
        assert!(matches_template(
            "/api/v1/payment-attempts/{id}/events",
            "/api/v1/payment-attempts/7/events"
        ));
        assert!(!matches_template(
            "/api/v1/payment-attempts/{id}",
            "/api/v1/payment-attempts/"
        ));
        assert!(!matches_template("/api/v1/me", "/api/v1/me/too"));
    }
}
