//! Objects out of what was sent.

use serde_json::Value as Json;

use super::base::Base;
use super::journal::Change;
use super::refusal::Refusal;
use super::rows::{Object, text};
use super::schema::{Attribute, Entity, Kind, Part, USERS};
use super::value::{self, NOTHING, TYPE_PREFIX};

/// What a sender cannot set: the platform does.
const OF_THE_PLATFORM: [&str; 3] = ["Ref_Key", "DataVersion", "Posted"];

/// An object that nothing was told about.
pub(super) fn fresh(entity: &'static Entity, key: &str) -> Object {
    let mut object: Object = entity
        .attributes()
        .map(|attribute| (attribute.name.to_owned(), value::empty(attribute.kind)))
        .collect();
    for part in entity.parts {
        object.insert(part.name.to_owned(), Json::Array(Vec::new()));
    }
    object.insert("Ref_Key".to_owned(), Json::from(key));
    object
}

/// Takes over what was sent. What the object has not is passed over, and nobody is told.
pub(super) fn fill(object: &mut Object, entity: &'static Entity, sent: &Object) -> Result<(), Refusal> {
    for attribute in entity.attributes() {
        if OF_THE_PLATFORM.contains(&attribute.name) {
            continue;
        }
        if let Some(sent) = sent.get(attribute.name) {
            let kept = value::kept(attribute.kind, sent).ok_or_else(|| Refusal::value(attribute.name))?;
            object.insert(attribute.name.to_owned(), kept);
        }
    }
    entity
        .attributes()
        .try_for_each(|attribute| composite(object, attribute))?;
    let key = text(object, "Ref_Key").to_owned();
    for part in entity.parts {
        if let Some(sent) = sent.get(part.name) {
            object.insert(part.name.to_owned(), rows(part, sent, &key)?);
        }
    }
    Ok(())
}

/// A composite attribute has both a key and an entity that it may be of, or neither.
fn composite(object: &mut Object, attribute: &Attribute) -> Result<(), Refusal> {
    let Kind::OneOf(allowed) = attribute.kind else {
        return Ok(());
    };
    let type_name = format!("{}_Type", attribute.name);
    if value::is_empty(attribute.kind, object.get(attribute.name).unwrap_or(&Json::Null)) {
        let undefined = value::empty(Kind::TypeOf(attribute.name));
        object.insert(type_name, undefined);
        return Ok(());
    }
    let named = text(object, &type_name).strip_prefix(TYPE_PREFIX);
    if named.is_some_and(|name| allowed.contains(&name)) {
        return Ok(());
    }
    Err(Refusal::value(&type_name))
}

/// A table part is replaced as a whole; a row without its number is an internal error of 1C, not a refusal.
fn rows(part: &'static Part, sent: &Json, key: &str) -> Result<Json, Refusal> {
    let sent = sent.as_array().ok_or_else(|| Refusal::value(part.name))?;
    let mut rows = Vec::new();
    for row in sent {
        let row = row.as_object().ok_or_else(|| Refusal::value(part.name))?;
        if !row.contains_key("LineNumber") {
            return Err(Refusal::exception(
                "Внутренняя ошибка сервиса: не указан LineNumber",
            ));
        }
        let mut made = Object::new();
        for attribute in part.attributes() {
            let kept = match row.get(attribute.name) {
                _ if attribute.kind == Kind::Own => Json::from(key),
                Some(sent) => {
                    value::kept(attribute.kind, sent).ok_or_else(|| Refusal::value(attribute.name))?
                }
                None => value::empty(attribute.kind),
            };
            made.insert(attribute.name.to_owned(), kept);
        }
        rows.push(Json::Object(made));
    }
    Ok(Json::Array(rows))
}

/// The key of a person who works in the base, and the change that adds them when they are new.
pub(super) fn user(base: &Base, name: &str) -> (String, Option<Change>) {
    let known = base
        .objects
        .all(USERS)
        .find(|(_, user)| text(user, "Description") == name);
    if let Some((key, _)) = known {
        return (key.clone(), None);
    }
    let key = base.key_of(&format!("user/{name}"));
    let made = super::schema::entity(USERS).map(|entity| {
        let mut object = fresh(entity, &key);
        object.insert("Description".to_owned(), Json::from(name));
        object.insert("Code".to_owned(), Json::from(base.next_number(entity)));
        object.insert("DataVersion".to_owned(), Json::from(base.next_version()));
        put(entity, &key, object)
    });
    (key, made)
}

/// The change that puts an object in its place.
pub(super) fn put(entity: &Entity, key: &str, object: Object) -> Change {
    Change::Put {
        entity: entity.name.to_owned(),
        key: key.to_owned(),
        object,
    }
}

/// Whether an attribute of this name holds nothing.
pub(super) fn is_unfilled(object: &Object, attribute: &Attribute) -> bool {
    match (attribute.kind, object.get(attribute.name)) {
        (kind, Some(kept)) => value::is_empty(kind, kept) || *kept == NOTHING,
        (_, None) => true,
    }
}
