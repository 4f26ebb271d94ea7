//! The bank's settlement files and lists, held against the journal.

mod compare;
mod discard;
mod list;
mod load;
mod mappings;
mod mend;
mod preview;
mod pull;
mod record;
mod survey;
mod tally;
mod work;

pub use list::{LinesListed, LinesQuery, RegistriesQuery, RegistryError};
pub use load::{LoadError, Loaded, Upload};
pub use mappings::MappingError;
pub use mend::{MendError, MendLine};
pub use preview::{PreviewError, PreviewFile};
pub use pull::{PullError, PullPeriod};
