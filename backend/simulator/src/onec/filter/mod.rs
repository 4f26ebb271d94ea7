//! `$filter`: the language of Guide 17.4.5.2 without arithmetic and functions of dates.

mod check;
mod eval;
mod lex;
mod parse;
mod sort;

#[cfg(test)]
mod tests;

pub(crate) use check::Scope;
pub(crate) use eval::Seen;
pub(crate) use sort::Sorting;

use check::Wrong;

use super::refusal::Refusal;

/// An expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expr {
    Or(Box<Expr>, Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// `Контрагент/Description`, `d/Сумма`.
    Path(Vec<String>),
    Literal(Literal),
    /// To a reference of this entity.
    Cast(Box<Expr>, String),
    IsOf(Box<Expr>, String),
    /// The whole text, then the part that is looked for.
    Text(TextTest, Box<Expr>, Box<Expr>),
    /// `Часть/any(d: …)`.
    Rows {
        part: String,
        every: bool,
        variable: String,
        body: Option<Box<Expr>>,
    },
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
}

/// Where the part has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextTest {
    Starts,
    Ends,
    Within,
}

/// A literal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Literal {
    Null,
    Flag(bool),
    Text(String),
    /// In millionths.
    Number(i128),
    Guid(String),
    Moment(String),
}

/// An expression that fits what it is asked of.
#[derive(Debug)]
pub(crate) struct Filter {
    expr: Expr,
    scope: Scope<'static>,
}

impl Filter {
    /// Reads and checks a filter. An attribute that is not there is no error to 1C: nothing is found, and nobody is told.
    pub(crate) fn read(text: &str, scope: Scope<'static>) -> Result<Option<Self>, Refusal> {
        let expr = parse::parse(text)?;
        match check::flag(&expr, scope) {
            Ok(()) => Ok(Some(Self { expr, scope })),
            Err(Wrong::Unknown) => Ok(None),
            Err(Wrong::Refused(refusal)) => Err(refusal),
        }
    }

    /// Whether this one fits.
    pub(crate) fn fits(&self, seen: Seen<'_>) -> bool {
        eval::holds(&self.expr, self.scope, seen)
    }
}
