//! `$metadata`: which entities the interface has, and which attributes they have.

use std::collections::{HashMap, HashSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::mapping::{Clients, Document, Mapping};
use super::settings::OnecLink;

/// Attributes by type.
#[derive(Debug, Default)]
pub(super) struct Metadata(HashMap<String, HashSet<String>>);

impl Metadata {
    /// Reads EDMX; `None` where it is none.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut reader = Reader::from_str(text.trim_start());
        let mut types = HashMap::<String, HashSet<String>>::new();
        let mut current: Option<String> = None;
        loop {
            match reader.read_event().ok()? {
                Event::Start(start) | Event::Empty(start) => match start.local_name().as_ref() {
                    "EntityType" | "ComplexType" => {
                        let name = named(&start)?;
                        types.entry(name.clone()).or_default();
                        current = Some(name);
                    }
                    "Property" => {
                        if let Some(attributes) = current.as_ref().and_then(|of| types.get_mut(of)) {
                            attributes.insert(named(&start)?);
                        }
                    }
                    _ => {}
                },
                Event::End(end) if matches!(end.local_name().as_ref(), "EntityType" | "ComplexType") => {
                    current = None;
                }
                Event::Eof => break,
                _ => {}
            }
        }
        (!types.is_empty()).then_some(Self(types))
    }

    /// What the mapping names and the interface does not have: `Document_X`, `Document_X.Сумма`.
    pub(super) fn missing(&self, mapping: &Mapping) -> Vec<String> {
        let mut missing = self.missing_of(&mapping.payment);
        if let Some(refund) = &mapping.refund {
            missing.extend(self.missing_of(refund));
        }
        if let Some(clients) = &mapping.clients {
            missing.extend(self.missing_clients(clients));
        }
        missing.dedup();
        missing
    }

    fn missing_of(&self, of: &Document) -> Vec<String> {
        let mut names = vec!["Ref_Key", "Posted", "DeletionMark", &of.amount, &of.date];
        for link in [&of.client, &of.payment].into_iter().flatten() {
            names.push(link.attribute());
        }
        let typed: Vec<String> = [&of.client, &of.payment]
            .into_iter()
            .flatten()
            .filter_map(|link| match link {
                OnecLink::Typed { attribute, .. } => Some(format!("{attribute}_Type")),
                OnecLink::Plain(_) => None,
            })
            .collect();
        names.extend(typed.iter().map(String::as_str));
        let texts = [
            &of.reference,
            &of.comment,
            &of.order_number,
            &of.rrn,
            &of.bank_order_id,
        ];
        names.extend(texts.into_iter().filter_map(|name| name.as_deref()));
        names.extend(of.constants.keys().map(String::as_str));
        let mut missing = self.lacking(&[&of.entity], &names);
        for row in &of.rows {
            let part = format!("{}_{}", of.entity, row.part);
            let attributes = row.amount.iter().chain(row.constants.keys());
            let names: Vec<&str> = attributes.map(String::as_str).collect();
            missing.extend(self.lacking(&[&part, &format!("{part}_RowType")], &names));
        }
        missing
    }

    fn missing_clients(&self, of: &Clients) -> Vec<String> {
        let contacts = [&of.phone, &of.email]
            .into_iter()
            .filter_map(|name| name.as_deref());
        let mut names = vec!["Ref_Key", "DeletionMark", &of.name];
        names.extend(of.external_id.as_deref());
        names.extend(of.constants.keys().map(String::as_str));
        match &of.contacts_entity {
            None => {
                names.extend(contacts);
                self.lacking(&[&of.entity], &names)
            }
            Some(part) => {
                let mut missing = self.lacking(&[&of.entity], &names);
                let names: Vec<&str> = std::iter::once("Ref_Key").chain(contacts).collect();
                missing.extend(self.lacking(&[part, &format!("{part}_RowType")], &names));
                missing
            }
        }
    }

    /// What is lacking of a type, which goes under one of these names.
    fn lacking(&self, types: &[&str], names: &[&str]) -> Vec<String> {
        let known: Vec<&HashSet<String>> = types.iter().filter_map(|name| self.0.get(*name)).collect();
        let shown = types.first().copied().unwrap_or_default();
        if known.is_empty() {
            return vec![shown.to_owned()];
        }
        let lacks = |name: &&&str| !known.iter().any(|attributes| attributes.contains(**name));
        names
            .iter()
            .filter(lacks)
            .map(|name| format!("{shown}.{name}"))
            .collect()
    }
}

/// The `Name` of an element.
fn named(start: &BytesStart<'_>) -> Option<String> {
    let name = start.try_get_attribute("Name").ok()??;
    Some(name.value.into_owned())
}
