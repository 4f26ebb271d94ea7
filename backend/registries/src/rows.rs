//! A table, row by row.

use std::fs::File;
use std::io::{BufReader, Chain, Read as _};

use encoding_rs::Encoding;
use sverka_app::ports::registry::Unreadable;

use crate::delimiter;
use crate::encoding::{Decoded, decoded};

/// A row that is longer is none.
const WIDEST: usize = 200;
/// So much of a text tells what separates its columns.
const BEGINNING: u64 = 64 * 1024;

/// A table, row by row. What is kept of a row is put into `cells`, whose memory is used again.
pub(crate) trait Rows: Send {
    /// The next row and its line in the file; `None` at the end.
    fn next(&mut self, cells: &mut Vec<String>) -> Result<Option<u64>, Unreadable>;
}

/// A text with separators.
pub(crate) struct CsvRows {
    reader: csv::Reader<Chain<Decoded, &'static [u8]>>,
    record: csv::StringRecord,
}

/// The reader tells a record's line before it has passed over empty lines and the second half of a line end. So only
/// `\n` ends a record (a `\r` before it is trimmed), every record has an end, and its line is counted back from there.
const LAST_END: &[u8] = b"\n";

impl CsvRows {
    /// The rows of a text in that encoding, and what separates its columns.
    pub(crate) fn open(file: File, encoding: &'static Encoding) -> Result<(Self, u8), Unreadable> {
        let again = file.try_clone().map_err(Unreadable::Disk)?;
        let mut beginning = Vec::new();
        decoded(file, encoding)?
            .take(BEGINNING)
            .read_to_end(&mut beginning)
            .map_err(Unreadable::Disk)?;
        let mark = delimiter::detect(&String::from_utf8_lossy(&beginning));
        let reader = csv::ReaderBuilder::new()
            .delimiter(mark)
            .has_headers(false)
            .flexible(true)
            .terminator(csv::Terminator::Any(b'\n'))
            .from_reader(decoded(again, encoding)?.chain(LAST_END));
        let rows = Self {
            reader,
            record: csv::StringRecord::new(),
        };
        Ok((rows, mark))
    }
}

impl Rows for CsvRows {
    fn next(&mut self, cells: &mut Vec<String>) -> Result<Option<u64>, Unreadable> {
        let line = |error: &csv::Error| error.position().map_or(0, csv::Position::line);
        let more = self.reader.read_record(&mut self.record);
        let more = more.map_err(|error| Unreadable::Line {
            line: line(&error),
            reason: "this is not text".to_owned(),
        })?;
        if !more {
            return Ok(None);
        }
        let ends = self
            .record
            .iter()
            .map(|cell| cell.matches('\n').count())
            .sum::<usize>()
            + 1;
        let behind = self.reader.position().line();
        let line = behind.saturating_sub(u64::try_from(ends).unwrap_or(0));
        fill(cells, self.record.iter());
        if cells.len() > WIDEST {
            return Err(Unreadable::Line {
                line,
                reason: format!("it has more than {WIDEST} columns"),
            });
        }
        Ok(Some(line))
    }
}

/// Every line of a text as a row of one cell.
pub(crate) struct LineRows {
    reader: BufReader<Decoded>,
    line: u64,
}

/// A longer line is none.
const LONGEST: u64 = 64 * 1024;

impl LineRows {
    /// The lines of a text in that encoding.
    pub(crate) fn open(file: File, encoding: &'static Encoding) -> Result<Self, Unreadable> {
        Ok(Self {
            reader: BufReader::new(decoded(file, encoding)?),
            line: 0,
        })
    }
}

impl Rows for LineRows {
    fn next(&mut self, cells: &mut Vec<String>) -> Result<Option<u64>, Unreadable> {
        let mut text = Vec::new();
        let mut limited = std::io::Read::take(&mut self.reader, LONGEST);
        let length =
            std::io::BufRead::read_until(&mut limited, b'\n', &mut text).map_err(Unreadable::Disk)?;
        if length == 0 {
            return Ok(None);
        }
        self.line += 1;
        if u64::try_from(length).is_ok_and(|length| length >= LONGEST) {
            return Err(Unreadable::Line {
                line: self.line,
                reason: "the line has no end".to_owned(),
            });
        }
        fill(cells, std::iter::once(String::from_utf8_lossy(&text).trim()));
        Ok(Some(self.line))
    }
}

/// Puts texts into cells.
pub(crate) fn fill<'t>(cells: &mut Vec<String>, texts: impl Iterator<Item = &'t str>) {
    let mut filled = 0;
    for text in texts {
        if let Some(cell) = cells.get_mut(filled) {
            cell.clear();
            cell.push_str(text.trim());
        } else {
            cells.push(text.trim().to_owned());
        }
        filled += 1;
    }
    cells.truncate(filled);
}
