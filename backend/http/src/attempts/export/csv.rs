//! The file as CSV, a page of rows at a time.

use std::io;

use actix_web::web::Bytes;
use futures_util::{Stream, stream};
use sverka_app::attempts::Export;
use sverka_domain::attempt::Attempt;

use super::cells::{COLUMNS, Cell, cells};

/// Spreadsheets take a file without it for one of an older encoding.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The file, read as fast as the client takes it; when the client leaves, nothing more is read.
pub(super) fn stream(export: Export) -> impl Stream<Item = io::Result<Bytes>> {
    stream::try_unfold((export, true), async |(mut export, is_first)| {
        let rows = export.next().await.map_err(io::Error::other)?;
        if rows.is_empty() && !is_first {
            return Ok(None);
        }
        Ok(Some((page(rows, is_first)?, (export, false))))
    })
}

fn page(rows: Vec<Attempt>, is_first: bool) -> io::Result<Bytes> {
    let mut bytes = Vec::with_capacity(rows.len() * 256 + 512);
    if is_first {
        bytes.extend_from_slice(BYTE_ORDER_MARK);
    }
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(bytes);
    if is_first {
        writer.write_record(COLUMNS)?;
    }
    for row in rows {
        writer.write_record(cells(row).map(written))?;
    }
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    Ok(bytes.into())
}

fn written(cell: Cell) -> String {
    match cell {
        Cell::Word(word) => word,
        Cell::Text(text) => harmless(text),
        Cell::Sum(sum) => sum.to_decimal(),
        Cell::Time(time) => time.to_string(),
        Cell::Flag(flag) => flag.to_string(),
        Cell::Empty => String::new(),
    }
}

/// A name that begins as a formula does must not be one on the accountant's machine.
fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn a_text_that_a_spreadsheet_would_run_is_only_shown() {
        assert_eq!(harmless("=HYPERLINK(1)".into()), "'=HYPERLINK(1)");
        assert_eq!(harmless("Иванова".into()), "Иванова");
    }
}
