//! Many lines of a registry by one statement: they go as one json text, which both engines take apart themselves.
//! Twenty times faster than line by line over a connection, and the statement is the same for any number.

use diesel::prelude::{QueryResult, RunQueryDsl};
use diesel::sql_types::{BigInt, Nullable, Text};

use crate::connection::AnyConn;
use crate::query::Statement;
use crate::types::{Id, SqlId, SqlTime, Time};

const COLUMNS: &str = "insert into registry_lines (registry_id, position, number, kind, bank_order_id, order_number, rrn, \
     amount, currency, fee, at, result, attempt_id, problem, problem_expected, problem_found) select ";

const SQLITE: &str = ", value ->> 'position', value ->> 'number', value ->> 'kind', value ->> 'bank_order_id', \
     value ->> 'order_number', value ->> 'rrn', value ->> 'amount', value ->> 'currency', value ->> 'fee', \
     value ->> 'at', value ->> 'result', unhex(value ->> 'attempt_id'), value ->> 'problem', \
     value ->> 'problem_expected', value ->> 'problem_found' from json_each(";

const POSTGRES: &str = ", position, number, kind, bank_order_id, order_number, rrn, amount, currency, fee, \
     to_timestamp(0) + at * interval '1 microsecond', result, attempt_id, problem, problem_expected, problem_found \
     from json_to_recordset((";

const POSTGRES_RECORD: &str = ")::json) as line (position bigint, number bigint, kind text, bank_order_id text, \
     order_number text, rrn text, amount bigint, currency text, fee bigint, at bigint, result text, \
     attempt_id uuid, problem text, problem_expected text, problem_found text)";

/// Adds the lines of a json array.
pub(crate) fn add_lines(conn: &mut AnyConn, registry: Id, lines: String) -> QueryResult<usize> {
    let statement = Statement::<()>::new(COLUMNS).id(registry);
    let statement = match conn {
        AnyConn::Pg(_) => statement.sql(POSTGRES).text(lines).sql(POSTGRES_RECORD),
        AnyConn::Sqlite(_) => statement.sql(SQLITE).text(lines).sql(")"),
    };
    statement.execute(conn)
}

/// Adds a line for each attempt that was paid in the period and that no payment of the registry is about.
pub(crate) fn add_missing(
    conn: &mut AnyConn,
    registry: Id,
    (bank, account): (String, String),
    (from, to): (Time, Time),
    position: i64,
) -> QueryResult<usize> {
    let statement = Statement::<()>::new(COLUMNS)
        .id(registry)
        .sql(", ")
        .number(position)
        .sql(
            " + row_number() over (order by a.paid_at, a.id), null, 'payment', a.bank_order_id, a.order_number, a.rrn, \
             a.amount, a.currency, null, a.paid_at, 'missing', a.id, null, null, null \
             from payment_attempts a where a.bank = ",
        )
        .text(bank)
        .sql(" and a.bank_account = ")
        .text(account)
        .sql(" and a.paid_at >= ")
        .time(from)
        .sql(" and a.paid_at < ")
        .time(to)
        // What was voided before it was settled is in no settlement file.
        .sql(" and a.bank_status <> 'reversed' and not exists (select 1 from registry_lines l where l.attempt_id = a.id")
        .sql(" and (l.kind = 'payment' or l.result = 'differs') and l.registry_id = ")
        .id(registry)
        .sql(")");
    statement.execute(conn)
}

/// What lines may name an attempt by.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Key {
    /// The bank's id.
    BankOrderId,
    /// The card network's number.
    Rrn,
    /// The merchant's number.
    OrderNumber,
}

impl Key {
    fn column(self) -> &'static str {
        match self {
            Self::BankOrderId => "bank_order_id",
            Self::Rrn => "rrn",
            Self::OrderNumber => "order_number",
        }
    }
}

/// The columns of a candidate.
pub(crate) type CandidateTuple = (
    Id,
    String,
    Option<String>,
    Option<String>,
    i64,
    String,
    String,
    String,
    i64,
    Option<Time>,
    Time,
);

type CandidateSql = (
    SqlId,
    Text,
    Nullable<Text>,
    Nullable<Text>,
    BigInt,
    Text,
    Text,
    Text,
    BigInt,
    Nullable<SqlTime>,
    SqlTime,
);

/// The attempts of an account that have one of these keys (a json array of texts).
pub(crate) fn candidates(
    conn: &mut AnyConn,
    (bank, account): (String, String),
    key: Key,
    keys: String,
) -> QueryResult<Vec<CandidateTuple>> {
    let statement = Statement::<CandidateSql>::new(
        "select id, order_number, bank_order_id, rrn, amount, currency, bank_status, bank_status_source, refunded, \
         paid_at, created_at from payment_attempts where bank = ",
    );
    let statement = statement.text(bank).sql(" and bank_account = ").text(account);
    let statement = statement.sql(" and ").sql(key.column());
    let statement = match conn {
        AnyConn::Pg(_) => statement
            .sql(" = any (array(select json_array_elements_text((")
            .text(keys)
            .sql(")::json)))"),
        AnyConn::Sqlite(_) => statement
            .sql(" in (select value from json_each(")
            .text(keys)
            .sql("))"),
    };
    statement.load(conn)
}
