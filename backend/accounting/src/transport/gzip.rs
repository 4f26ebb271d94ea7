//! Compressed answers, for those who ask for them: nobody else gets any.

use std::io::Read;

use flate2::read::MultiGzDecoder;
use reqwest::header::{CONTENT_ENCODING, HeaderMap};

/// Whether an answer says that it is compressed, and is. Some servers only say so.
pub(super) fn is_compressed(headers: &HeaderMap, body: &[u8]) -> bool {
    let says_so = headers
        .get(CONTENT_ENCODING)
        .is_some_and(|encoding| encoding.as_bytes().eq_ignore_ascii_case(b"gzip"));
    says_so && body.starts_with(&[0x1f, 0x8b])
}

/// At most so many bytes of what is inside, and whether there is more, or less than there should be.
pub(super) fn unpack(packed: &[u8], most: usize, is_cut: bool) -> (Vec<u8>, bool) {
    let mut inside = Vec::new();
    let room = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let read = MultiGzDecoder::new(packed).take(room).read_to_end(&mut inside);
    let is_whole = read.is_ok() && inside.len() <= most && !is_cut;
    inside.truncate(most);
    (inside, !is_whole)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use reqwest::header::HeaderValue;

    use super::*;

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn what_only_claims_to_be_compressed_is_taken_as_it_is() {
        let mut headers = HeaderMap::new();
        assert!(!is_compressed(&headers, &packed(b"{}")));
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        assert!(is_compressed(&headers, &packed(b"{}")));
        assert!(!is_compressed(&headers, b"{}"));
    }

    #[test]
    fn it_is_unpacked_up_to_the_limit() {
        let zeros = vec![b'0'; 100_000];
        assert_eq!(unpack(&packed(&zeros), 100_000, false), (zeros.clone(), false));
        assert_eq!(unpack(&packed(&zeros), 10, false), (vec![b'0'; 10], true));
    }

    #[test]
    fn an_answer_that_was_cut_short_is_not_taken_for_whole() {
        let whole = packed(&[b'0'; 100_000]);
        let (_, is_cut) = unpack(&whole[..whole.len() / 2], 100_000, false);
        assert!(is_cut);
    }
}
