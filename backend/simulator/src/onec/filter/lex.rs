//! The words of a filter.

use super::Literal;
use crate::onec::refusal::Refusal;
use crate::onec::value;

/// A word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Name(String),
    Literal(Literal),
    Open,
    Close,
    Comma,
    Slash,
    Colon,
}

/// All words.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Refusal> {
    let mut rest = text;
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            ' ' | '\t' => {
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            '(' => (Token::Open, 1),
            ')' => (Token::Close, 1),
            ',' => (Token::Comma, 1),
            '/' => (Token::Slash, 1),
            ':' => (Token::Colon, 1),
            '\'' => quoted(rest).map(|(text, length)| (Token::Literal(Literal::Text(text)), length))?,
            '-' | '0'..='9' => number(rest)?,
            letter if letter.is_alphabetic() || letter == '_' => word(rest)?,
            other => return Err(Refusal::options(format_args!("лишний знак \"{other}\""))),
        };
        tokens.push(token);
        rest = rest.get(length..).unwrap_or_default();
    }
    Ok(tokens)
}

/// A text in quotes, a quote within it doubled; and how many bytes it took.
fn quoted(rest: &str) -> Result<(String, usize), Refusal> {
    let mut text = String::new();
    let mut letters = rest.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        if letter != '\'' {
            text.push(letter);
        } else if letters.peek().is_some_and(|(_, next)| *next == '\'') {
            letters.next();
            text.push('\'');
        } else {
            return Ok((text, at + 1));
        }
    }
    Err(Refusal::options("строка не закрыта"))
}

fn number(rest: &str) -> Result<(Token, usize), Refusal> {
    let length = rest
        .char_indices()
        .find(|(at, letter)| {
            !(letter.is_ascii_alphanumeric() || *letter == '.' || (*at == 0 && *letter == '-'))
        })
        .map_or(rest.len(), |(at, _)| at);
    let text = rest.get(..length).unwrap_or_default();
    let bare = text.trim_end_matches(['L', 'l', 'D', 'd', 'F', 'f', 'M', 'm']);
    let number = value::decimal(bare).ok_or_else(|| Refusal::unreadable_text(text))?;
    Ok((Token::Literal(Literal::Number(number)), length))
}

fn word(rest: &str) -> Result<(Token, usize), Refusal> {
    let length = rest
        .char_indices()
        .find(|(_, letter)| !(letter.is_alphanumeric() || *letter == '_'))
        .map_or(rest.len(), |(at, _)| at);
    let (name, after) = rest.split_at(length);
    if after.starts_with('\'') {
        let (text, more) = quoted(after)?;
        let literal = match name {
            "guid" => value::guid(&text).map(Literal::Guid),
            "datetime" => value::moment(&text).map(Literal::Moment),
            _ => None,
        };
        let literal = literal.ok_or_else(|| Refusal::unreadable_text(&text))?;
        return Ok((Token::Literal(literal), length + more));
    }
    let token = match name {
        "true" => Token::Literal(Literal::Flag(true)),
        "false" => Token::Literal(Literal::Flag(false)),
        "null" => Token::Literal(Literal::Null),
        _ => Token::Name(name.to_owned()),
    };
    Ok((token, length))
}
