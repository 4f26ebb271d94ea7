//! What an expression comes to for one object or row.

use std::cmp::Ordering;

use serde_json::{Map, Value as Json};

use super::check::{Found, Scope, is_bound, walk};
use super::{Comparison, Expr, Literal, TextTest};
use crate::onec::rows::{Objects, rows_of};
use crate::onec::schema::Kind;
use crate::onec::value::{self, NOTHING, TYPE_PREFIX};

/// What is looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen<'a> {
    /// Where references lead.
    pub(crate) objects: &'a Objects,
    /// The object, or the row of a table part.
    pub(crate) row: &'a Map<String, Json>,
    /// The row that the variable of a lambda stands for.
    pub(crate) bound: Option<&'a Map<String, Json>>,
}

/// A value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    Null,
    Flag(bool),
    Text(&'a str),
    Number(i128),
    /// A key that does not say of what.
    Guid(&'a str),
    Moment(&'a str),
    /// An entity and a key in it.
    Reference(&'a str, &'a str),
}

/// Whether a condition holds.
pub(super) fn holds(expr: &Expr, scope: Scope<'_>, seen: Seen<'_>) -> bool {
    match expr {
        Expr::Or(left, right) => holds(left, scope, seen) || holds(right, scope, seen),
        Expr::And(left, right) => holds(left, scope, seen) && holds(right, scope, seen),
        Expr::Not(inner) => !holds(inner, scope, seen),
        Expr::Compare(how, left, right) => compare(*how, (left, right), scope, seen),
        Expr::Text(test, whole, part) => {
            let (Value::Text(whole), Value::Text(part)) =
                (value(whole, scope, seen), value(part, scope, seen))
            else {
                return false;
            };
            let (whole, part) = (whole.to_lowercase(), part.to_lowercase());
            match test {
                TextTest::Starts => whole.starts_with(&part),
                TextTest::Ends => whole.ends_with(&part),
                TextTest::Within => whole.contains(&part),
            }
        }
        Expr::IsOf(inner, name) => {
            matches!(value(inner, scope, seen), Value::Reference(entity, _) if entity == name)
        }
        Expr::Rows {
            part,
            every,
            variable,
            body,
        } => in_rows(scope, seen, (part, *every), (variable, body.as_deref())),
        Expr::Path(_) | Expr::Literal(_) | Expr::Cast(..) => value(expr, scope, seen) == Value::Flag(true),
    }
}

fn in_rows(
    scope: Scope<'_>,
    seen: Seen<'_>,
    (name, every): (&str, bool),
    (variable, body): (&str, Option<&Expr>),
) -> bool {
    let super::check::Here::Entity(entity) = scope.here else {
        return false;
    };
    let (Some(part), mut rows) = (entity.part(name), rows_of(seen.row, name)) else {
        return false;
    };
    let Some(body) = body else {
        return rows.next().is_some() != every;
    };
    let bound = Some((variable, part));
    let mut fits = rows.map(|row| {
        let seen = Seen {
            bound: Some(row),
            ..seen
        };
        holds(body, Scope { bound, ..scope }, seen)
    });
    if every {
        fits.all(|fit| fit)
    } else {
        fits.any(|fit| fit)
    }
}

fn value<'a>(expr: &'a Expr, scope: Scope<'_>, seen: Seen<'a>) -> Value<'a> {
    match expr {
        Expr::Literal(literal) => match literal {
            Literal::Null => Value::Null,
            Literal::Flag(flag) => Value::Flag(*flag),
            Literal::Text(text) => Value::Text(text),
            Literal::Number(number) => Value::Number(*number),
            Literal::Guid(key) => Value::Guid(key),
            Literal::Moment(moment) => Value::Moment(moment),
        },
        Expr::Path(names) => follow(names, scope, seen),
        Expr::Cast(inner, name) => match value(inner, scope, seen) {
            Value::Guid(key) => Value::Reference(name, key),
            Value::Reference(entity, key) if entity == name => Value::Reference(entity, key),
            _ => Value::Null,
        },
        condition => Value::Flag(holds(condition, scope, seen)),
    }
}

