//! `$select`: which attributes an answer has, and presentations.

use serde_json::Value as Json;

use super::refusal::Refusal;
use super::rows::{Object, Objects, text};
use super::schema::{self, Entity, Kind, Part};
use super::value::TYPE_PREFIX;

const PRESENTATION: &str = "____Presentation";

/// What is selected.
#[derive(Debug)]
pub(super) struct Selection {
    of: Of,
    everything: bool,
    without_parts: bool,
    names: Vec<String>,
}

/// Of what.
#[derive(Clone, Copy, Debug)]
pub(super) enum Of {
    Entity(&'static Entity),
    Rows(&'static Part),
}

impl Of {
    fn kind(self, name: &str) -> Option<Kind> {
        let attribute = match self {
            Self::Entity(entity) => entity.attribute(name),
            Self::Rows(part) => part.attribute(name),
        };
        attribute.map(|attribute| attribute.kind)
    }

    fn attributes(self) -> Vec<&'static schema::Attribute> {
        match self {
            Self::Entity(entity) => entity.attributes().collect(),
            Self::Rows(part) => part.attributes().collect(),
        }
    }

    fn part(self, name: &str) -> Option<&'static Part> {
        match self {
            Self::Entity(entity) => entity.part(name),
            Self::Rows(_) => None,
        }
    }

    /// The attribute whose presentation goes by this name, `Контрагент` or `Контрагент_Key`.
    fn shown(self, name: &str) -> Option<(String, Kind)> {
        [name.to_owned(), format!("{name}_Key")]
            .into_iter()
            .find_map(|name| self.kind(&name).map(|kind| (name, kind)))
    }
}

impl Selection {
    /// Reads `$select`; everything when it is not given.
    pub(super) fn read(of: Of, select: Option<&str>) -> Result<Self, Refusal> {
        let mut selection = Self {
            of,
            everything: select.is_none(),
            without_parts: false,
            names: Vec::new(),
        };
        for name in select.unwrap_or_default().split(',').map(str::trim) {
            match name {
                "" => {}
                "*" => selection.everything = true,
                "**" => selection.without_parts = true,
                _ => {
                    selection.is_known(name)?;
                    selection.names.push(name.to_owned());
                }
            }
        }
        Ok(selection)
    }

    fn is_known(&self, name: &str) -> Result<(), Refusal> {
        let of = self.of;
        let known = match (name.strip_suffix(PRESENTATION), name.split_once('/')) {
            (Some("*"), _) => true,
            (Some(shown), _) => of.shown(shown).is_some(),
            (None, Some((part, name))) => of.part(part).is_some_and(|part| part.attribute(name).is_some()),
            (None, None) => name == "Presentation" || of.kind(name).is_some() || of.part(name).is_some(),
        };
        if known {
            return Ok(());
        }
        Err(Refusal::attribute(name))
    }

    /// What is shown of one object.
    pub(super) fn of(&self, objects: &Objects, object: &Object) -> Object {
        let mut shown = Object::new();
        for (name, kept) in object {
            let is_part = self.of.part(name).is_some();
            if self.everything || (self.without_parts && !is_part) {
                shown.insert(name.clone(), kept.clone());
            }
        }
        for name in &self.names {
            self.add(&mut shown, objects, object, name);
        }
        shown
    }

    fn add(&self, shown: &mut Object, objects: &Objects, object: &Object, name: &str) {
        if name == "Presentation" {
            if let Of::Entity(entity) = self.of {
                shown.insert(name.to_owned(), Json::from(title(entity, object)));
            }
        } else if name == "*____Presentation" {
            for attribute in self.of.attributes() {
                let short = attribute.name.trim_end_matches("_Key");
                let words = presentation(objects, object, attribute.name, attribute.kind);
                shown.insert(format!("{short}{PRESENTATION}"), Json::from(words));
            }
        } else if let Some((attribute, kind)) = name
            .strip_suffix(PRESENTATION)
            .and_then(|name| self.of.shown(name))
        {
            let words = presentation(objects, object, &attribute, kind);
            shown.insert(name.to_owned(), Json::from(words));
        } else if let Some((part, attribute)) = name.split_once('/') {
            add_column(shown, object, part, attribute);
        } else if let Some(kept) = object.get(name)
            && !(self.without_parts && self.of.part(name).is_some())
        {
            shown.insert(name.to_owned(), kept.clone());
        }
    }
}

/// One attribute of every row of a part, beside those that are shown of it already.
fn add_column(shown: &mut Object, object: &Object, part: &str, attribute: &str) {
    let rows: Vec<&Object> = super::rows::rows_of(object, part).collect();
    let column = shown
        .entry(part.to_owned())
        .or_insert_with(|| Json::Array(vec![Json::Object(Object::new()); rows.len()]));
    for (row, kept) in column.as_array_mut().into_iter().flatten().zip(rows) {
        if let (Some(row), Some(value)) = (row.as_object_mut(), kept.get(attribute)) {
            row.insert(attribute.to_owned(), value.clone());
        }
    }
}

/// An attribute as the configuration shows it to people.
pub(super) fn presentation(objects: &Objects, object: &Object, name: &str, kind: Kind) -> String {
    let kept = text(object, name);
    let refers = match kind {
        Kind::Refers(target) => Some(target),
        Kind::OneOf(_) => text(object, &format!("{name}_Type")).strip_prefix(TYPE_PREFIX),
        Kind::Own => return kept.to_owned(),
        _ => {
            return match object.get(name) {
                Some(Json::String(text)) => text.clone(),
                Some(Json::Bool(flag)) => if *flag { "Да" } else { "Нет" }.to_owned(),
                Some(other) => other.to_string(),
                None => String::new(),
            };
        }
    };
    refers
        .and_then(|target| Some((schema::entity(target)?, objects.get(target, kept)?)))
        .map_or_else(String::new, |(entity, object)| title(entity, object))
}

/// An object as the configuration shows it to people.
pub(super) fn title(entity: &Entity, object: &Object) -> String {
    if !entity.is_document() {
        return text(object, "Description").to_owned();
    }
    let date = text(object, "Date");
    let piece = |range: std::ops::Range<usize>| date.get(range).unwrap_or_default();
    format!(
        "{} {} от {}.{}.{} {}",
        entity.title,
        text(object, "Number"),
        piece(8..10),
        piece(5..7),
        piece(0..4),
        piece(11..19)
    )
}
