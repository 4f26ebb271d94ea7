//! `$metadata`: every published entity, its attributes and its table parts.

use std::fmt::Write;

use super::atom::HEAD;
use super::schema::{Attribute, ENTITIES, Entity, Kind};

/// The entities that are published.
pub(super) fn published(hidden: &[String]) -> impl Iterator<Item = &'static Entity> + '_ {
    ENTITIES
        .iter()
        .copied()
        .filter(|entity| !hidden.iter().any(|name| name == entity.name))
}

/// The names of all sets.
pub(super) fn sets(hidden: &[String]) -> Vec<String> {
    published(hidden)
        .flat_map(|entity| {
            let parts = entity
                .parts
                .iter()
                .map(|part| format!("{}_{}", entity.name, part.name));
            std::iter::once(entity.name.to_owned()).chain(parts)
        })
        .collect()
}

/// The whole document.
pub(super) fn document(hidden: &[String]) -> String {
    let mut xml = format!(
        "{HEAD}<edmx:Edmx xmlns:edmx=\"http://schemas.microsoft.com/ado/2007/06/edmx\" Version=\"1.0\"><edmx:DataServices \
         xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\" m:DataServiceVersion=\"3.0\" \
         m:MaxDataServiceVersion=\"3.0\"><Schema xmlns=\"http://schemas.microsoft.com/ado/2009/11/edm\" \
         Namespace=\"StandardODATA\">"
    );
    for entity in published(hidden) {
        describe(&mut xml, entity);
    }
    xml.push_str("<EntityContainer Name=\"EnterpriseV8\" m:IsDefaultEntityContainer=\"true\">");
    for name in sets(hidden) {
        let _ = write!(
            xml,
            "<EntitySet Name=\"{name}\" EntityType=\"StandardODATA.{name}\"/>"
        );
    }
    xml.push_str(ACTIONS);
    xml.push_str("</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>");
    xml
}

const ACTIONS: &str = "<FunctionImport Name=\"Post\" IsBindable=\"true\" m:HttpMethod=\"POST\">\
                       <Parameter Name=\"PostingModeOperational\" Type=\"Edm.Boolean\"/></FunctionImport>\
                       <FunctionImport Name=\"Unpost\" IsBindable=\"true\" m:HttpMethod=\"POST\"/>";

fn describe(xml: &mut String, entity: &'static Entity) {
    let _ = write!(
        xml,
        "<EntityType Name=\"{}\"><Key><PropertyRef Name=\"Ref_Key\"/></Key>",
        entity.name
    );
    entity.attributes().for_each(|attribute| property(xml, attribute));
    for part in entity.parts {
        let _ = write!(
            xml,
            "<Property Name=\"{0}\" Type=\"Collection(StandardODATA.{1}_{0}_RowType)\" Nullable=\"true\"/>",
            part.name, entity.name
        );
    }
    for attribute in entity.attributes() {
        if let Kind::Refers(target) = attribute.kind {
            let _ = write!(
                xml,
                "<NavigationProperty Name=\"{}\" Relationship=\"StandardODATA.{}_{}\" FromRole=\"Begin\" ToRole=\"End\"/>",
                attribute.name.trim_end_matches("_Key"),
                entity.name,
                target
            );
        }
    }
    xml.push_str("</EntityType>");
    for part in entity.parts {
        let name = format!("{}_{}", entity.name, part.name);
        let _ = write!(
            xml,
            "<EntityType Name=\"{name}\"><Key><PropertyRef Name=\"Ref_Key\"/><PropertyRef Name=\"LineNumber\"/></Key>"
        );
        part.attributes().for_each(|attribute| property(xml, attribute));
        let _ = write!(xml, "</EntityType><ComplexType Name=\"{name}_RowType\">");
        part.attributes().for_each(|attribute| property(xml, attribute));
        xml.push_str("</ComplexType>");
    }
}

fn property(xml: &mut String, attribute: &Attribute) {
    let nullable = attribute.kind != Kind::Own;
    let _ = write!(
        xml,
        "<Property Name=\"{}\" Type=\"{}\" Nullable=\"{nullable}\"/>",
        attribute.name,
        attribute.kind.edm()
    );
}
