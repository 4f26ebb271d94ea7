//! Attributes that many entities have.

use super::{Attribute, Kind};

const fn is(name: &'static str, kind: Kind) -> Attribute {
    Attribute { name, kind }
}

pub(super) const fn text(name: &'static str) -> Attribute {
    is(name, Kind::Text)
}

pub(super) const fn sum(name: &'static str) -> Attribute {
    is(name, Kind::Sum)
}

pub(super) const fn flag(name: &'static str) -> Attribute {
    is(name, Kind::Flag)
}

pub(super) const fn moment(name: &'static str) -> Attribute {
    is(name, Kind::Moment)
}

pub(super) const fn refers(name: &'static str, entity: &'static str) -> Attribute {
    is(name, Kind::Refers(entity))
}

pub(super) const fn one_of(name: &'static str, entities: &'static [&'static str]) -> Attribute {
    is(name, Kind::OneOf(entities))
}

pub(super) const fn type_of(name: &'static str, composite: &'static str) -> Attribute {
    is(name, Kind::TypeOf(composite))
}

/// What the platform gives every document.
pub(super) const DOCUMENT: &[Attribute] = &[
    is("Ref_Key", Kind::Own),
    text("DataVersion"),
    flag("DeletionMark"),
    text("Number"),
    moment("Date"),
    flag("Posted"),
];

/// What the platform gives every catalog.
pub(super) const CATALOG: &[Attribute] = &[
    is("Ref_Key", Kind::Own),
    text("DataVersion"),
    flag("DeletionMark"),
    text("Code"),
    text("Description"),
    flag("Predefined"),
    text("PredefinedDataName"),
];

/// What the platform gives every row of a table part.
pub(super) const ROW: &[Attribute] = &[is("Ref_Key", Kind::Own), is("LineNumber", Kind::Whole)];
