//! Words into an expression. From weak to strong: or, and, equality, order, not.

use super::lex::{Token, tokens};
use super::{Comparison, Expr, Literal, TextTest};
use crate::onec::refusal::Refusal;

/// Deeper brackets than anybody writes.
const DEEPEST: usize = 64;

/// Reads a filter.
pub(super) fn parse(text: &str) -> Result<Expr, Refusal> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        at: 0,
        depth: 0,
    };
    let expr = parser.or()?;
    match parser.next() {
        None => Ok(expr),
        Some(Token::Name(name)) if ["add", "sub", "mul", "div", "mod"].contains(&name.as_str()) => {
            Err(Refusal::unsupported(&name))
        }
        Some(_) => Err(Refusal::options("лишнее в конце условия")),
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    fn take(&mut self, token: &Token) -> bool {
        let is_it = self.peek() == Some(token);
        if is_it {
            self.at += 1;
        }
        is_it
    }

    fn take_word(&mut self, word: &str) -> bool {
        let is_it = matches!(self.peek(), Some(Token::Name(name)) if name == word);
        if is_it {
            self.at += 1;
        }
        is_it
    }

    fn need(&mut self, token: &Token, what: &str) -> Result<(), Refusal> {
        if self.take(token) {
            return Ok(());
        }
        Err(Refusal::options(format_args!("ожидается {what}")))
    }

    fn or(&mut self) -> Result<Expr, Refusal> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Refusal::options("слишком глубокая вложенность"));
        }
        let mut left = self.and()?;
        while self.take_word("or") {
            left = Expr::Or(Box::new(left), Box::new(self.and()?));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn and(&mut self) -> Result<Expr, Refusal> {
        let mut left = self.equality()?;
        while self.take_word("and") {
            left = Expr::And(Box::new(left), Box::new(self.equality()?));
        }
        Ok(left)
    }

    fn equality(&mut self) -> Result<Expr, Refusal> {
        let mut left = self.order()?;
        while let Some(how) = self.comparison(&[("eq", Comparison::Eq), ("ne", Comparison::Ne)]) {
            left = Expr::Compare(how, Box::new(left), Box::new(self.order()?));
        }
        Ok(left)
    }

    fn order(&mut self) -> Result<Expr, Refusal> {
        let words = [
            ("gt", Comparison::Gt),
            ("ge", Comparison::Ge),
            ("lt", Comparison::Lt),
            ("le", Comparison::Le),
        ];
        let mut left = self.unary()?;
        while let Some(how) = self.comparison(&words) {
            left = Expr::Compare(how, Box::new(left), Box::new(self.unary()?));
        }
        Ok(left)
    }

    fn comparison(&mut self, words: &[(&str, Comparison)]) -> Option<Comparison> {
        let (_, how) = words.iter().find(|(word, _)| self.take_word(word))?;
        Some(*how)
    }

    fn unary(&mut self) -> Result<Expr, Refusal> {
        let mut negations = 0_usize;
        while self.take_word("not") {
            negations += 1;
            if negations > DEEPEST {
                return Err(Refusal::options("слишком глубокая вложенность"));
            }
        }
        let inner = self.primary()?;
        Ok((0..negations).fold(inner, |inner, _| Expr::Not(Box::new(inner))))
    }

    fn primary(&mut self) -> Result<Expr, Refusal> {
        match self.next() {
            Some(Token::Literal(literal)) => Ok(Expr::Literal(literal)),
            Some(Token::Open) => {
                let inner = self.or()?;
                self.need(&Token::Close, "закрывающая скобка")?;
                Ok(inner)
            }
            Some(Token::Name(name)) if self.take(&Token::Open) => self.call(&name),
            Some(Token::Name(name)) => self.path(name),
            _ => Err(Refusal::options("ожидается значение")),
        }
    }

    fn path(&mut self, first: String) -> Result<Expr, Refusal> {
        let mut names = vec![first];
        while self.take(&Token::Slash) {
            let Some(Token::Name(name)) = self.next() else {
                return Err(Refusal::options("ожидается имя после /"));
            };
            if (name == "any" || name == "all") && self.take(&Token::Open) {
                return self.rows(&names, name == "all");
            }
            names.push(name);
        }
        Ok(Expr::Path(names))
    }

    fn rows(&mut self, names: &[String], every: bool) -> Result<Expr, Refusal> {
        let [part] = names else {
            return Err(Refusal::options("any и all бывают у табличной части"));
        };
        let part = part.clone();
        if self.take(&Token::Close) {
            return Ok(Expr::Rows {
                part,
                every,
                variable: String::new(),
                body: None,
            });
        }
        let Some(Token::Name(variable)) = self.next() else {
            return Err(Refusal::options("ожидается имя переменной"));
        };
        self.need(&Token::Colon, "двоеточие")?;
        let body = Some(Box::new(self.or()?));
        self.need(&Token::Close, "закрывающая скобка")?;
        Ok(Expr::Rows {
            part,
            every,
            variable,
            body,
        })
    }

    fn call(&mut self, name: &str) -> Result<Expr, Refusal> {
        let mut arguments = Vec::new();
        if !self.take(&Token::Close) {
            loop {
                arguments.push(self.or()?);
                if !self.take(&Token::Comma) {
                    break;
                }
            }
            self.need(&Token::Close, "закрывающая скобка")?;
        }
        let two = <[Expr; 2]>::try_from(arguments).map_err(|_| Refusal::function(name))?;
        let [first, second] = two;
        let text = |test, whole, part| Ok(Expr::Text(test, Box::new(whole), Box::new(part)));
        match (name, first, second) {
            ("startswith", whole, part) => text(TextTest::Starts, whole, part),
            ("endswith", whole, part) => text(TextTest::Ends, whole, part),
            // The part comes first here, and here only.
            ("substringof", part, whole) => text(TextTest::Within, whole, part),
            ("cast", inner, Expr::Literal(Literal::Text(name))) => Ok(Expr::Cast(Box::new(inner), name)),
            ("isof", inner, Expr::Literal(Literal::Text(name))) => Ok(Expr::IsOf(Box::new(inner), name)),
            _ => Err(Refusal::function(name)),
        }
    }
}
