//! What a crowd asks SQLite for. It joins in the order of the text, and nobody else writes.

use diesel::sql_types::{Binary, Text};

use super::{AttemptSql, DeliverySql, selected};
use crate::attempt_row::AttemptRow;
use crate::delivery_row::DeliveryRow;
use crate::query::Statement;
use crate::types::SqlId;

/// Which of these notifications were taken in before: `[{bank, bank_account, dedupe_key}]`, the digest as `\x` and
/// hexadecimal digits.
pub(super) fn repeats(asked: String) -> Statement<(Text, Text, Binary)> {
    Statement::new("select b.bank, b.bank_account, b.dedupe_key from json_each(")
        .text(asked)
        .sql(") n cross join bank_notifications b on b.dedupe_key = unhex(substr(n.value ->> 'dedupe_key', 3))")
        .sql(" and b.bank = n.value ->> 'bank' and b.bank_account = n.value ->> 'bank_account'")
}

/// The ids of attempts: `[{bank, bank_account, order_number, bank_order_id}]`.
pub(super) fn ids(asked: String) -> Statement<SqlId> {
    Statement::new(
        "with n as materialized (select value ->> 'bank' as bank, value ->> 'bank_account' as bank_account, \
         value ->> 'order_number' as order_number, value ->> 'bank_order_id' as bank_order_id from json_each(",
    )
    .text(asked)
    .sql(
        ")) select a.id from n cross join payment_attempts a on a.bank = n.bank and a.bank_account = n.bank_account \
         and a.bank_order_id = n.bank_order_id union \
         select a.id from n cross join payment_attempts a on a.bank = n.bank and a.bank_account = n.bank_account \
         and a.order_number = n.order_number",
    )
}

/// Attempts by a json array of ids.
pub(super) fn attempts(ids: String) -> Statement<AttemptSql> {
    selected::<AttemptRow, AttemptSql>()
        .sql(" from json_each(")
        .text(ids)
        .sql(") n cross join payment_attempts on payment_attempts.id = unhex(n.value, '-')")
}

/// The deliveries of attempts by a json array of ids.
pub(super) fn deliveries(ids: String) -> Statement<DeliverySql> {
    selected::<DeliveryRow, DeliverySql>()
        .sql(" from json_each(")
        .text(ids)
        .sql(") n cross join deliveries on deliveries.attempt_id = unhex(n.value, '-')")
        .sql(" order by deliveries.attempt_id, deliveries.queue_number")
}
