//! 1C:Enterprise by its standard OData interface, version 3 (1C:Enterprise 8.3.27 Developer Guide, 17.4).
//!
//! A document is made under a key of our own and posted in a second request; what is missing is done later, never
//! anew. Which document, and which of its attributes gets what, is configuration: no two bases are alike. Written from
//! the documentation and from public code: it has never met a live base.

mod answer;
mod body;
mod client;
mod deliver;
mod document;
mod facts;
mod filter;
mod look;
mod map;
mod mapping;
mod metadata;
mod people;
mod phones;
mod self_test;
mod settings;

pub(crate) use client::OnecOdata;
pub use settings::{
    OnecClass, OnecClientSettings, OnecDocumentSettings, OnecLink, OnecOdataSettings, OnecRowsSettings,
};
