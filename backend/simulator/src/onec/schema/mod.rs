//! What the configuration of a base consists of: entities, their attributes and table parts.

mod attributes;
mod catalogs;
mod documents;

pub(crate) use catalogs::{CLIENTS, USERS};
pub(crate) use documents::{PAYMENT, REFUND};

/// An entity of the configuration.
#[derive(Debug)]
pub(crate) struct Entity {
    /// `Document_X`, `Catalog_X`.
    pub(crate) name: &'static str,
    /// As the configuration shows it.
    pub(crate) title: &'static str,
    /// What its numbers or codes start with.
    pub(crate) prefix: &'static str,
    /// Without its parts.
    pub(crate) attributes: &'static [&'static [Attribute]],
    pub(crate) parts: &'static [Part],
}

/// A table part.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) name: &'static str,
    /// Without `Ref_Key` and `LineNumber`.
    pub(crate) attributes: &'static [Attribute],
}

/// An attribute.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attribute {
    /// As OData spells it, with `_Key` where it refers.
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
}

/// The type of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    /// Kopecks after rounding.
    Sum,
    /// Whole numbers, which JSON writes as text.
    Whole,
    Flag,
    /// By the server's clock, no zone.
    Moment,
    /// A key of this entity, or of nothing.
    Refers(&'static str),
    /// The object's own key.
    Own,
    /// A reference to one of several entities: a key, and the entity in `…_Type`.
    OneOf(&'static [&'static str]),
    /// Which entity it is, of the composite attribute of this name.
    TypeOf(&'static str),
}

impl Kind {
    /// In the metadata.
    pub(crate) fn edm(self) -> &'static str {
        match self {
            Self::Text | Self::OneOf(_) | Self::TypeOf(_) => "Edm.String",
            Self::Sum => "Edm.Double",
            Self::Whole => "Edm.Int64",
            Self::Flag => "Edm.Boolean",
            Self::Moment => "Edm.DateTime",
            Self::Refers(_) | Self::Own => "Edm.Guid",
        }
    }
}

/// Every entity.
pub(crate) static ENTITIES: &[&Entity] = &[
    &documents::PAYMENT_ENTITY,
    &documents::REFUND_ENTITY,
    &documents::CARD_ENTITY,
    &catalogs::CLIENTS_ENTITY,
    &catalogs::CONTRACTS_ENTITY,
    &catalogs::ORGANISATIONS_ENTITY,
    &catalogs::USERS_ENTITY,
];

/// The entity of this name.
pub(crate) fn entity(name: &str) -> Option<&'static Entity> {
    ENTITIES.iter().find(|entity| entity.name == name).copied()
}

/// The table part whose rows are published under this name, `Document_X_Part`.
pub(crate) fn part(name: &str) -> Option<(&'static Entity, &'static Part)> {
    ENTITIES.iter().find_map(|entity| {
        let rest = name.strip_prefix(entity.name)?.strip_prefix('_')?;
        let part = entity.parts.iter().find(|part| part.name == rest)?;
        Some((*entity, part))
    })
}

impl Entity {
    pub(crate) fn is_document(&self) -> bool {
        self.name.starts_with("Document_")
    }

    /// In the order of the metadata.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = &'static Attribute> + use<> {
        let groups = self.attributes;
        groups.iter().copied().flatten()
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&'static Attribute> {
        self.attributes().find(|attribute| attribute.name == name)
    }

    pub(crate) fn part(&self, name: &str) -> Option<&'static Part> {
        let parts = self.parts;
        parts.iter().find(|part| part.name == name)
    }

    /// The attribute that says who pays or is paid.
    pub(crate) fn client_attribute(&self) -> Option<&'static Attribute> {
        self.attribute("Контрагент_Key")
            .or_else(|| self.attribute("Контрагент"))
    }
}

impl Part {
    pub(crate) fn attribute(&self, name: &str) -> Option<&'static Attribute> {
        let attributes = self.attributes;
        attributes::ROW
            .iter()
            .chain(attributes)
            .find(|attribute| attribute.name == name)
    }

    /// With `Ref_Key` and `LineNumber`.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = &'static Attribute> + use<> {
        let attributes = self.attributes;
        attributes::ROW.iter().chain(attributes)
    }
}
