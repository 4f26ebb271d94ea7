//! Transliteration between Russian and Latin letters, as names are usually written on cards and in apps.
//!
//! It only widens a search, so it need not be reversible.

/// Longest first, so that `shch` is not read as `s`, `h`, `c`, `h`.
const TO_CYRILLIC: &[(&str, &str)] = &[
    ("shch", "щ"),
    ("sch", "щ"),
    ("iya", "ия"),
    ("yo", "е"),
    ("zh", "ж"),
    ("kh", "х"),
    ("ts", "ц"),
    ("ch", "ч"),
    ("sh", "ш"),
    ("yu", "ю"),
    ("ya", "я"),
    ("iu", "ю"),
    ("ia", "я"),
    ("ye", "е"),
    ("ey", "ей"),
    ("iy", "ий"),
    ("yy", "ый"),
    ("a", "а"),
    ("b", "б"),
    ("v", "в"),
    ("g", "г"),
    ("d", "д"),
    ("e", "е"),
    ("z", "з"),
    ("i", "и"),
    ("j", "й"),
    ("k", "к"),
    ("l", "л"),
    ("m", "м"),
    ("n", "н"),
    ("o", "о"),
    ("p", "п"),
    ("r", "р"),
    ("s", "с"),
    ("t", "т"),
    ("u", "у"),
    ("f", "ф"),
    ("h", "х"),
    ("c", "к"),
    ("y", "ы"),
    ("w", "в"),
    ("x", "кс"),
    ("q", "к"),
    ("'", ""),
];

const TO_LATIN: &[(char, &str)] = &[
    ('а', "a"),
    ('б', "b"),
    ('в', "v"),
    ('г', "g"),
    ('д', "d"),
    ('е', "e"),
    ('ж', "zh"),
    ('з', "z"),
    ('и', "i"),
    ('й', "y"),
    ('к', "k"),
    ('л', "l"),
    ('м', "m"),
    ('н', "n"),
    ('о', "o"),
    ('п', "p"),
    ('р', "r"),
    ('с', "s"),
    ('т', "t"),
    ('у', "u"),
    ('ф', "f"),
    ('х', "kh"),
    ('ц', "ts"),
    ('ч', "ch"),
    ('ш', "sh"),
    ('щ', "shch"),
    ('ъ', ""),
    ('ы', "y"),
    ('ь', ""),
    ('э', "e"),
    ('ю', "yu"),
    ('я', "ya"),
];

/// A folded text with its Latin letters read as Russian.
pub(super) fn to_cyrillic(folded: &str) -> String {
    let mut rest = folded;
    let mut out = String::with_capacity(folded.len() * 2);
    while let Some(first) = rest.chars().next() {
        let hit = TO_CYRILLIC.iter().find(|(latin, _)| rest.starts_with(latin));
        let used = hit.map_or(first.len_utf8(), |(latin, _)| latin.len());
        match hit {
            Some((_, cyrillic)) => out.push_str(cyrillic),
            None => out.push(first),
        }
        rest = &rest[used..];
    }
    out
}

/// A folded text with its Russian letters written in Latin ones.
pub(super) fn to_latin(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    for c in folded.chars() {
        match TO_LATIN.iter().find(|(cyrillic, _)| *cyrillic == c) {
            Some((_, latin)) => out.push_str(latin),
            None => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_written_across_the_alphabets() {
        for (latin, russian) in [
            ("ivanov", "иванов"),
            ("zhukova", "жукова"),
            ("shcherbakov", "щербаков"),
            ("yuliya", "юлия"),
        ] {
            assert_eq!(to_cyrillic(latin), russian);
            assert_eq!(to_latin(russian), latin);
        }
    }
}
