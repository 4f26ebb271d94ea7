//! Whether an expression fits the entity: its attributes are there, and like is compared with like.

use super::{Comparison, Expr, Literal};
use crate::onec::refusal::Refusal;
use crate::onec::schema::{self, Entity, Kind, Part};

/// What names mean.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope<'a> {
    pub(super) here: Here,
    /// The variable of a lambda, and the part whose row it is.
    pub(super) bound: Option<(&'a str, &'static Part)>,
}

/// Whose attributes are at hand.
#[derive(Clone, Copy, Debug)]
pub(super) enum Here {
    Entity(&'static Entity),
    Part(&'static Part),
}

/// Why a filter does not fit.
#[derive(Debug)]
pub(super) enum Wrong {
    /// There is no such attribute.
    Unknown,
    Refused(Refusal),
}

/// What an expression comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Null,
    Flag,
    Text,
    Number,
    Guid,
    Moment,
    /// A reference that knows its entity.
    Reference,
}

/// Where a path leads to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// The attribute's own name.
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// Whether the reference itself is meant, not the key: `Контрагент` for `Контрагент_Key`.
    pub(super) as_reference: bool,
}

impl Scope<'static> {
    pub(crate) fn of(entity: &'static Entity) -> Self {
        Self {
            here: Here::Entity(entity),
            bound: None,
        }
    }

    pub(crate) fn of_rows(part: &'static Part) -> Self {
        Self {
            here: Here::Part(part),
            bound: None,
        }
    }
}

impl Here {
    fn find(self, name: &str) -> Option<Found> {
        let attribute = |name: &str| match self {
            Self::Entity(entity) => entity.attribute(name),
            Self::Part(part) => part.attribute(name),
        };
        let found = |as_reference| {
            move |attribute: &'static schema::Attribute| Found {
                name: attribute.name,
                kind: attribute.kind,
                as_reference,
            }
        };
        attribute(name)
            .map(found(false))
            .or_else(|| attribute(&format!("{name}_Key")).map(found(true)))
    }
}

/// Walks a path: every step but the last is a reference into another entity.
pub(super) fn walk(names: &[String], scope: Scope<'_>) -> Result<Vec<Found>, Wrong> {
    let (mut here, names) = match (scope.bound, names) {
        (Some((variable, part)), [first, rest @ ..]) if first == variable && !rest.is_empty() => {
            (Here::Part(part), rest)
        }
        _ => (scope.here, names),
    };
    let mut steps = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let step = here.find(name).ok_or(Wrong::Unknown)?;
        steps.push(step);
        if index + 1 == names.len() {
            break;
        }
        let Kind::Refers(target) = step.kind else {
            return Err(Wrong::Unknown);
        };
        here = Here::Entity(schema::entity(target).ok_or(Wrong::Unknown)?);
    }
    Ok(steps)
}

/// Whether a path starts at the variable of a lambda.
pub(super) fn is_bound(names: &[String], scope: Scope<'_>) -> bool {
    names.len() > 1
        && scope
            .bound
            .is_some_and(|(variable, _)| names.first().is_some_and(|name| name == variable))
}

/// A condition.
pub(super) fn flag(expr: &Expr, scope: Scope<'_>) -> Result<(), Wrong> {
    is(expr, Type::Flag, scope)
}

fn is(expr: &Expr, wanted: Type, scope: Scope<'_>) -> Result<(), Wrong> {
    if type_of(expr, scope)? == wanted {
        return Ok(());
    }
    Err(Wrong::Refused(Refusal::options("несовместимые типы")))
}

fn type_of(expr: &Expr, scope: Scope<'_>) -> Result<Type, Wrong> {
    match expr {
        Expr::Or(left, right) | Expr::And(left, right) => {
            flag(left, scope)?;
            flag(right, scope)?;
        }
        Expr::Not(inner) => flag(inner, scope)?,
        Expr::Compare(how, left, right) => {
            let (left, right) = (type_of(left, scope)?, type_of(right, scope)?);
            if !can_compare(*how, left, right) {
                return Err(Wrong::Refused(Refusal::options("несовместимые типы")));
            }
        }
        Expr::Text(_, whole, part) => {
            is(whole, Type::Text, scope)?;
            is(part, Type::Text, scope)?;
        }
        Expr::Rows {
            part, variable, body, ..
        } => {
            let Here::Entity(entity) = scope.here else {
                return Err(Wrong::Unknown);
            };
            let part = entity.part(part).ok_or(Wrong::Unknown)?;
            if let Some(body) = body {
                let bound = Some((variable.as_str(), part));
                flag(body, Scope { bound, ..scope })?;
            }
        }
        Expr::IsOf(inner, _) => {
            type_of(inner, scope)?;
        }
        Expr::Path(names) => {
            let steps = walk(names, scope)?;
            return Ok(steps.last().map_or(Type::Null, |step| step.kind_type()));
        }
        Expr::Literal(literal) => {
            return Ok(match literal {
                Literal::Null => Type::Null,
                Literal::Flag(_) => Type::Flag,
                Literal::Text(_) => Type::Text,
                Literal::Number(_) => Type::Number,
                Literal::Guid(_) => Type::Guid,
                Literal::Moment(_) => Type::Moment,
            });
        }
        Expr::Cast(inner, name) => {
            if schema::entity(name).is_none() {
                return Err(Wrong::Refused(Refusal::entity(name)));
            }
            return match type_of(inner, scope)? {
                Type::Guid | Type::Reference => Ok(Type::Reference),
                _ => Err(Wrong::Refused(Refusal::function("cast"))),
            };
        }
    }
    Ok(Type::Flag)
}

impl Found {
    fn kind_type(self) -> Type {
        match self.kind {
            Kind::Text | Kind::TypeOf(_) => Type::Text,
            Kind::Sum | Kind::Whole => Type::Number,
            Kind::Flag => Type::Flag,
            Kind::Moment => Type::Moment,
            Kind::Refers(_) if self.as_reference => Type::Reference,
            Kind::Refers(_) | Kind::Own => Type::Guid,
            Kind::OneOf(_) => Type::Reference,
        }
    }
}

fn can_compare(how: Comparison, left: Type, right: Type) -> bool {
    let ordered = matches!(left, Type::Text | Type::Number | Type::Moment);
    match how {
        Comparison::Eq | Comparison::Ne => {
            left == right
                || left == Type::Null
                || right == Type::Null
                || matches!(
                    (left, right),
                    (Type::Guid, Type::Reference) | (Type::Reference, Type::Guid)
                )
        }
        Comparison::Gt | Comparison::Ge | Comparison::Lt | Comparison::Le => left == right && ordered,
    }
}
