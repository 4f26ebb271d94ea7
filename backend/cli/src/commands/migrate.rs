//! `sverka migrate`.

use crate::config::Config;
use crate::failure::Failure;
use crate::print;

/// Brings the database up to date.
pub(super) fn run(config: &Config) -> Result<(), Failure> {
    let run = sverka_storage::migrate(&config.database_url)?;
    for name in &run {
        print::line(format!("migrated {name}"));
    }
    print::line(if run.is_empty() {
        "the database was up to date"
    } else {
        "the database is up to date"
    });
    Ok(())
}
