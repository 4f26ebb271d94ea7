//! A spreadsheet, row by row. Its texts are held in memory, its cells are not.

use std::fs::File;
use std::io::{BufReader, Seek, SeekFrom};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use calamine::{DataRef, Reader as _, Xlsx, open_workbook_from_rs};
use sverka_app::ports::registry::Unreadable;

use crate::rows::Rows;

/// What a spreadsheet may unpack to: a small file can hold an endless text.
const UNPACKED: u64 = 256 * 1024 * 1024;
/// More columns are none.
const WIDEST: usize = 200;
/// Rows that are read ahead.
const AHEAD: usize = 256;

type Row = Result<(u64, Vec<String>), Unreadable>;

/// The first sheet that has anything in it. It is read on a thread of its own, because its reader borrows the workbook.
pub(crate) struct XlsxRows(Receiver<Row>);

/// Whether a file is a zip archive, which a spreadsheet is.
pub(crate) fn is_spreadsheet(beginning: &[u8]) -> bool {
    beginning.starts_with(b"PK\x03\x04")
}

/// Whether it is a spreadsheet of the old form.
pub(crate) fn is_old_spreadsheet(beginning: &[u8]) -> bool {
    beginning.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

impl XlsxRows {
    /// The rows of a spreadsheet.
    pub(crate) fn open(mut file: File) -> Result<Self, Unreadable> {
        check_size(&file)?;
        file.seek(SeekFrom::Start(0)).map_err(Unreadable::Disk)?;
        let workbook = open_workbook_from_rs(BufReader::new(file)).map_err(broken)?;
        let (sender, rows) = sync_channel(AHEAD);
        std::thread::spawn(move || read(workbook, &sender));
        Ok(Self(rows))
    }
}

impl Rows for XlsxRows {
    fn next(&mut self, cells: &mut Vec<String>) -> Result<Option<u64>, Unreadable> {
        match self.0.recv() {
            Ok(row) => {
                let (line, row) = row?;
                *cells = row;
                Ok(Some(line))
            }
            Err(_) => Ok(None),
        }
    }
}

fn check_size(file: &File) -> Result<(), Unreadable> {
    let again = file.try_clone().map_err(Unreadable::Disk)?;
    let mut archive = zip::ZipArchive::new(BufReader::new(again))
        .map_err(|error| Unreadable::File(format!("this is not a spreadsheet: {error}")))?;
    let mut unpacked = 0_u64;
    for nth in 0..archive.len() {
        let entry = archive
            .by_index_raw(nth)
            .map_err(|error| Unreadable::File(format!("this is not a spreadsheet: {error}")))?;
        unpacked = unpacked.saturating_add(entry.size());
    }
    if unpacked > UNPACKED {
        return Err(Unreadable::File(
            "the spreadsheet unpacks to more than 256 MiB; save it as CSV".to_owned(),
        ));
    }
    Ok(())
}

fn broken(error: calamine::XlsxError) -> Unreadable {
    Unreadable::File(format!("this is not a spreadsheet: {error}"))
}

fn read(mut workbook: Xlsx<BufReader<File>>, rows: &SyncSender<Row>) {
    for sheet in workbook.sheet_names() {
        match read_sheet(&mut workbook, &sheet, rows) {
            Ok(false) => {}
            Ok(true) => return,
            Err(error) => {
                // Nobody listens any more when this cannot be sent.
                let _ = rows.send(Err(error));
                return;
            }
        }
    }
}

/// Sends the rows of a sheet. Returns whether it had any.
fn read_sheet(
    workbook: &mut Xlsx<BufReader<File>>,
    sheet: &str,
    rows: &SyncSender<Row>,
) -> Result<bool, Unreadable> {
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(broken)?;
    let (mut row, mut number) = (Vec::<String>::new(), None);
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let (line, column) = cell.get_position();
        if number.is_some_and(|number| number != line) {
            let full = std::mem::take(&mut row);
            if rows.send(Ok((line_of(number), full))).is_err() {
                return Ok(true);
            }
        }
        number = Some(line);
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        let text = text(cell.get_value());
        if column >= WIDEST {
            if text.is_empty() {
                continue;
            }
            return Err(Unreadable::Line {
                line: line_of(number),
                reason: format!("it has more than {WIDEST} columns"),
            });
        }
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        if let Some(place) = row.get_mut(column) {
            *place = text;
        }
    }
    let any = number.is_some();
    if any && rows.send(Ok((line_of(number), row))).is_err() {
        return Ok(true);
    }
    Ok(any)
}

fn line_of(row: Option<u32>) -> u64 {
    u64::from(row.unwrap_or_default()) + 1
}

/// A cell as text. Sums have at most six digits behind the point; a time is spelled as ISO 8601.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => decimal(*number),
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(at) => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
        }
        DataRef::DateTimeIso(text) => text.replace('T', " "),
        DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// A number without the noise of its binary form: at least two digits behind the point, unless it is whole.
fn decimal(number: f64) -> String {
    let text = format!("{number:.6}");
    let trimmed = text.trim_end_matches('0');
    match trimmed.split_once('.') {
        Some((whole, "")) => whole.to_owned(),
        Some((whole, part)) => format!("{whole}.{part:0<2}"),
        None => trimmed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn numbers_are_spelled_as_people_wrote_them() {
        let sum = 0.1 + 0.2;
        for (number, text) in [
            (4500.0, "4500"),
            (4500.5, "4500.50"),
            (sum, "0.30"),
            (-1.25, "-1.25"),
            (0.0, "0"),
        ] {
            assert_eq!(decimal(number), text);
        }
    }
}
