//! Phones in a typed text. In the search text a phone is digits only, a Russian one begins with 7.

use super::fold::{is_hyphen, is_invisible};
use crate::client::normalise_phone;

/// From so many digits on, a number among words is taken for a phone as well.
const PHONE_AMONG_WORDS: usize = 7;

/// Nothing but what phones are written with, and at least one digit.
pub(super) fn is_phone_like(typed: &str) -> bool {
    let allowed = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '+' | '(' | ')')
            || c.is_whitespace()
            || is_hyphen(c)
            || is_invisible(c)
    };
    typed.chars().all(allowed) && typed.chars().any(|c| c.is_ascii_digit())
}

/// The digits to look for: of a whole Russian number without the leading 8, 7 or +7; of the beginning of one as they
/// are and, for a leading 8, with the 7 that is stored instead.
pub(super) fn stored_forms(typed: &str) -> Vec<String> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let visible: String = typed.chars().filter(|c| !is_invisible(*c)).collect();
    let whole = normalise_phone(&visible);
    if let Some(national) = whole.strip_prefix("+7").filter(|rest| rest.len() == 10) {
        return vec![national.to_owned()];
    }
    // `8 916` is a beginning, and so is `89161`; `8916` may be the last four digits.
    let apart = visible
        .trim_start()
        .strip_prefix('8')
        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    let shortest = if apart { 1 } else { 4 };
    let with_seven = digits
        .strip_prefix('8')
        .filter(|rest| (shortest..10).contains(&rest.len()))
        .map(|rest| format!("7{rest}"));
    [digits].into_iter().chain(with_seven).collect()
}

/// The text with the phone in it as bare digits, where there is one besides other words: `Иванова 8 916 123-45-67`.
pub(super) fn with_bare_phone(typed: &str) -> Option<String> {
    let words: Vec<&str> = typed.split_whitespace().collect();
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut found = false;
    for run in words.chunk_by(|a, b| is_phone_like(a) == is_phone_like(b)) {
        let run = run.join(" ");
        let digits = run.chars().filter(char::is_ascii_digit).count();
        if is_phone_like(&run) && digits >= PHONE_AMONG_WORDS {
            found = true;
            out.extend(stored_forms(&run).into_iter().next());
        } else {
            out.push(run);
        }
    }
    found.then(|| out.join(" "))
}
