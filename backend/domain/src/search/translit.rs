//! Transliteration between Russian and Latin letters, as names are usually written on cards and in apps.
//!
//! It only widens a search, so it need not be reversible.

/// Longest first, so that `shch` is not read as `s`, `h`, `c`, `h`.
const TO_CYRILLIC: &[(&str, &str)] = &[
    ("shch", "щ"),
    ("sch", "щ"),
    ("iya", "ия"),
    ("iia", "ия"),
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
        let (used, read) = in_place(&out, rest).unwrap_or_else(|| {
            let hit = TO_CYRILLIC.iter().find(|(latin, _)| rest.starts_with(latin));
            hit.map_or((first.len_utf8(), None), |(latin, read)| {
                (latin.len(), Some(read))
            })
        });
        match read {
            Some(cyrillic) => out.push_str(cyrillic),
            None => out.push(first),
        }
        rest = &rest[used..];
    }
    out
}

/// What is read by its place in the word: how many letters, and as what.
fn in_place(before: &str, rest: &str) -> Option<(usize, Option<&'static str>)> {
    let ends = |length: usize| !rest[length..].starts_with(char::is_alphabetic);
    let begins_pair = ["ya", "yo", "yu", "ye"].iter().any(|pair| rest.starts_with(pair));
    let after_vowel = before.ends_with(['а', 'е', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я']);
    let short_y = rest.starts_with('y') && !begins_pair;
    let short_i = rest.starts_with('i') && !before.ends_with('и') && ends(1);
    let after_consonant = before.ends_with(char::is_alphabetic) && !after_vowel;
    if rest.starts_with("ia") && ends(2) {
        // Maria, Anastasia; inside a word it is я: Diatlov.
        Some((2, Some("ия")))
    } else if after_vowel && (short_y || short_i) {
        Some((1, Some("й")))
    } else if rest.starts_with('y') && after_consonant && ends(1) {
        // Dmitry is Дмитрий, Bely is Белый: the beginning finds both.
        Some((1, Some("")))
    } else {
        None
    }
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
    fn names_are_read_as_they_are_spelt_on_cards() {
        for (latin, russian) in [
            ("maria", "мария"),
            ("iuliia", "юлия"),
            ("sergey", "сергей"),
            ("sergeyevich", "сергеевич"),
            ("andrei", "андрей"),
            ("chaykovskiy", "чайковский"),
            ("nikolai", "николай"),
            ("diatlov", "дятлов"),
            ("dmitry", "дмитр"),
            ("yy", "ый"),
        ] {
            assert_eq!(to_cyrillic(latin), russian, "{latin}");
        }
    }

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
