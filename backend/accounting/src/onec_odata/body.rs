//! The JSON of a new document.

use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};
use sverka_domain::money::Money;

use super::facts::Facts;
use super::filter::stamp;
use super::mapping::Document;
use super::settings::OnecLink;

/// A document of these facts, with our key in it where the base keeps keys.
pub(super) fn document(facts: &Facts, of: &Document, zone: &TimeZone, has_key: bool) -> Value {
    let mut object = of.constants.clone();
    let mut put = |name: &str, value: Value| {
        object.insert(name.to_owned(), value);
    };
    if has_key {
        put("Ref_Key", json!(facts.key));
    }
    put(&of.date, Value::String(stamp(zone.to_datetime(facts.at))));
    put(&of.amount, number(facts.amount));
    let texts = [
        (&of.reference, Some(facts.reference())),
        (&of.comment, Some(facts.comment())),
        (&of.order_number, Some(facts.order_number.clone())),
        (&of.rrn, facts.rrn.clone()),
        (&of.bank_order_id, facts.bank_order_id.clone()),
    ];
    for (attribute, text) in texts {
        if let (Some(attribute), Some(text)) = (attribute, text) {
            put(attribute, Value::String(text));
        }
    }
    let links = [
        (&of.client, &facts.client_key),
        (&of.payment, &facts.payment_document),
    ];
    for (link, key) in links {
        if let (Some(link), Some(key)) = (link, key) {
            put(link.attribute(), Value::String(key.clone()));
            if let OnecLink::Typed { attribute, entity } = link {
                let kind = format!("StandardODATA.{entity}");
                put(&format!("{attribute}_Type"), Value::String(kind));
            }
        }
    }
    rows(&mut object, facts.amount, of);
    Value::Object(object)
}

fn rows(object: &mut Map<String, Value>, amount: Money, of: &Document) {
    for told in &of.rows {
        let part = object
            .entry(told.part.clone())
            .or_insert_with(|| Value::Array(Vec::new()));
        let Value::Array(rows) = part else { continue };
        let mut row = told.constants.clone();
        // Numbers of 64 bits are texts in this version's JSON.
        row.insert("LineNumber".to_owned(), json!((rows.len() + 1).to_string()));
        for attribute in &told.amount {
            row.insert(attribute.clone(), number(amount));
        }
        rows.push(Value::Object(row));
    }
}

/// A sum as a number: the shortest decimal text that reads back as the same number is the sum itself.
fn number(amount: Money) -> Value {
    let number = amount.to_decimal().parse::<f64>().ok();
    number.map_or(Value::Null, Value::from)
}
