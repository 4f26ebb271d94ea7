//! Pieces of queries that diesel lacks, valid on both engines.

use std::marker::PhantomData;

use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Text};
use diesel::{QueryResult, RunQueryDsl};

use crate::connection::{AnyConn, MultiBackend};
use crate::types::{Id, SqlId, SqlTime, Time};

/// A statement whose text is one of a few, so that it is prepared once. Diesel refuses that to every `update`.
pub(crate) struct Cached<Q>(pub(crate) Q);

/// A `select` with a tail, such as a lock.
pub(crate) struct Tailed<Q>(pub(crate) Q, pub(crate) &'static str);

/// An `insert` that does nothing when a unique index has such a row: the number of rows tells.
pub(crate) struct OrIgnore<Q>(pub(crate) Q);

/// The number of rows of a query.
pub(crate) struct Count<Q>(pub(crate) Q);

macro_rules! node {
    ($name:ident) => {
        impl<Q> QueryId for $name<Q> {
            type QueryId = ();
            const HAS_STATIC_QUERY_ID: bool = false;
        }

        impl<Q> RunQueryDsl<AnyConn> for $name<Q> {}
    };
}

node!(Cached);
node!(Tailed);
node!(OrIgnore);
node!(Count);

impl<Q: Query> Query for Cached<Q> {
    type SqlType = Q::SqlType;
}

impl<Q: Query> Query for Tailed<Q> {
    type SqlType = Q::SqlType;
}

impl<Q> Query for Count<Q> {
    type SqlType = BigInt;
}

impl<Q: QueryFragment<MultiBackend>> QueryFragment<MultiBackend> for Cached<Q> {
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        self.0.walk_ast(pass)
    }

    fn is_safe_to_cache_prepared(&self, _: &MultiBackend) -> QueryResult<bool> {
        Ok(true)
    }
}

impl<Q: QueryFragment<MultiBackend>> QueryFragment<MultiBackend> for Tailed<Q> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        self.0.walk_ast(pass.reborrow())?;
        pass.push_sql(self.1);
        Ok(())
    }
}

impl<Q: QueryFragment<MultiBackend>> QueryFragment<MultiBackend> for OrIgnore<Q> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        self.0.walk_ast(pass.reborrow())?;
        pass.push_sql(" on conflict do nothing");
        Ok(())
    }
}

impl<Q: QueryFragment<MultiBackend>> QueryFragment<MultiBackend> for Count<Q> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        pass.push_sql("select count(*) from (");
        self.0.walk_ast(pass.reborrow())?;
        pass.push_sql(") counted");
        Ok(())
    }
}

/// A statement put together at run time, for what depends on a filter; its rows are of the SQL type `T`. Values
/// are always bound. Never prepared for later: PostgreSQL must plan it for the very text that is looked for.
pub(crate) struct Statement<T> {
    parts: Vec<Part>,
    rows: PhantomData<T>,
}

type Fragment = Box<dyn QueryFragment<MultiBackend> + Send>;

enum Part {
    Sql(String),
    Columns(Fragment),
    Text(String),
    Number(i64),
    Time(Time),
    Id(Id),
}

impl<T> Statement<T> {
    /// A statement that begins with `sql`.
    pub(crate) fn new(sql: &str) -> Self {
        let statement = Self {
            parts: Vec::new(),
            rows: PhantomData,
        };
        statement.sql(sql)
    }

    /// Adds a piece of SQL.
    pub(crate) fn sql(mut self, sql: &str) -> Self {
        self.parts.push(Part::Sql(sql.to_owned()));
        self
    }

    /// Adds the columns of a row type.
    pub(crate) fn columns(mut self, columns: impl QueryFragment<MultiBackend> + Send + 'static) -> Self {
        self.parts.push(Part::Columns(Box::new(columns)));
        self
    }

    /// Adds a bound text.
    pub(crate) fn text(mut self, text: String) -> Self {
        self.parts.push(Part::Text(text));
        self
    }

    /// Adds a bound number.
    pub(crate) fn number(mut self, number: i64) -> Self {
        self.parts.push(Part::Number(number));
        self
    }

    /// Adds a bound time.
    pub(crate) fn time(mut self, time: Time) -> Self {
        self.parts.push(Part::Time(time));
        self
    }

    /// Adds a bound identifier.
    pub(crate) fn id(mut self, id: Id) -> Self {
        self.parts.push(Part::Id(id));
        self
    }
}

impl<T> QueryId for Statement<T> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<T> RunQueryDsl<AnyConn> for Statement<T> {}

impl<T> Query for Statement<T> {
    type SqlType = T;
}

impl<T> QueryFragment<MultiBackend> for Statement<T> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        pass.unsafe_to_cache_prepared();
        for part in &self.parts {
            match part {
                Part::Sql(sql) => pass.push_sql(sql),
                Part::Columns(columns) => columns.walk_ast(pass.reborrow())?,
                Part::Text(text) => pass.push_bind_param::<Text, _>(text)?,
                Part::Number(number) => pass.push_bind_param::<BigInt, _>(number)?,
                Part::Time(time) => pass.push_bind_param::<SqlTime, _>(time)?,
                Part::Id(id) => pass.push_bind_param::<SqlId, _>(id)?,
            }
        }
        Ok(())
    }
}
