//! A table in CSV. Which mark parts the columns is not in the manual, so the headings decide.

/// The rows, headings first. Quoted cells may hold the mark, doubled quotes and line ends.
pub(super) fn table(text: &str) -> Vec<Vec<String>> {
    let headings = text.lines().next().unwrap_or_default();
    let mark = [';', '\t']
        .into_iter()
        .find(|mark| headings.contains(*mark))
        .unwrap_or(',');
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut letters = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                push(&mut rows, '"');
            }
            '"' => quoted = !quoted,
            '\n' if !quoted => rows.push(vec![String::new()]),
            '\r' if !quoted => {}
            '\0' => {}
            other if other == mark && !quoted => {
                if let Some(row) = rows.last_mut() {
                    row.push(String::new());
                }
            }
            other => push(&mut rows, other),
        }
    }
    rows.retain(|row| row.iter().any(|cell| !cell.trim().is_empty()));
    rows
}

fn push(rows: &mut [Vec<String>], letter: char) {
    if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
        cell.push(letter);
    }
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn quoted_cells_keep_marks_quotes_and_line_ends() {
        let rows = table("Id,Holder\r\n1,\"A \"\"B\"\", C\r\nD\"\r\n2,\r\n");
        assert_eq!(
            rows,
            [vec!["Id", "Holder"], vec!["1", "A \"B\", C\r\nD"], vec!["2", ""]]
        );
    }

    #[test]
    fn the_headings_say_what_parts_the_columns() {
        assert_eq!(table("Id;A\n1;2,5"), [vec!["Id", "A"], vec!["1", "2,5"]]);
        assert!(table("").is_empty());
    }
}
