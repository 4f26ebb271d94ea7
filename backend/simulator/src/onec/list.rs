//! Reading: many objects, rows of table parts, and how many there are.

use serde_json::Value as Json;

use super::filter::{Filter, Scope, Seen, Sorting};
use super::query::Query;
use super::refusal::Refusal;
use super::rows::{Object, Objects, rows_of};
use super::schema::{Entity, Kind, Part};
use super::select::{Of, Selection};

/// What was found.
pub(super) struct Found {
    pub(super) objects: Vec<Object>,
    /// All that fit, when it was asked for.
    pub(super) count: Option<usize>,
}

/// Objects of one entity.
pub(super) fn objects(all: &Objects, entity: &'static Entity, query: &Query) -> Result<Found, Refusal> {
    let selection = Selection::read(Of::Entity(entity), query.select.as_deref())?;
    let expanded = expanded(entity, query.expand.as_deref())?;
    let found = fitting(
        all,
        Scope::of(entity),
        all.all(entity.name).map(|(_, object)| object),
        query,
    )?;
    Ok(shown(found, query, |object| {
        let mut shown = selection.of(all, object);
        for (name, attribute, target) in &expanded {
            let key = object.get(*attribute).and_then(Json::as_str).unwrap_or_default();
            let inner = all
                .get(target, key)
                .map_or(Json::Null, |inner| Json::Object(inner.clone()));
            shown.insert(name.clone(), inner);
        }
        shown
    }))
}

/// Rows of one table part of all objects.
pub(super) fn rows(
    all: &Objects,
    entity: &'static Entity,
    part: &'static Part,
    query: &Query,
) -> Result<Found, Refusal> {
    let selection = Selection::read(Of::Rows(part), query.select.as_deref())?;
    let rows = all
        .all(entity.name)
        .flat_map(|(_, object)| rows_of(object, part.name));
    let found = fitting(all, Scope::of_rows(part), rows, query)?;
    Ok(shown(found, query, |row| selection.of(all, row)))
}

/// How many there are, whatever `$top` says.
pub(super) fn count(all: &Objects, entity: &'static Entity, query: &Query) -> Result<usize, Refusal> {
    let objects = all.all(entity.name).map(|(_, object)| object);
    Ok(fitting(all, Scope::of(entity), objects, query)?.len())
}

/// What fits, in order.
fn fitting<'a>(
    all: &'a Objects,
    scope: Scope<'static>,
    candidates: impl Iterator<Item = &'a Object>,
    query: &Query,
) -> Result<Vec<&'a Object>, Refusal> {
    let sorting = Sorting::read(query.orderby.as_deref(), scope)?;
    let seen = |row| Seen {
        objects: all,
        row,
        bound: None,
    };
    let mut found: Vec<&Object> = match &query.filter {
        None => candidates.collect(),
        Some(text) => match Filter::read(text, scope)? {
            Some(filter) => candidates.filter(|row| filter.fits(seen(row))).collect(),
            None => Vec::new(),
        },
    };
    found.sort_by(|left, right| sorting.compare(seen(left), seen(right)));
    Ok(found)
}

/// The page that was asked for. With `$inlinecount` it is everything: the guide says that `$skip` and `$top` are passed over.
fn shown(found: Vec<&Object>, query: &Query, show: impl Fn(&Object) -> Object) -> Found {
    let count = query.inlinecount.then_some(found.len());
    let (skip, top) = if query.inlinecount {
        (0, usize::MAX)
    } else {
        (query.skip, query.top.unwrap_or(usize::MAX))
    };
    Found {
        objects: found.into_iter().skip(skip).take(top).map(show).collect(),
        count,
    }
}

/// Name, attribute and entity of the references that are to be shown whole.
fn expanded(
    entity: &'static Entity,
    expand: Option<&str>,
) -> Result<Vec<(String, &'static str, &'static str)>, Refusal> {
    let references = || {
        entity.attributes().filter_map(|attribute| match attribute.kind {
            Kind::Refers(target) => Some((
                attribute.name.trim_end_matches("_Key").to_owned(),
                attribute.name,
                target,
            )),
            _ => None,
        })
    };
    let mut expanded = Vec::new();
    for name in expand.unwrap_or_default().split(',').map(str::trim) {
        match name {
            "" => {}
            "*" => expanded.extend(references()),
            _ if name.contains('/') => return Err(Refusal::unsupported("$expand дальше одного шага")),
            _ => {
                let found = references().find(|(known, ..)| known == name);
                expanded.push(found.ok_or_else(|| Refusal::attribute(name))?);
            }
        }
    }
    Ok(expanded)
}
