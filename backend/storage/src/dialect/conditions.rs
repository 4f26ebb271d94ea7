//! A filter as conditions of a `where` clause.

use sverka_app::ports::store::{AttemptFilter, Cursor};

use crate::column::text;
use crate::connection::AnyConn;
use crate::query::Statement;
use crate::types::{Id, Time};

/// The time, as its index knows it.
const CREATED_AT: &str = "payment_attempts.created_at";

/// The conditions of one search.
pub(crate) struct Conditions {
    /// What the typed text may mean: all terms of any one of these. Empty: any text.
    pub(crate) text: Vec<Vec<String>>,
    /// Not before.
    pub(crate) from: Option<Time>,
    /// Before.
    pub(crate) to: Option<Time>,
    /// Older than this row.
    pub(crate) after: Option<(Time, Id)>,
    /// One of the values, column by column.
    lists: Vec<(&'static str, Vec<String>)>,
    amount_from: Option<i64>,
    amount_to: Option<i64>,
    needs_attention: Option<bool>,
    lost_callback: Option<bool>,
    dialect: Dialect,
}

/// How each engine says the same.
#[derive(Clone, Copy)]
enum Dialect {
    Postgres,
    Sqlite,
}

impl Conditions {
    /// The conditions that `filter` makes for an engine.
    pub(crate) fn new(conn: &AnyConn, filter: &AttemptFilter, after: Option<Cursor>) -> Self {
        let readings = filter.readings.iter();
        Self {
            text: readings
                .map(|terms| terms.iter().map(|term| text(term)).collect())
                .collect(),
            from: filter.created_from.map(Time::from),
            to: filter.created_to.map(Time::from),
            after: after.map(|cursor| (Time::from(cursor.at), Id(cursor.id))),
            lists: lists(filter),
            amount_from: filter.amount_from,
            amount_to: filter.amount_to,
            needs_attention: filter.needs_attention,
            lost_callback: filter.lost_callback,
            dialect: match conn {
                AnyConn::Pg(_) => Dialect::Postgres,
                AnyConn::Sqlite(_) => Dialect::Sqlite,
            },
        }
    }

    /// Adds all of them to a statement that stands in a `where` clause.
    pub(crate) fn all<T>(&self, statement: Statement<T>) -> Statement<T> {
        self.all_by(CREATED_AT, statement)
    }

    /// The same with the time spelled otherwise.
    pub(crate) fn all_by<T>(&self, created_at: &str, statement: Statement<T>) -> Statement<T> {
        self.text(self.others(self.period_by(created_at, statement)))
    }

    /// Adds those on the time.
    pub(crate) fn period<T>(&self, statement: Statement<T>) -> Statement<T> {
        self.period_by(CREATED_AT, statement)
    }

    fn period_by<T>(&self, created_at: &str, mut statement: Statement<T>) -> Statement<T> {
        if let Some(from) = self.from {
            statement = statement.sql(&format!(" and {created_at} >= ")).time(from);
        }
        if let Some(to) = self.to {
            statement = statement.sql(&format!(" and {created_at} < ")).time(to);
        }
        if let Some((at, id)) = self.after {
            let older = format!(" and ({created_at}, payment_attempts.id) < (");
            statement = statement.sql(&older).time(at).sql(", ").id(id).sql(")");
        }
        statement
    }

    fn others<T>(&self, mut statement: Statement<T>) -> Statement<T> {
        for (column, values) in &self.lists {
            statement = statement
                .sql(" and ")
                .sql(self.unindexed())
                .sql("payment_attempts.");
            statement = one_of(statement.sql(column), values);
        }
        if let Some(amount) = self.amount_from {
            statement = statement.sql(" and payment_attempts.amount >= ").number(amount);
        }
        if let Some(amount) = self.amount_to {
            statement = statement.sql(" and payment_attempts.amount <= ").number(amount);
        }
        // As the partial indexes spell it.
        let flags = [
            (self.needs_attention, "payment_attempts.needs_attention"),
            (self.lost_callback, "payment_attempts.lost_callback"),
        ];
        for (flag, column) in flags {
            statement = match flag {
                Some(true) => statement.sql(" and ").sql(column),
                Some(false) => statement.sql(" and not ").sql(column),
                None => statement,
            };
        }
        statement
    }

    fn text<T>(&self, mut statement: Statement<T>) -> Statement<T> {
        for (nth, terms) in self.text.iter().enumerate() {
            statement = statement.sql(if nth == 0 { " and ((true" } else { ") or (true" });
            for term in terms {
                statement = self.contains(statement.sql(" and "), term);
            }
        }
        if self.text.is_empty() {
            statement
        } else {
            statement.sql("))")
        }
    }

    /// SQLite folds the case of nothing but ASCII in `like`, so that both compare what is folded already.
    fn contains<T>(&self, statement: Statement<T>, term: &str) -> Statement<T> {
        match self.dialect {
            Dialect::Postgres => statement
                .sql("payment_attempts.search_text like ")
                .text(pattern(term)),
            Dialect::Sqlite => {
                let statement = statement
                    .sql("instr(payment_attempts.search_text, ")
                    .text(term.to_owned());
                statement.sql(") > 0")
            }
        }
    }

    /// Without statistics SQLite would take an index of bank and account, which hold for every row, and then sort.
    fn unindexed(&self) -> &'static str {
        match self.dialect {
            Dialect::Postgres => "",
            Dialect::Sqlite => "+",
        }
    }
}

/// A pattern of `like` for texts that contain `term`.
fn pattern(term: &str) -> String {
    let mut pattern = String::with_capacity(term.len() + 2);
    pattern.push('%');
    for c in term.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

fn lists(filter: &AttemptFilter) -> Vec<(&'static str, Vec<String>)> {
    let texts = |values: &[String]| values.iter().map(|value| text(value)).collect::<Vec<_>>();
    let lists = [
        ("payment_type", texts(&filter.payment_types)),
        ("merchant", texts(&filter.merchants)),
        ("bank", texts(&filter.banks)),
        ("bank_account", texts(&filter.bank_accounts)),
        (
            "bank_status",
            filter.bank_statuses.iter().map(ToString::to_string).collect(),
        ),
        (
            "crm_status",
            filter.crm_statuses.iter().map(ToString::to_string).collect(),
        ),
    ];
    lists
        .into_iter()
        .filter(|(_, values)| !values.is_empty())
        .collect()
}

fn one_of<T>(mut statement: Statement<T>, values: &[String]) -> Statement<T> {
    for (nth, value) in values.iter().enumerate() {
        statement = statement
            .sql(if nth == 0 { " in (" } else { ", " })
            .text(value.clone());
    }
    statement.sql(")")
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn what_means_something_in_a_pattern_is_escaped() {
        assert_eq!(pattern(r"50%_a\b"), r"%50\%\_a\\b%");
        assert_eq!(pattern(""), "%%");
    }
}
