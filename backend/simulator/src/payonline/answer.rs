//! The two shapes of an answer: `Name=value&…` and XML.

use actix_web::HttpResponse;

use crate::form::Form;
use crate::page::escape;

/// A call that was refused, in PayOnline's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// 4001
    Parameter,
    /// 4024
    SecurityKey,
    /// 4027
    Merchant,
    /// 4029
    TransactionId,
    /// 1001
    System,
}

impl Failure {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Parameter => ("4001", "Invalid parameter"),
            Self::SecurityKey => ("4024", "Invalid security key"),
            Self::Merchant => ("4027", "Invalid merchant id"),
            Self::TransactionId => ("4029", "Invalid transaction id"),
            Self::System => ("1001", "System error"),
        }
    }
}

/// Whether the caller wants XML.
pub(crate) fn wants_xml(form: &Form) -> bool {
    form.get("ContentType")
        .is_some_and(|wanted| wanted.eq_ignore_ascii_case("xml"))
}

/// A failure in the wanted shape.
pub(crate) fn failure(form: &Form, failure: Failure) -> HttpResponse {
    let (code, message) = failure.words();
    fields(
        form,
        "error",
        &[("Code", "code", code), ("Message", "message", message)],
    )
}

/// Fields, each with its name in text and in XML.
pub(crate) fn fields(form: &Form, root: &str, fields: &[(&str, &str, &str)]) -> HttpResponse {
    if wants_xml(form) {
        let inner: String = fields
            .iter()
            .map(|(_, name, value)| element(name, value))
            .collect();
        return xml(&format!("<{root}>{inner}</{root}>"));
    }
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, _, value)| format!("{name}={value}"))
        .collect();
    text(pairs.join("&"))
}

/// One element.
pub(crate) fn element(name: &str, value: &str) -> String {
    format!("<{name}>{}</{name}>", escape(value))
}

/// An XML document.
pub(crate) fn xml(root: &str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/xml; charset=utf-8")
        .body(format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>{root}"))
}

/// Plain text.
pub(crate) fn text(body: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body(body)
}
