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

    /// Whether the filter asks for certain kinds of attempts. That a flag is not set says little.
    pub(crate) fn by_kind(&self) -> bool {
        !self.lists.is_empty() || self.flagged()
    }

    /// Whether a flag that is set is all that is asked for, besides the period.
    pub(crate) fn by_flag_alone(&self) -> bool {
        self.flagged() && self.lists.is_empty() && !self.by_more() && !self.excluded()
    }

    /// Whether a range of amounts is asked for.
    pub(crate) fn by_amount(&self) -> bool {
        self.amount_from.is_some() || self.amount_to.is_some()
    }

    /// Whether anything is asked for that has nothing to do with kinds and times.
    pub(crate) fn by_more(&self) -> bool {
        !self.text.is_empty() || self.by_amount()
    }

    /// Whether a flag is asked for that few attempts have set: they have an index of their own.
    pub(crate) fn by_flag(&self) -> bool {
        self.flagged()
    }

    /// Whether nothing is asked for but a text, in the period.
    pub(crate) fn by_text_alone(&self) -> bool {
        !self.text.is_empty() && !self.by_kind() && !self.by_amount() && !self.excluded()
    }

    /// Whether nothing is asked for but the period.
    pub(crate) fn by_time_alone(&self) -> bool {
        !self.by_kind() && !self.by_more() && !self.excluded()
    }

    fn flagged(&self) -> bool {
        self.needs_attention == Some(true) || self.lost_callback == Some(true)
    }

    fn excluded(&self) -> bool {
        self.needs_attention == Some(false) || self.lost_callback == Some(false)
    }

    /// Adds those on what an attempt is, for a table of kinds by that name.
    pub(crate) fn of_kind<T>(&self, mut statement: Statement<T>, kind: &str) -> Statement<T> {
        for (column, values) in &self.lists {
            statement = one_of(statement.sql(&format!(" and {kind}.{column}")), values);
        }
        for (flag, column) in [
            (self.needs_attention, "needs_attention"),
            (self.lost_callback, "lost_callback"),
        ] {
            statement = match flag {
                Some(true) => statement.sql(&format!(" and {kind}.{column}")),
                Some(false) => statement.sql(&format!(" and not {kind}.{column}")),
                None => statement,
            };
        }
        statement
    }

    /// Adds all of them to a statement that stands in a `where` clause.
    pub(crate) fn all<T>(&self, statement: Statement<T>) -> Statement<T> {
        let before = match self.dialect {
            Dialect::Postgres => "",
            // Without statistics SQLite would take an index of bank and account, which hold for every row, and then sort.
            Dialect::Sqlite => "+",
        };
        self.rest(self.others(before, self.period(statement)))
    }

    /// The same with the time spelled otherwise, and what an attempt is so that no index knows it.
    pub(crate) fn all_unindexed<T>(&self, created_at: &str, statement: Statement<T>) -> Statement<T> {
        let statement = self.period_of("payment_attempts", created_at, statement);
        let statement = self.of_kind(statement.sql(" and (true"), "payment_attempts");
        self.rest(statement.sql(") is true"))
    }

    /// Those on the time, the amount and the text, spelled so.
    pub(crate) fn rest_unindexed<T>(&self, created_at: &str, statement: Statement<T>) -> Statement<T> {
        self.rest(self.period_of("payment_attempts", created_at, statement))
    }

    /// Adds those on the time.
    pub(crate) fn period<T>(&self, statement: Statement<T>) -> Statement<T> {
        self.period_of("payment_attempts", CREATED_AT, statement)
    }

    /// The same for a table and its time by other names.
    pub(crate) fn period_of<T>(
        &self,
        table: &str,
        created_at: &str,
        mut statement: Statement<T>,
    ) -> Statement<T> {
        if let Some(from) = self.from {
            statement = statement.sql(&format!(" and {created_at} >= ")).time(from);
        }
        if let Some(to) = self.to {
            statement = statement.sql(&format!(" and {created_at} < ")).time(to);
        }
        if let Some((at, id)) = self.after {
            if let Dialect::Sqlite = self.dialect {
                // It finds its way into an index by this one, not by the next.
                statement = statement.sql(&format!(" and {created_at} <= ")).time(at);
            }
            let older = format!(" and ({created_at}, {table}.id) < (");
            statement = statement.sql(&older).time(at).sql(", ").id(id).sql(")");
        }
        statement
    }

    /// Adds those on what an attempt is and on its amount and text, and the time, so that no index of texts or amounts is
    /// taken: the rows come through the one of the flag.
    pub(crate) fn all_by_flag<T>(&self, statement: Statement<T>) -> Statement<T> {
        let statement = self.period(statement).sql(" and (true");
        let statement = self.of_kind(self.rest(statement), "payment_attempts");
        self.flags(statement.sql(") is true"))
    }

    fn others<T>(&self, before: &str, mut statement: Statement<T>) -> Statement<T> {
        for (column, values) in &self.lists {
            statement = statement.sql(&format!(" and {before}payment_attempts.{column}"));
            statement = one_of(statement, values);
        }
        self.flags(statement)
    }

    fn flags<T>(&self, mut statement: Statement<T>) -> Statement<T> {
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

    /// Adds those that have nothing to do with kinds and times: on the amount and the text.
    pub(crate) fn rest<T>(&self, statement: Statement<T>) -> Statement<T> {
        self.text_in("payment_attempts", self.amounts(statement))
    }

    /// Adds those on the amount.
    pub(crate) fn amounts<T>(&self, mut statement: Statement<T>) -> Statement<T> {
        if let Some(amount) = self.amount_from {
            statement = statement.sql(" and payment_attempts.amount >= ").number(amount);
        }
        if let Some(amount) = self.amount_to {
            statement = statement.sql(" and payment_attempts.amount <= ").number(amount);
        }
        statement
    }

    /// Adds those on the text, which `table` holds.
    pub(crate) fn text_in<T>(&self, table: &str, mut statement: Statement<T>) -> Statement<T> {
        for (nth, terms) in self.text.iter().enumerate() {
            statement = statement.sql(if nth == 0 { " and ((true" } else { ") or (true" });
            for term in terms {
                statement = self.contains(table, statement.sql(" and "), term);
            }
        }
        if self.text.is_empty() {
            statement
        } else {
            statement.sql("))")
        }
    }

    /// SQLite folds the case of nothing but ASCII in `like`, so that both compare what is folded already.
    fn contains<T>(&self, table: &str, statement: Statement<T>, term: &str) -> Statement<T> {
        match self.dialect {
            Dialect::Postgres => statement
                .sql(&format!("{table}.search_text like "))
                .text(pattern(term)),
            Dialect::Sqlite => {
                let statement = statement
                    .sql(&format!("instr({table}.search_text, "))
                    .text(term.to_owned());
                statement.sql(") > 0")
            }
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
