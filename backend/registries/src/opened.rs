//! A file that is recognised and being read.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};

use encoding_rs::Encoding;
use sverka_app::ports::registry::{Format, Numbered, Origin, RegistryReader, Told, Unreadable};
use sverka_domain::registry::Mapping;

use crate::client_bank::{ClientBank, SIGNATURE};
use crate::encoding::{decoded, detect};
use crate::layout::{Layout, is_empty};
use crate::layouts::{Mapped, Sverka, TBank, YooKassa};
use crate::rows::{CsvRows, LineRows, Rows};
use crate::xlsx::{self, XlsxRows};

/// What a file is made of.
pub(crate) struct Table {
    pub(crate) format: Format,
    pub(crate) encoding: Option<&'static Encoding>,
    pub(crate) delimiter: Option<char>,
    pub(crate) rows: Box<dyn Rows>,
}

/// Opens a file as what it is, from its beginning.
pub(crate) fn table(mut file: File) -> Result<Table, Unreadable> {
    file.seek(SeekFrom::Start(0)).map_err(Unreadable::Disk)?;
    let mut beginning = Vec::new();
    let mut start = std::io::Read::take(&mut file, 8);
    start.read_to_end(&mut beginning).map_err(Unreadable::Disk)?;
    if beginning.is_empty() {
        return Err(Unreadable::File("the file is empty".to_owned()));
    }
    if xlsx::is_old_spreadsheet(&beginning) {
        return Err(Unreadable::File(
            "this is a spreadsheet of the old form (.xls); save it as .xlsx or CSV".to_owned(),
        ));
    }
    if xlsx::is_spreadsheet(&beginning) {
        return Ok(Table {
            format: Format::Xlsx,
            encoding: None,
            delimiter: None,
            rows: Box::new(XlsxRows::open(file)?),
        });
    }
    let encoding = detect(&mut file)?;
    if begins_with_signature(&file, encoding)? {
        return Ok(Table {
            format: Format::ClientBank,
            encoding: Some(encoding),
            delimiter: None,
            rows: Box::new(LineRows::open(file, encoding)?),
        });
    }
    let (rows, mark) = CsvRows::open(file, encoding)?;
    Ok(Table {
        format: Format::Csv,
        encoding: Some(encoding),
        delimiter: Some(char::from(mark)),
        rows: Box::new(rows),
    })
}

fn begins_with_signature(file: &File, encoding: &'static Encoding) -> Result<bool, Unreadable> {
    let again = file.try_clone().map_err(Unreadable::Disk)?;
    let mut beginning = String::new();
    let length = u64::try_from(SIGNATURE.len()).unwrap_or(0);
    let read = decoded(again, encoding)?
        .take(length)
        .read_to_string(&mut beginning);
    Ok(read.is_ok() && beginning == SIGNATURE)
}

/// A file that is being read.
pub(crate) struct Opened {
    rows: Box<dyn Rows>,
    layout: Box<dyn Layout>,
    cells: Vec<String>,
    /// The row that the layout was recognised by, which is read like any other.
    first: Option<u64>,
    last: u64,
    told: Told,
}

/// Opens a file by a mapping, or by the known layout that fits.
pub(crate) fn open(file: File, origin: &Origin, mapping: Option<&Mapping>) -> Result<Opened, Unreadable> {
    let mut table = table(file)?;
    let mut cells = Vec::new();
    let first = loop {
        match table.rows.next(&mut cells)? {
            None => return Err(Unreadable::File("the file has no rows".to_owned())),
            Some(line) if !is_empty(&cells) => break line,
            Some(_) => {}
        }
    };
    let layout = match mapping {
        Some(mapping) if table.format != Format::ClientBank => {
            Box::new(Mapped::new(mapping).map_err(Unreadable::File)?)
        }
        _ => recognise(table.format, &cells, origin).ok_or(Unreadable::LayoutUnknown)?,
    };
    Ok(Opened {
        rows: table.rows,
        layout,
        cells,
        first: Some(first),
        last: 0,
        told: Told::default(),
    })
}

/// The known layout of a file that begins so.
pub(crate) fn recognise(format: Format, first: &[String], origin: &Origin) -> Option<Box<dyn Layout>> {
    if format == Format::ClientBank {
        Some(Box::new(ClientBank::new(&origin.timezone)))
    } else if Sverka::fits(first) {
        Some(Box::new(Sverka::default()))
    } else if YooKassa::fits(first) {
        Some(Box::new(YooKassa::new()))
    } else if TBank::fits(first) {
        Some(Box::new(TBank::new()))
    } else {
        None
    }
}

impl RegistryReader for Opened {
    fn layout(&self) -> String {
        self.layout.name()
    }

    fn next(&mut self) -> Result<Option<Numbered>, Unreadable> {
        loop {
            let number = match self.first.take() {
                Some(number) => Some(number),
                None => self.rows.next(&mut self.cells)?,
            };
            let Some(number) = number else {
                let told = self.layout.told();
                self.told = told.map_err(|reason| Unreadable::Line {
                    line: self.last,
                    reason,
                })?;
                return Ok(None);
            };
            self.last = number;
            let read = self.layout.read(&self.cells);
            let read = read.map_err(|reason| Unreadable::Line { line: number, reason })?;
            if let Some(line) = read {
                return Ok(Some(Numbered { number, line }));
            }
        }
    }

    fn told(&self) -> Told {
        self.told
    }
}
