//! `$orderby`.

use std::cmp::Ordering;

use super::check::{Scope, walk};
use super::eval::{Seen, compared, follow};
use crate::onec::refusal::Refusal;

/// An order.
pub(crate) struct Sorting {
    by: Vec<(Vec<String>, bool)>,
    scope: Scope<'static>,
}

impl Sorting {
    /// Reads `$orderby`; no order of its own when it is not given.
    pub(crate) fn read(text: Option<&str>, scope: Scope<'static>) -> Result<Self, Refusal> {
        let mut by = Vec::new();
        for item in text.unwrap_or_default().split(',').map(str::trim) {
            if item.is_empty() {
                continue;
            }
            let mut words = item.split_whitespace();
            let path = words.next().unwrap_or_default();
            let falls = match (words.next(), words.next()) {
                (None | Some("asc"), None) => false,
                (Some("desc"), None) => true,
                _ => return Err(Refusal::options(item)),
            };
            let names: Vec<String> = path.split('/').map(str::to_owned).collect();
            walk(&names, scope).map_err(|_| Refusal::attribute(path))?;
            by.push((names, falls));
        }
        Ok(Self { by, scope })
    }

    /// Which of two comes first.
    pub(crate) fn compare(&self, left: Seen<'_>, right: Seen<'_>) -> Ordering {
        self.by
            .iter()
            .map(|(names, falls)| {
                let (left, right) = (follow(names, self.scope, left), follow(names, self.scope, right));
                let order = compared(left, right).unwrap_or(Ordering::Equal);
                if *falls { order.reverse() } else { order }
            })
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}
