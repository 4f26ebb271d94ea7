//! What a path of the interface names.

use super::refusal::Refusal;
use super::schema::{self, Entity, Part};
use super::value;

/// A resource.
#[derive(Debug)]
pub(crate) enum Resource {
    /// `$metadata`.
    Metadata,
    /// `Document_X`.
    Set(&'static Entity),
    /// `Document_X/$count`.
    Count(&'static Entity),
    /// `Document_X(guid'…')`.
    One(&'static Entity, String),
    /// `Document_X(guid'…')/Post`.
    Action(&'static Entity, String, Action),
    /// `Document_X_Part`.
    Rows(&'static Entity, &'static Part),
    /// `Document_X_Part(Ref_Key=guid'…',LineNumber=1)`.
    Row(&'static Entity, &'static Part, String, String),
}

/// An action of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Post,
    Unpost,
}

impl Resource {
    /// Reads a decoded path; `hidden` are the entities that are not published.
    pub(crate) fn read(path: &str, hidden: &[String]) -> Result<Self, Refusal> {
        let path = path.trim_matches('/');
        if path == "$metadata" {
            return Ok(Self::Metadata);
        }
        let (head, tail) = match path.split_once('/') {
            Some((head, tail)) => (head, Some(tail)),
            None => (path, None),
        };
        let (name, key) = match head.split_once('(') {
            Some((name, rest)) => (name, Some(rest.strip_suffix(')').ok_or_else(Refusal::url)?)),
            None => (head, None),
        };
        let found = schema::entity(name).filter(|entity| !is_hidden(entity, hidden));
        if let Some(entity) = found {
            return Self::of_entity(entity, key, tail);
        }
        match schema::part(name).filter(|(entity, _)| !is_hidden(entity, hidden)) {
            Some((entity, part)) => Self::of_part(entity, part, key, tail),
            None => Err(Refusal::entity(name)),
        }
    }

    fn of_entity(entity: &'static Entity, key: Option<&str>, tail: Option<&str>) -> Result<Self, Refusal> {
        match (key, tail) {
            (None, None) => Ok(Self::Set(entity)),
            (None, Some("$count")) => Ok(Self::Count(entity)),
            (Some(key), None) => Ok(Self::One(entity, ref_key(key)?)),
            (Some(key), Some(name)) => {
                let action = match name.trim_end_matches("()") {
                    "Post" if entity.is_document() => Action::Post,
                    "Unpost" if entity.is_document() => Action::Unpost,
                    other => return Err(Refusal::method(other)),
                };
                Ok(Self::Action(entity, ref_key(key)?, action))
            }
            (None, Some(name)) => Err(Refusal::method(name)),
        }
    }

    fn of_part(
        entity: &'static Entity,
        part: &'static Part,
        key: Option<&str>,
        tail: Option<&str>,
    ) -> Result<Self, Refusal> {
        if let Some(name) = tail {
            return Err(Refusal::method(name));
        }
        let Some(key) = key else {
            return Ok(Self::Rows(entity, part));
        };
        let named = |name: &str| {
            key.split(',')
                .filter_map(|pair| pair.split_once('='))
                .find(|(known, _)| known.trim() == name)
                .map(|(_, value)| value.trim())
        };
        let owner = named("Ref_Key").ok_or_else(|| Refusal::key_part("Ref_Key"))?;
        let line = named("LineNumber").ok_or_else(|| Refusal::key_part("LineNumber"))?;
        Ok(Self::Row(entity, part, guid(owner)?, line.to_owned()))
    }
}

fn is_hidden(entity: &Entity, hidden: &[String]) -> bool {
    hidden.iter().any(|name| name == entity.name)
}

/// `guid'…'`, or `Ref_Key=guid'…'`.
fn ref_key(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::key_part("Ref_Key"));
    }
    match text.split_once('=') {
        Some((name, rest)) if name.trim() == "Ref_Key" => guid(rest.trim()),
        Some(_) => Err(Refusal::key_part("Ref_Key")),
        None => guid(text),
    }
}

fn guid(text: &str) -> Result<String, Refusal> {
    text.strip_prefix("guid'")
        .and_then(|rest| rest.strip_suffix('\''))
        .and_then(value::guid)
        .ok_or_else(|| Refusal::unreadable_text(text))
}
