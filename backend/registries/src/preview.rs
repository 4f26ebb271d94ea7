//! The beginning of a file, for a person to look at.

use std::fs::File;

use sverka_app::ports::registry::{Format, Origin, Preview, Unreadable};
use sverka_domain::registry::Mapping;

use crate::guess::{guess, looks_like_headings};
use crate::layout::is_empty;
use crate::layouts::is_header;
use crate::opened::{recognise, table};

/// Rows that are shown.
const SHOWN: usize = 20;
/// Rows that are looked at for headings.
const LOOKED_AT: usize = 30;

/// Looks at a file.
pub(crate) fn preview(file: File, origin: &Origin, mapping: Option<&Mapping>) -> Result<Preview, Unreadable> {
    let mut table = table(file)?;
    let (mut rows, mut cells) = (Vec::new(), Vec::new());
    while rows.len() < LOOKED_AT && table.rows.next(&mut cells)?.is_some() {
        if !is_empty(&cells) {
            rows.push(cells.clone());
        }
    }
    let first = rows
        .first()
        .ok_or_else(|| Unreadable::File("the file has no rows".to_owned()))?;
    let layout = match mapping {
        Some(mapping) => Some(format!("saved:{}", mapping.name)),
        None => recognise(table.format, first, origin).map(|layout| layout.name()),
    };
    let is_heading = |row: &Vec<String>| match mapping {
        Some(mapping) => is_header(mapping, row),
        None => looks_like_headings(row),
    };
    let heading = match table.format {
        Format::ClientBank => None,
        Format::Csv | Format::Xlsx => rows.iter().position(is_heading),
    };
    let (columns, shown) = match heading {
        Some(place) => {
            let below = rows.split_off(place + 1);
            (rows.pop().unwrap_or_default(), below)
        }
        None => {
            let widest = rows.iter().map(Vec::len).max().unwrap_or(0);
            ((1..=widest).map(|nth| format!("#{nth}")).collect(), rows)
        }
    };
    let shown: Vec<Vec<String>> = shown.into_iter().take(SHOWN).collect();
    let guess = match (&layout, mapping) {
        (_, Some(mapping)) => Some(mapping.clone()),
        (None, None) => guess(&origin.bank, &columns, &shown, &origin.timezone),
        (Some(_), None) => None,
    };
    Ok(Preview {
        format: table.format,
        layout,
        encoding: table
            .encoding
            .map_or("UTF-8", |encoding| encoding.name())
            .to_owned(),
        delimiter: table.delimiter,
        columns,
        rows: shown,
        guess,
    })
}
