//! What a crowd asks PostgreSQL for.
//!
//! Each statement is planned once, perhaps while the tables are empty: `lateral` with a limit leaves the planner nothing but
//! one look into an index for each row that is asked for.

use diesel::sql_types::{Binary, Text};

use super::{AttemptSql, DeliverySql, selected};
use crate::attempt_row::AttemptRow;
use crate::delivery_row::DeliveryRow;
use crate::query::Statement;
use crate::types::SqlId;

/// Which of these notifications were taken in before: `[{bank, bank_account, dedupe_key}]`, the digest as `\x` and
/// hexadecimal digits.
pub(super) fn repeats(asked: String) -> Statement<(Text, Text, Binary)> {
    Statement::new("select b.bank, b.bank_account, b.dedupe_key from json_to_recordset((")
        .text(asked)
        .sql(")::json) as n (bank text, bank_account text, dedupe_key bytea) cross join lateral (select * from ")
        // Spelled so that no index but the one of digests is of any use.
        .sql("bank_notifications where dedupe_key = n.dedupe_key and bank || '' = n.bank and ")
        .sql("bank_account || '' = n.bank_account limit 1) b")
}

/// The ids of attempts: `[{bank, bank_account, order_number, bank_order_id}]`.
pub(super) fn ids(asked: String) -> Statement<SqlId> {
    Statement::new("with n as materialized (select * from json_to_recordset((")
        .text(asked)
        .sql(")::json) as n (bank text, bank_account text, order_number text, bank_order_id text)) ")
        .sql(
            "select a.id from n cross join lateral (select id from payment_attempts where bank = n.bank \
             and bank_account = n.bank_account and bank_order_id = n.bank_order_id limit 1) a union \
             select a.id from n cross join lateral (select id from payment_attempts where bank = n.bank \
             and bank_account = n.bank_account and order_number = n.order_number limit 1) a",
        )
}

/// Attempts by a json array of ids, locked.
pub(super) fn attempts(ids: String) -> Statement<AttemptSql> {
    selected::<AttemptRow, AttemptSql>()
        .sql(" from json_array_elements_text((")
        .text(ids)
        .sql(")::json) n cross join lateral (select * from payment_attempts where payment_attempts.id = n.value::uuid")
        .sql(" limit 1 for update skip locked) payment_attempts")
}

/// The deliveries of attempts by a json array of ids, locked.
pub(super) fn deliveries(ids: String) -> Statement<DeliverySql> {
    selected::<DeliveryRow, DeliverySql>()
        .sql(" from json_array_elements_text((")
        .text(ids)
        .sql(")::json) n cross join lateral (select * from deliveries where deliveries.attempt_id = n.value::uuid")
        .sql(" order by queue_number offset 0 for update) deliveries order by attempt_id, queue_number")
}
