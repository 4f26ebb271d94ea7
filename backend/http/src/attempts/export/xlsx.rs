//! The file as a workbook. It can be sent only when it is complete, so it is made in a temporary file, row by row, and then
//! sent in pieces: neither the rows nor the file are ever in memory as a whole.

use std::fs::File;
use std::io::{self, Read as _, Seek as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::web::Bytes;
use futures_util::{Stream, TryStreamExt as _, stream};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use sverka_app::attempts::Export;
use sverka_domain::attempt::Attempt;
use tokio::runtime::Handle;

use super::cells::{COLUMNS, Cell, cells};

/// Rows of a sheet below its heading.
const ROWS: u32 = 1_048_575;
const PIECE: usize = 64 * 1024;

/// Set when the client has left: the writing ends at the next page.
struct Left(Arc<AtomicBool>);

impl Drop for Left {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The file; when the client leaves before it is complete, it is not made any further.
pub(super) fn stream(export: Export) -> impl Stream<Item = io::Result<Bytes>> {
    stream::once(made(export)).try_flatten()
}

async fn made(export: Export) -> io::Result<impl Stream<Item = io::Result<Bytes>>> {
    let has_left = Arc::new(AtomicBool::new(false));
    let left = Left(Arc::clone(&has_left));
    let handle = Handle::current();
    let file = tokio::task::spawn_blocking(move || make(&handle, export, &has_left))
        .await
        .map_err(io::Error::other)??;
    drop(left);
    Ok(stream::try_unfold(file, async |mut file| {
        let read = tokio::task::spawn_blocking(move || {
            let mut piece = vec![0; PIECE];
            let length = file.read(&mut piece)?;
            piece.truncate(length);
            io::Result::Ok((piece, file))
        });
        let (piece, file) = read.await.map_err(io::Error::other)??;
        Ok((!piece.is_empty()).then(|| (piece.into(), file)))
    }))
}

fn make(handle: &Handle, mut export: Export, has_left: &AtomicBool) -> io::Result<File> {
    let mut workbook = Workbook::new();
    let formats = Formats::new();
    let mut rows = handle
        .block_on(export.next())
        .map_err(io::Error::other)?
        .into_iter();
    let mut is_over = false;
    while !is_over {
        let sheet = workbook
            .add_worksheet_with_constant_memory()
            .map_err(io::Error::other)?;
        head(sheet, &formats).map_err(io::Error::other)?;
        let mut number = 0;
        while number < ROWS {
            if let Some(row) = rows.next() {
                number += 1;
                write(sheet, number, row, &formats).map_err(io::Error::other)?;
                continue;
            }
            if has_left.load(Ordering::Relaxed) {
                return Err(io::Error::other("the client has left"));
            }
            rows = handle
                .block_on(export.next())
                .map_err(io::Error::other)?
                .into_iter();
            if rows.len() == 0 {
                is_over = true;
                break;
            }
        }
    }
    let mut file = tempfile::tempfile()?;
    workbook.save_to_writer(&mut file).map_err(io::Error::other)?;
    file.rewind()?;
    Ok(file)
}

struct Formats {
    head: Format,
    sum: Format,
}

impl Formats {
    fn new() -> Self {
        Self {
            head: Format::new().set_bold(),
            sum: Format::new().set_num_format("#,##0.00"),
        }
    }
}

fn head(sheet: &mut Worksheet, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, 0)?;
    for (column, name) in (0..).zip(COLUMNS) {
        sheet.set_column_width(column, 18)?;
        sheet.write_string_with_format(0, column, name, &formats.head)?;
    }
    Ok(())
}

fn write(sheet: &mut Worksheet, row: u32, attempt: Attempt, formats: &Formats) -> Result<(), XlsxError> {
    for (column, cell) in (0..).zip(cells(attempt)) {
        match cell {
            // A string cell is never run, whatever it begins with.
            Cell::Word(text) | Cell::Text(text) => sheet.write_string(row, column, text)?,
            Cell::Sum(sum) => match sum.to_decimal().parse::<f64>() {
                Ok(number) => sheet.write_number_with_format(row, column, number, &formats.sum)?,
                Err(_) => sheet.write_string(row, column, sum.to_decimal())?,
            },
            Cell::Time(time) => sheet.write_string(row, column, time.to_string())?,
            Cell::Flag(flag) => sheet.write_boolean(row, column, flag)?,
            Cell::Empty => continue,
        };
    }
    Ok(())
}
