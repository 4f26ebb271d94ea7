//! The port.

use std::fs::File;

use sverka_app::ports::registry::{Origin, Preview, RegistryFiles, RegistryReader, Unreadable};
use sverka_domain::registry::Mapping;

use crate::{opened, preview};

/// All forms of files that are known.
#[derive(Debug, Clone, Copy, Default)]
pub struct KnownFiles;

impl RegistryFiles for KnownFiles {
    fn preview(&self, file: File, origin: &Origin, mapping: Option<&Mapping>) -> Result<Preview, Unreadable> {
        preview::preview(file, origin, mapping)
    }

    fn open(
        &self,
        file: File,
        origin: &Origin,
        mapping: Option<&Mapping>,
    ) -> Result<Box<dyn RegistryReader>, Unreadable> {
        Ok(Box::new(opened::open(file, origin, mapping)?))
    }
}
