//! Answers, in JSON or Atom.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::{Value as Json, json};

use super::atom;
use super::list::Found;
use super::query::Format;
use super::refusal::Refusal;
use super::rows::Object;
use super::schema::Entity;

/// An answer that may wait for its time in a task.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn new(status: StatusCode, content_type: &str, body: String) -> Self {
        Self {
            status,
            headers: vec![("Content-Type", content_type.to_owned())],
            body,
        }
    }

    pub(crate) fn empty(status: StatusCode) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: String::new(),
        }
    }

    pub(crate) fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    pub(crate) fn json(status: StatusCode, body: &Json) -> Self {
        Self::new(status, JSON, body.to_string())
    }

    pub(crate) fn into_response(self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        for header in self.headers {
            response.insert_header(header);
        }
        response.body(self.body)
    }
}

const JSON: &str = "application/json;charset=utf-8";

/// Many objects, or rows of a part, under the name by which they are published.
pub(super) fn many(format: Format, root: &str, name: &str, found: Found) -> Reply {
    let Format::Json { with_metadata } = format else {
        let body = atom::feed(root, name, &found.objects, found.count);
        return Reply::new(
            StatusCode::OK,
            "application/atom+xml;type=feed;charset=utf-8",
            body,
        );
    };
    let mut body = Object::new();
    if with_metadata {
        body.insert(
            "odata.metadata".to_owned(),
            Json::from(format!("{root}$metadata#{name}")),
        );
    }
    if let Some(count) = found.count {
        body.insert("odata.count".to_owned(), Json::from(count.to_string()));
    }
    let objects = found.objects.into_iter().map(Json::Object).collect();
    body.insert("value".to_owned(), Json::Array(objects));
    Reply::json(StatusCode::OK, &Json::Object(body))
}

/// One object.
pub(super) fn one(format: Format, root: &str, name: &str, mut object: Object, status: StatusCode) -> Reply {
    let Format::Json { with_metadata } = format else {
        let body = format!("{}{}", atom::HEAD, atom::entry(root, name, &object));
        return Reply::new(status, "application/atom+xml;type=entry;charset=utf-8", body);
    };
    if with_metadata {
        let link = format!("{root}$metadata#{name}/@Element");
        object.insert("odata.metadata".to_owned(), Json::from(link));
    }
    Reply::json(status, &Json::Object(object))
}

/// Where one object is.
pub(super) fn location(root: &str, entity: &Entity, key: &str) -> String {
    format!("{root}{}(guid'{key}')", percent(entity.name))
}

/// What is published.
pub(super) fn list_of_sets(format: Format, root: &str, names: &[String]) -> Reply {
    let Format::Json { .. } = format else {
        return Reply::new(
            StatusCode::OK,
            "application/xml;charset=utf-8",
            atom::service(root, names),
        );
    };
    let sets: Vec<Json> = names
        .iter()
        .map(|name| json!({"name": name, "url": name}))
        .collect();
    Reply::json(
        StatusCode::OK,
        &json!({"odata.metadata": format!("{root}$metadata"), "value": sets}),
    )
}

/// A refusal.
pub(super) fn refusal(format: Format, refusal: &Refusal) -> Reply {
    if format == Format::Atom {
        return Reply::new(
            refusal.status,
            "application/xml;charset=utf-8",
            atom::error(refusal),
        );
    }
    let message = json!({"lang": "ru", "value": refusal.words});
    let body = json!({"odata.error": {"code": refusal.code.to_string(), "message": message}});
    Reply::json(refusal.status, &body)
}

/// A header holds ASCII only.
fn percent(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
