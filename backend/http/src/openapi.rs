//! The OpenAPI document, collected from the handlers and completed by what holds for all of them.

use actix_web::App as ActixApp;
use utoipa::PartialSchema as _;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, InfoBuilder, LicenseBuilder, OpenApi, Ref, RefOr, Response,
    ResponseBuilder, Tag,
};
use utoipa_actix_web::AppExt as _;

use crate::problem::{Document, ErrorCode, FieldError};
use crate::{api, outgoing};

/// The contract, as it is committed and served.
#[must_use]
pub fn document() -> OpenApi {
    let (_, mut document) = ActixApp::new()
        .into_utoipa_app()
        .configure(api::configure)
        .split_for_parts();
    document.info = InfoBuilder::new()
        .title("Sverka")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "The journal of every attempt to pay, and the machine that makes each successful one reach the accounting \
             system exactly once. Errors are RFC 9457 problems; their codes stand in errors.md.",
        ))
        .license(Some(LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build()))
        .build();
    document.tags = Some(tags());
    describe_problems(&mut document);
    for path in document.paths.paths.values_mut() {
        let operations = [
            &mut path.get,
            &mut path.post,
            &mut path.put,
            &mut path.patch,
            &mut path.delete,
        ]
        .into_iter()
        .flatten();
        for operation in operations {
            complete(operation);
        }
    }
    outgoing::describe(&mut document);
    document
}

fn tags() -> Vec<Tag> {
    let tags = [
        ("auth", "Signing in"),
        ("payment-attempts", "The journal"),
        (
            "bank-accounts",
            "Bank accounts and the health of their notifications",
        ),
        (
            "incidents",
            "Times in which an account's notifications did not come",
        ),
        (
            "connections",
            "The connections to accounting systems, what waits at them, and what a person has to decide",
        ),
        ("bulk", "Actions on many attempts at once"),
        ("notifications", "Notifications of the banks, as they came"),
        (
            "registries",
            "Banks' settlement files and lists, held against the journal",
        ),
        ("reference", "Names and codes"),
        ("callbacks", "Where the banks' notifications arrive"),
        ("operations", "For whoever runs it"),
        ("webhooks", "What Sverka sends to a receiver of webhooks"),
    ];
    tags.into_iter()
        .map(|(name, description)| {
            let mut tag = Tag::new(name);
            tag.description = Some(description.to_owned());
            tag
        })
        .collect()
}

/// The schemas and the security scheme that every operation refers to.
fn describe_problems(document: &mut OpenApi) {
    let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    let components = document.components.take().unwrap_or_default();
    let mut builder: ComponentsBuilder = components.into();
    let mut schemas = Vec::new();
    <Document as utoipa::ToSchema>::schemas(&mut schemas);
    for (name, schema) in schemas {
        builder = builder.schema(name, schema);
    }
    builder = builder
        .schema("Problem", Document::schema())
        .schema("ErrorCode", ErrorCode::schema())
        .schema("FieldError", FieldError::schema())
        .security_scheme("bearer", bearer);
    document.components = Some(builder.build());
}

/// Adds the refusals that an operation can give, by what it takes.
/// An export takes all of a search but its pages.
fn without_pages(operation: &mut Operation) {
    if operation.operation_id.as_deref() == Some("export_attempts")
        && let Some(parameters) = &mut operation.parameters
    {
        parameters.retain(|parameter| {
            !matches!(parameter, RefOr::T(parameter) if matches!(parameter.name.as_str(), "cursor" | "limit"))
        });
    }
}

fn complete(operation: &mut Operation) {
    without_pages(operation);
    let is_public = operation.security.is_some();
    if !is_public {
        operation.security = Some(vec![utoipa::openapi::security::SecurityRequirement::new::<
            _,
            [&str; 0],
            &str,
        >("bearer", [])]);
    }
    let has_body = operation.request_body.is_some();
    let has_parameters = operation
        .parameters
        .as_ref()
        .is_some_and(|parameters| !parameters.is_empty());
    let is_sign_in = operation
        .tags
        .as_ref()
        .is_some_and(|tags| tags.iter().any(|tag| tag == "auth"));
    let mut refusals: Vec<(&str, &str)> = Vec::new();
    if has_body || has_parameters {
        refusals.push(("400", "The request is not well formed"));
    }
    if !is_public || is_sign_in {
        refusals.push(("401", "No credentials, or bad ones"));
    }
    if !is_public {
        refusals.push(("403", "The caller may not do this"));
    }
    if has_parameters {
        refusals.push(("404", "There is no such thing"));
    }
    if has_body {
        refusals.extend([
            ("409", "It conflicts with how things are; `code` says how"),
            ("413", "The body is larger than 256 KiB"),
            ("415", "The body is not JSON by its type"),
            ("422", "A field is wrong; `errors` names it"),
        ]);
    }
    if is_sign_in {
        refusals.push(("429", "Too many tries; wait as `Retry-After` says"));
    }
    refusals.extend(match operation.operation_id.as_deref() {
        Some("query_bank" | "pull_registry" | "mend_registry_line") => {
            vec![("502", "The bank did not answer")]
        }
        Some("resend_notifications" | "resend_for_incident") => vec![
            ("409", "The bank does not send notifications again"),
            ("502", "The bank did not answer"),
        ],
        Some("start_bulk_run") => vec![("409", "It was no rehearsal, or is still running")],
        Some("stop_bulk_run") => vec![("409", "The run is over")],
        Some("resume_connection") => vec![("409", "Nothing holds the connection back")],
        Some("process_notification") => vec![("422", "Its bank account is not configured any more")],
        Some("record_attempt" | "open_checkout") => {
            vec![(
                "503",
                "The bank or the database is not available; repeat as `Retry-After` says",
            )]
        }
        _ => Vec::new(),
    });
    refusals.extend([
        ("500", "A fault of Sverka"),
        ("503", "The database is not available; repeat later"),
    ]);
    for (status, description) in refusals {
        operation
            .responses
            .responses
            .entry(status.to_owned())
            .or_insert_with(|| refusal(description).into());
    }
}

fn refusal(description: &str) -> Response {
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name("Problem")))
        .build();
    ResponseBuilder::new()
        .description(description)
        .content("application/problem+json", content)
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_an_id_of_its_own_and_a_summary() {
        let document = document();
        let mut ids = Vec::new();
        for path in document.paths.paths.values() {
            let operations = [&path.get, &path.post, &path.put, &path.patch, &path.delete]
                .into_iter()
                .flatten();
            for operation in operations {
                ids.push(operation.operation_id.clone().expect("an operation id"));
                assert!(operation.summary.is_some(), "{:?}", operation.operation_id);
            }
        }
        let all = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), all);
        assert!(all >= 18, "{ids:?}");
    }
}
