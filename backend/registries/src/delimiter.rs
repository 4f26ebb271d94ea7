//! What separates the columns of a text.

/// What is tried, the likeliest first.
const KNOWN: [u8; 4] = [b';', b'\t', b',', b'|'];
/// So many lines are looked at.
const LINES: usize = 40;

/// The mark that parts the most lines into the same number of columns, and into the most columns.
pub(crate) fn detect(beginning: &str) -> u8 {
    let scored = KNOWN.iter().rev().map(|mark| (score(beginning, *mark), *mark));
    scored
        .max_by_key(|(score, _)| *score)
        .map_or(b';', |(_, mark)| mark)
}

/// How many lines agree, and in how many columns.
fn score(beginning: &str, mark: u8) -> (usize, usize) {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(mark)
        .has_headers(false)
        .flexible(true)
        .from_reader(beginning.as_bytes());
    let widths: Vec<usize> = reader
        .records()
        .take(LINES)
        .filter_map(Result::ok)
        .map(|record| record.len())
        .collect();
    let agreed = |width: usize| widths.iter().filter(|one| **one == width).count();
    widths
        .iter()
        .filter(|width| **width > 1)
        .map(|width| (agreed(*width), *width))
        .max()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::detect;

    #[test]
    fn the_mark_is_what_parts_most_lines_alike() {
        for (text, mark) in [
            ("a;b;c\n1,5;2,5;3\n2,5;3,5;4\n", b';'),
            ("a,b,c\n1,2,3\n", b','),
            ("a\tb\n\"x;y\"\t2\n", b'\t'),
            ("РЕЕСТР\nДата: 1\nИмя;Сумма\nA;1,00\nB;2,00\n", b';'),
            ("одна колонка\nи всё\n", b';'),
        ] {
            assert_eq!(detect(text), mark, "{text}");
        }
    }
}
