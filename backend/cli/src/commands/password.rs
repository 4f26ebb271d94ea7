//! A password from the standard input.

use crate::failure::Failure;

/// The first line of the standard input, if it is wanted.
pub(super) fn read(wanted: bool) -> Result<Option<String>, Failure> {
    if !wanted {
        return Ok(None);
    }
    let mut line = String::new();
    std::io::stdin()
        .read_line(&mut line)
        .map_err(Failure::io("cannot read the password from the standard input"))?;
    Ok(Some(line.trim_end_matches(['\n', '\r']).to_owned()))
}
