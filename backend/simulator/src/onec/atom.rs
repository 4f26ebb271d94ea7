//! Atom, which 1C writes when nobody asks for JSON.

use std::fmt::Write;

use serde_json::Value as Json;

use super::refusal::Refusal;
use super::rows::{Object, text};
use super::schema::{self, Attribute};
use crate::page::escape;

/// The first line.
pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

const NAMES: &str = "xmlns=\"http://www.w3.org/2005/Atom\" xmlns:d=\"http://schemas.microsoft.com/ado/2007/08/dataservices\" \
                     xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\"";

/// Many objects.
pub(super) fn feed(root: &str, name: &str, objects: &[Object], count: Option<usize>) -> String {
    let mut xml = format!("{HEAD}<feed {NAMES} xml:base=\"{}\">", escape(root));
    if let Some(count) = count {
        let _ = write!(xml, "<m:count>{count}</m:count>");
    }
    for object in objects {
        xml.push_str(&entry(root, name, object));
    }
    xml.push_str("</feed>");
    xml
}

/// One object.
pub(super) fn entry(root: &str, name: &str, object: &Object) -> String {
    let id = format!("{root}{name}(guid'{}')", text(object, "Ref_Key"));
    let mut xml = format!(
        "<entry {NAMES}><id>{}</id><category term=\"StandardODATA.{name}\" \
         scheme=\"http://schemas.microsoft.com/ado/2007/08/dataservices/scheme\"/><title type=\"text\"/><author/><summary/>\
         <content type=\"application/xml\"><m:properties>",
        escape(&id)
    );
    properties(&mut xml, name, object);
    xml.push_str("</m:properties></content></entry>");
    xml
}

fn properties(xml: &mut String, name: &str, object: &Object) {
    for (attribute, kept) in object {
        match kept {
            Json::Array(rows) => {
                let row_type = format!("StandardODATA.{name}_{attribute}_RowType");
                let _ = write!(xml, "<d:{attribute} m:type=\"Collection({row_type})\">");
                for row in rows.iter().filter_map(Json::as_object) {
                    let _ = write!(xml, "<d:element m:type=\"{row_type}\">");
                    properties(xml, &format!("{name}_{attribute}"), row);
                    xml.push_str("</d:element>");
                }
                let _ = write!(xml, "</d:{attribute}>");
            }
            Json::Null => {
                let _ = write!(xml, "<d:{attribute} m:null=\"true\"/>");
            }
            _ => {
                let told = kept.as_str().map_or_else(|| kept.to_string(), escape);
                let _ = match edm(name, attribute) {
                    Some(edm) => write!(xml, "<d:{attribute} m:type=\"{edm}\">{told}</d:{attribute}>"),
                    None => write!(xml, "<d:{attribute}>{told}</d:{attribute}>"),
                };
            }
        }
    }
}

/// The type of an attribute; a text needs none.
fn edm(name: &str, attribute: &str) -> Option<&'static str> {
    let known: Option<&Attribute> = match (schema::entity(name), schema::part(name)) {
        (Some(entity), _) => entity.attribute(attribute),
        (None, Some((_, part))) => part.attribute(attribute),
        (None, None) => None,
    };
    known
        .map(|known| known.kind.edm())
        .filter(|edm| *edm != "Edm.String")
}

/// A refusal.
pub(super) fn error(refusal: &Refusal) -> String {
    format!(
        "{HEAD}<m:error xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\"><m:code>{}</m:code>\
         <m:message>{}</m:message></m:error>",
        refusal.code,
        escape(&refusal.words)
    )
}

/// What is published.
pub(super) fn service(root: &str, names: &[String]) -> String {
    let mut xml = format!(
        "{HEAD}<service xmlns=\"http://www.w3.org/2007/app\" xmlns:atom=\"http://www.w3.org/2005/Atom\" xml:base=\"{}\">\
         <workspace><atom:title>Default</atom:title>",
        escape(root)
    );
    for name in names {
        let _ = write!(
            xml,
            "<collection href=\"{name}\"><atom:title>{name}</atom:title></collection>"
        );
    }
    xml.push_str("</workspace></service>");
    xml
}
