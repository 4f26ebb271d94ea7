//! The objects of a base.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::schema;

/// An object, or a row of a table part, in the form in which OData gives it.
pub(crate) type Object = Map<String, Json>;

/// Everything in a base, by entity and key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Objects {
    by_entity: BTreeMap<&'static str, BTreeMap<String, Object>>,
}

impl Objects {
    pub(crate) fn get(&self, entity: &str, key: &str) -> Option<&Object> {
        self.by_entity.get(entity)?.get(key)
    }

    /// Of one entity, in the order of their keys, as a base without an index on anything else gives them.
    pub(crate) fn all(&self, entity: &str) -> impl Iterator<Item = (&String, &Object)> {
        self.by_entity.get(entity).into_iter().flatten()
    }

    pub(crate) fn count(&self, entity: &str) -> usize {
        self.by_entity.get(entity).map_or(0, BTreeMap::len)
    }

    /// Puts an object in its place; an entity that the configuration has not is passed over.
    pub(crate) fn put(&mut self, entity: &str, key: &str, object: Object) {
        if let Some(known) = schema::entity(entity) {
            self.by_entity
                .entry(known.name)
                .or_default()
                .insert(key.to_owned(), object);
        }
    }

    pub(crate) fn remove(&mut self, entity: &str, key: &str) {
        if let Some(objects) = self.by_entity.get_mut(entity) {
            objects.remove(key);
        }
    }
}

/// The rows of a table part of an object.
pub(crate) fn rows_of<'a>(object: &'a Object, part: &str) -> impl Iterator<Item = &'a Object> + use<'a> {
    object
        .get(part)
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
        .filter_map(Json::as_object)
}

/// An attribute's text.
pub(crate) fn text<'a>(object: &'a Object, name: &str) -> &'a str {
    object.get(name).and_then(Json::as_str).unwrap_or_default()
}

/// An attribute's flag.
pub(crate) fn flag(object: &Object, name: &str) -> bool {
    object.get(name).and_then(Json::as_bool).unwrap_or_default()
}
