//! What encoding a text is in.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, IBM866, KOI8_R, UTF_8, WINDOWS_1251};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};
use sverka_app::ports::registry::Unreadable;

/// So much of a text that is not plain ASCII is enough to tell.
const ENOUGH: usize = 256 * 1024;
/// A piece that is read at once.
const PIECE: usize = 64 * 1024;

/// A text, decoded while it is read.
pub(crate) type Decoded = DecodeReaderBytes<BufReader<File>, Vec<u8>>;

/// The encoding of a file. A byte order mark decides; then the letters.
pub(crate) fn detect(file: &mut File) -> Result<&'static Encoding, Unreadable> {
    file.seek(SeekFrom::Start(0)).map_err(Unreadable::Disk)?;
    let mut piece = vec![0; PIECE];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let (mut fed, mut first) = (0, true);
    loop {
        let length = file.read(&mut piece).map_err(Unreadable::Disk)?;
        let bytes = piece.get(..length).unwrap_or_default();
        if first && let Some((encoding, _)) = Encoding::for_bom(bytes) {
            return Ok(encoding);
        }
        first = false;
        if length == 0 || fed >= ENOUGH {
            detector.feed(&[], true);
            break;
        }
        if !bytes.is_ascii() {
            detector.feed(bytes, false);
            fed += length;
        }
    }
    // Letters of Russian bookkeeping come in these; another guess means that there are too few of them to tell.
    let guessed = detector.guess(Some(b"ru"), Utf8Detection::Allow);
    let known = [UTF_8, WINDOWS_1251, IBM866, KOI8_R];
    Ok(match known.into_iter().find(|known| *known == guessed) {
        Some(known) => known,
        None if fed == 0 => UTF_8,
        None => WINDOWS_1251,
    })
}

/// The text from its beginning, without a byte order mark.
pub(crate) fn decoded(mut file: File, encoding: &'static Encoding) -> Result<Decoded, Unreadable> {
    file.seek(SeekFrom::Start(0)).map_err(Unreadable::Disk)?;
    Ok(DecodeReaderBytesBuilder::new()
        .encoding(Some(encoding))
        .bom_override(true)
        .build(BufReader::with_capacity(PIECE, file)))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn detected(bytes: &[u8]) -> (&'static str, String) {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        let encoding = detect(&mut file).unwrap();
        let mut text = String::new();
        decoded(file, encoding)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        (encoding.name(), text)
    }

    #[test]
    fn russian_tables_are_told_apart_by_their_letters() {
        let text = "Номер заказа;Сумма операции;Комиссия\r\nA-1;4500,00;90,00\r\n";
        let (windows, ..) = WINDOWS_1251.encode(text);
        assert_eq!(detected(&windows), ("windows-1251", text.to_owned()));
        assert_eq!(detected(text.as_bytes()), ("UTF-8", text.to_owned()));
        let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        assert_eq!(detected(&marked), ("UTF-8", text.to_owned()));
        assert_eq!(detected(b"kind;amount\n"), ("UTF-8", "kind;amount\n".to_owned()));
    }

    #[test]
    fn one_word_after_much_plain_text_is_enough() {
        let mut bytes = b"1;2;3\n".repeat(50_000);
        let (word, ..) = WINDOWS_1251.encode("Возврат платежа");
        bytes.extend_from_slice(&word);
        let (encoding, text) = detected(&bytes);
        assert_eq!(encoding, "windows-1251");
        assert!(text.ends_with("Возврат платежа"));
    }
}
