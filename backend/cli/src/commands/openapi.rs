//! `sverka openapi`.

use crate::failure::Failure;
use crate::print;

/// Prints the contract, or the table of error codes.
pub(super) fn run(errors: bool) -> Result<(), Failure> {
    if errors {
        print::text(&sverka_http::error_table());
        return Ok(());
    }
    let document = serde_json::to_string_pretty(&sverka_http::document()).map_err(Failure::refused)?;
    print::line(document);
    Ok(())
}
