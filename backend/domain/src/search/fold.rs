//! The one way in which texts are made alike before they are compared.

/// Lower case, ё→е, anything but letters and digits as one space. Hyphens, dots and the like stay inside words
/// (order numbers, addresses), never at their ends; the typographer's hyphens are hyphens, invisible
/// characters are nothing, and a letter with its mark apart (as macOS writes `й`) is one letter.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'ё' => folded.push('е'),
            '\u{306}' if folded.ends_with('и') => {
                folded.pop();
                folded.push('й');
            }
            '\u{300}'..='\u{36f}' => {}
            _ if is_invisible(c) => {}
            _ if c.is_alphanumeric() => folded.push(c),
            _ if is_hyphen(c) => folded.push('-'),
            '_' | '@' | '.' | '+' => folded.push(c),
            _ => folded.push(' '),
        }
    }
    let words = folded
        .split(' ')
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A hyphen, a dash or a minus, whatever the keyboard or the text editor made of it.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// A character that takes no place: soft hyphen, zero-width space and joiners, marks of direction, BOM.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
