//! Changing and deleting an object.

use serde_json::Value as Json;

use super::base::Base;
use super::journal::Change;
use super::make::{fill, put};
use super::refusal::Refusal;
use super::rows::{Object, flag, text};
use super::schema::Entity;

/// `PATCH`: what is sent changes. `whole` is `PUT`: everything has to be sent.
pub(super) fn change(
    base: &mut Base,
    entity: &'static Entity,
    key: &str,
    sent: &Object,
    (whole, if_match): (bool, Option<&str>),
) -> Result<(), Refusal> {
    let mut object = found(base, entity, key, if_match)?;
    if whole {
        let missing = entity
            .attributes()
            .map(|attribute| attribute.name)
            .find(|name| !["Ref_Key", "DataVersion", "Posted"].contains(name) && !sent.contains_key(*name));
        if let Some(name) = missing {
            return Err(Refusal::required(name));
        }
    }
    is_open(base, entity, &object)?;
    fill(&mut object, entity, sent)?;
    is_open(base, entity, &object)?;
    if flag(&object, "DeletionMark") && flag(&object, "Posted") {
        object.insert("Posted".to_owned(), Json::from(false));
    }
    write(base, entity, key, object)
}

/// `DELETE`: for good, not a mark.
pub(super) fn delete(
    base: &mut Base,
    entity: &'static Entity,
    key: &str,
    if_match: Option<&str>,
) -> Result<(), Refusal> {
    let object = found(base, entity, key, if_match)?;
    is_open(base, entity, &object)?;
    base.commit(vec![Change::Remove {
        entity: entity.name.to_owned(),
        key: key.to_owned(),
    }])
}

/// Writes an object as it is now.
pub(super) fn write(
    base: &mut Base,
    entity: &'static Entity,
    key: &str,
    mut object: Object,
) -> Result<(), Refusal> {
    object.insert("DataVersion".to_owned(), Json::from(base.next_version()));
    base.commit(vec![put(entity, key, object)])
}

/// The object, if the version that the caller has seen does not forbid it.
pub(super) fn found(
    base: &Base,
    entity: &'static Entity,
    key: &str,
    if_match: Option<&str>,
) -> Result<Object, Refusal> {
    let object = base
        .objects
        .get(entity.name, key)
        .ok_or_else(|| Refusal::instance(entity.name))?;
    let version = text(object, "DataVersion");
    let differs = if_match.is_some_and(|seen| seen != "*" && seen.trim_matches('"') != version);
    if differs && base.settings.honour_if_match {
        return Err(Refusal::changed());
    }
    Ok(object.clone())
}

/// Documents of a closed day stay as they are.
pub(super) fn is_open(base: &Base, entity: &Entity, object: &Object) -> Result<(), Refusal> {
    if entity.is_document() {
        base.is_open(text(object, "Date"))?;
    }
    Ok(())
}
