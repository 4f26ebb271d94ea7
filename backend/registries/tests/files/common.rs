//! Reading a text as a file.

use std::fs::File;
use std::io::Write as _;

use sverka_app::ports::registry::{Origin, Preview, RegistryFiles as _, Told, Unreadable};
use sverka_domain::registry::{Line, Mapping};
use sverka_registries::KnownFiles;

pub(crate) fn origin() -> Origin {
    Origin {
        bank: "sber".to_owned(),
        file_name: None,
        timezone: "Europe/Moscow".to_owned(),
    }
}

pub(crate) fn file(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file
}

pub(crate) fn windows_1251(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1251.encode(text).0.into_owned()
}

/// The layout, the lines with their numbers, and what the file says of itself.
pub(crate) type Read = (String, Vec<(u64, Line)>, Told);

pub(crate) fn read(bytes: &[u8], mapping: Option<&Mapping>) -> Result<Read, Unreadable> {
    let mut reader = KnownFiles.open(file(bytes), &origin(), mapping)?;
    let mut lines = Vec::new();
    while let Some(numbered) = reader.next()? {
        lines.push((numbered.number, numbered.line));
    }
    Ok((reader.layout(), lines, reader.told()))
}

pub(crate) fn preview(bytes: &[u8], mapping: Option<&Mapping>) -> Preview {
    KnownFiles.preview(file(bytes), &origin(), mapping).unwrap()
}

/// A line in short: kind, who, sum, fee, time.
pub(crate) fn short(line: &Line) -> String {
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "-".to_owned());
    format!(
        "{} {}/{}/{} {} {} {}",
        line.kind,
        name(&line.bank_order_id),
        name(&line.order_number),
        name(&line.rrn),
        line.amount.amount,
        line.fee.map_or_else(|| "-".to_owned(), |fee| fee.to_string()),
        line.at,
    )
}

pub(crate) fn refusal(bytes: &[u8], mapping: Option<&Mapping>) -> String {
    read(bytes, mapping).unwrap_err().to_string()
}