/// Where a path leads to.
pub(super) fn follow<'a>(names: &[String], scope: Scope<'_>, seen: Seen<'a>) -> Value<'a> {
    let Ok(steps) = walk(names, scope) else {
        return Value::Null;
    };
    let mut row = if is_bound(names, scope) {
        seen.bound.unwrap_or(seen.row)
    } else {
        seen.row
    };
    for (index, step) in steps.iter().enumerate() {
        if index + 1 == steps.len() {
            return held(row, *step);
        }
        let next = match (step.kind, row.get(step.name).and_then(Json::as_str)) {
            (Kind::Refers(target), Some(key)) => seen.objects.get(target, key),
            _ => None,
        };
        match next {
            Some(next) => row = next,
            None => return Value::Null,
        }
    }
    Value::Null
}

fn held<'a>(row: &'a Map<String, Json>, step: Found) -> Value<'a> {
    let Some(kept) = row.get(step.name) else {
        return Value::Null;
    };
    let text = kept.as_str().unwrap_or_default();
    match step.kind {
        Kind::Text | Kind::TypeOf(_) => Value::Text(text),
        Kind::Sum | Kind::Whole => value::number(kept).map_or(Value::Null, Value::Number),
        Kind::Flag => kept.as_bool().map_or(Value::Null, Value::Flag),
        Kind::Moment => Value::Moment(text),
        Kind::Refers(target) if step.as_reference => reference(target, text),
        Kind::Refers(_) | Kind::Own => Value::Guid(text),
        Kind::OneOf(_) => row
            .get(&format!("{}_Type", step.name))
            .and_then(Json::as_str)
            .and_then(|name| name.strip_prefix(TYPE_PREFIX))
            .map_or(Value::Null, |entity| reference(entity, text)),
    }
}

fn reference<'a>(entity: &'a str, key: &'a str) -> Value<'a> {
    if key.is_empty() || key == NOTHING {
        Value::Null
    } else {
        Value::Reference(entity, key)
    }
}

fn compare(how: Comparison, (left, right): (&Expr, &Expr), scope: Scope<'_>, seen: Seen<'_>) -> bool {
    let (left, right) = (value(left, scope, seen), value(right, scope, seen));
    match how {
        Comparison::Eq => equal(left, right),
        Comparison::Ne => !equal(left, right),
        Comparison::Gt => compared(left, right) == Some(Ordering::Greater),
        Comparison::Ge => compared(left, right).is_some_and(Ordering::is_ge),
        Comparison::Lt => compared(left, right) == Some(Ordering::Less),
        Comparison::Le => compared(left, right).is_some_and(Ordering::is_le),
    }
}

/// A reference is never equal to a bare key, says the guide: only to a key that was cast.
fn equal(left: Value<'_>, right: Value<'_>) -> bool {
    match (left, right) {
        (Value::Reference(..), Value::Reference(..)) | (Value::Guid(_), Value::Guid(_)) => left == right,
        _ if left == Value::Null || right == Value::Null => left == right,
        _ => compared(left, right) == Some(Ordering::Equal),
    }
}

/// The order of two values of one type. 1C compares texts without looking at the case.
pub(super) fn compared(left: Value<'_>, right: Value<'_>) -> Option<Ordering> {
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => {
            let low = |text: &'_ str| text.chars().flat_map(char::to_lowercase).collect::<Vec<_>>();
            Some(if left == right {
                Ordering::Equal
            } else {
                low(left).cmp(&low(right))
            })
        }
        (Value::Number(left), Value::Number(right)) => Some(left.cmp(&right)),
        (Value::Moment(left), Value::Moment(right)) | (Value::Guid(left), Value::Guid(right)) => {
            Some(left.cmp(right))
        }
        (Value::Flag(left), Value::Flag(right)) => Some(left.cmp(&right)),
        _ => None,
    }
}
