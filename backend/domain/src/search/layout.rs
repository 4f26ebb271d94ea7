//! The other keyboard layout: `Bdfyjd` is `Иванов` typed without switching.

const LATIN: &str = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?";
const RUSSIAN: &str = "ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,";

/// The text as the other layout would have given it, by the layout that most of its letters are of.
pub(super) fn switched(text: &str) -> String {
    let cyrillic = text
        .chars()
        .filter(|c| ('а'..='я').contains(&lower(*c)) || lower(*c) == 'ё')
        .count();
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    let (from, to) = if cyrillic > latin {
        (RUSSIAN, LATIN)
    } else {
        (LATIN, RUSSIAN)
    };
    text.chars()
        .map(|c| {
            from.chars()
                .position(|f| f == c)
                .and_then(|at| to.chars().nth(at))
                .unwrap_or(c)
        })
        .collect()
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::switched;

    #[test]
    fn a_name_typed_in_the_wrong_layout_is_read_in_the_right_one() {
        assert_eq!(switched("Bdfyjd"), "Иванов");
        assert_eq!(switched("Шмфтщм"), "Ivanov");
        assert_eq!(switched(";erjd"), "жуков");
    }
}
