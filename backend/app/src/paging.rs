//! Opaque cursors, and one page of a list.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use uuid::Uuid;

use crate::ports::store::{Cursor, Page, Total};

/// Rows of a page when the caller does not say.
pub const DEFAULT_LIMIT: u32 = 50;
/// Rows of a page at most.
pub const MAX_LIMIT: u32 = 200;
/// Counting stops here.
pub const COUNT_CAP: u64 = 10_000;

/// A cursor that this program did not make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the cursor is not one that was given out; start again without it")]
pub struct BadCursor;

/// One page.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed<T> {
    /// The rows.
    pub items: Vec<T>,
    /// For the next page; `None` at the end.
    pub next_cursor: Option<String>,
    /// How many there are.
    pub total: Total,
}

/// The text of a cursor.
#[must_use]
pub fn encode(cursor: Cursor) -> String {
    let mut bytes = [0_u8; 24];
    bytes[..8].copy_from_slice(&cursor.at.as_microsecond().to_be_bytes());
    bytes[8..].copy_from_slice(cursor.id.as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The cursor of a text.
///
/// # Errors
/// [`BadCursor`].
pub fn decode(text: &str) -> Result<Cursor, BadCursor> {
    let bytes: [u8; 24] = URL_SAFE_NO_PAD
        .decode(text)
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or(BadCursor)?;
    let (at, id) = bytes.split_at(8);
    let micros = i64::from_be_bytes(at.try_into().map_err(|_| BadCursor)?);
    Ok(Cursor {
        at: reachable(micros),
        id: Uuid::from_slice(id).map_err(|_| BadCursor)?,
    })
}

/// The text of a cursor of a list that is ordered by a position.
#[must_use]
pub fn encode_position(position: u64) -> String {
    URL_SAFE_NO_PAD.encode(position.to_be_bytes())
}

/// The position of such a text.
///
/// # Errors
/// [`BadCursor`].
pub fn decode_position(text: &str) -> Result<u64, BadCursor> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok();
    let bytes: Option<[u8; 8]> = bytes.and_then(|bytes| bytes.try_into().ok());
    let position = bytes.map(u64::from_be_bytes).ok_or(BadCursor)?;
    // The databases count in signed numbers.
    i64::try_from(position).map(|_| position).map_err(|_| BadCursor)
}

/// A time from outside, moved into the years in which rows can be: both databases have an end of time.
pub(crate) fn reachable(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros.clamp(0, LAST_MICROSECOND)).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The end of the year 9998.
const LAST_MICROSECOND: i64 = 253_370_764_800_000_000;

/// The page to ask the store for: one row more than wanted shows whether there is a next page.
#[must_use]
pub(crate) fn one_more(after: Option<Cursor>, limit: u32) -> Page {
    Page {
        after,
        limit: limit + 1,
    }
}

/// Cuts the extra row off, and tells the cursor of the next page.
pub(crate) fn cut<T>(rows: &mut Vec<T>, limit: u32, place: impl Fn(&T) -> Cursor) -> Option<String> {
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    if more {
        rows.last().map(|row| encode(place(row)))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_the_way_to_the_client_and_back() {
        let cursor = Cursor {
            at: Timestamp::from_microsecond(1_764_000_000_123_456).unwrap(),
            id: Uuid::from_u128(7),
        };
        assert_eq!(decode(&encode(cursor)), Ok(cursor));
        assert_eq!(decode_position(&encode_position(200_000)), Ok(200_000));
    }

    #[test]
    fn a_made_up_cursor_is_refused() {
        for text in ["", "abc", "%%%", "AAAA"] {
            assert_eq!(decode(text), Err(BadCursor), "{text}");
            assert_eq!(decode_position(text), Err(BadCursor), "{text}");
        }
    }
}
