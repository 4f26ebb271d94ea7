//! What an answer of the interface holds: an object, a collection, or an error as JSON or XML.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use crate::transport::{Answer, printable};

/// The most that the operator is shown of the base's words, in characters.
const SHOWN: usize = 500;

/// An error in the interface's own words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fault {
    /// By Guide 17.4.10; `-1`: the configuration's own handler, or a genuine fault.
    pub(super) code: Option<i32>,
    /// What it says.
    pub(super) words: Option<String>,
}

/// The error of an answer; `None` where it is none of the interface's.
pub(super) fn fault(answer: &Answer) -> Option<Fault> {
    let fault = match answer.object() {
        Some(object) => of_json(&object),
        None => of_xml(&answer.body),
    }?;
    let words = fault.words.map(|words| printable(&words, SHOWN));
    Some(Fault {
        words: words.filter(|words| !words.is_empty()),
        ..fault
    })
}

/// `{"odata.error": {"code": "9", "message": {"lang": "ru", "value": "…"}}}`.
fn of_json(object: &Value) -> Option<Fault> {
    let error = object.get("odata.error")?;
    let code = match &error["code"] {
        Value::String(text) => text.trim().parse().ok(),
        Value::Number(number) => number.as_i64().and_then(|code| i32::try_from(code).ok()),
        _ => None,
    };
    let message = &error["message"];
    let words = message.as_str().or_else(|| message["value"].as_str());
    Some(Fault {
        code,
        words: words.map(str::to_owned),
    })
}

/// `<m:error><m:code>9</m:code><m:message xml:lang="ru">…</m:message></m:error>`.
fn of_xml(body: &str) -> Option<Fault> {
    let mut reader = Reader::from_str(body.trim_start());
    let mut path: Vec<String> = Vec::new();
    let (mut code, mut words) = (String::new(), String::new());
    loop {
        let text = match reader.read_event().ok()? {
            Event::Start(start) => {
                path.push(start.local_name().as_ref().to_owned());
                // A page for people is no error of the interface.
                if path.len() == 1 && path[0] != "error" {
                    return None;
                }
                continue;
            }
            Event::End(_) => {
                path.pop();
                continue;
            }
            Event::Text(text) => text.xml10_content().into_owned(),
            Event::CData(text) => text.xml10_content().into_owned(),
            Event::GeneralRef(entity) => character(&entity)?,
            Event::Eof => break,
            _ => continue,
        };
        match path.last().map(String::as_str) {
            Some("code") if path.len() == 2 => code.push_str(&text),
            Some("message") if path.len() == 2 => words.push_str(&text),
            _ => {}
        }
    }
    let is_one = !code.is_empty() || !words.is_empty();
    is_one.then(|| Fault {
        code: code.trim().parse().ok(),
        words: Some(words),
    })
}

/// `&quot;` and its like.
fn character(entity: &quick_xml::events::BytesRef<'_>) -> Option<String> {
    if let Some(letter) = entity.resolve_char_ref().ok()? {
        return Some(letter.to_string());
    }
    quick_xml::escape::resolve_predefined_entity(entity).map(str::to_owned)
}

/// The objects of a collection.
pub(super) fn collection(answer: &Answer) -> Option<Vec<Value>> {
    let mut object = whole(answer)?;
    match object.get_mut("value")?.take() {
        Value::Array(objects) => Some(objects),
        _ => None,
    }
}

/// The object of a good answer.
pub(super) fn whole(answer: &Answer) -> Option<Value> {
    let is_good = (200..=299).contains(&answer.status) && !answer.is_cut;
    is_good
        .then(|| answer.object())
        .flatten()
        .filter(|object| object.get("odata.error").is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(body: &str) -> Option<Fault> {
        fault(&Answer {
            status: 500,
            body: body.to_owned(),
            ..Answer::default()
        })
    }

    fn told(code: i32, words: &str) -> Option<Fault> {
        Some(Fault {
            code: Some(code),
            words: Some(words.to_owned()),
        })
    }

    #[test]
    fn errors_are_read_from_json_and_from_xml() {
        assert_eq!(
            of(r#"{"odata.error":{"code":"-1","message":{"lang":"ru","value":"Период\nзакрыт"}}}"#),
            told(-1, "Период закрыт")
        );
        assert_eq!(
            of(r#"{"odata.error":{"code":9,"message":"Не найден"}}"#),
            told(9, "Не найден")
        );
        let xml = r#"<?xml version="1.0" encoding="UTF-8"?>
            <m:error xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">
            <m:code>15</m:code><m:message xml:lang="ru">Экземпляр &quot;Чек&quot; уже есть &#8470;1</m:message></m:error>"#;
        assert_eq!(of(xml), told(15, "Экземпляр \"Чек\" уже есть №1"));
    }

    #[test]
    fn what_is_no_error_of_the_interface_is_none() {
        for body in [
            "",
            "<html><body><code>9</code></body></html>",
            "<!doctype html><html>",
            r#"{"error":"x"}"#,
            "<m:error",
            "плохо",
        ] {
            assert_eq!(of(body), None, "{body}");
        }
    }
}
