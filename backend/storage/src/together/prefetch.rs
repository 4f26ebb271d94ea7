//! Reading for a whole crowd at once. What it asks for goes as one json text: the statements are the same for any number.

use std::collections::HashSet;

use diesel::prelude::{QueryResult, RunQueryDsl, Selectable};
use diesel::sql_types::{Binary, Text};
use serde_json::{Value, json};
use sverka_app::ports::bank::AccountKey;
use sverka_app::ports::store::{Needs, StoreError};

use super::known::Known;
use crate::attempt_row::AttemptRow;
use crate::column::{digest, text};
use crate::connection::{AnyConn, MultiBackend};
use crate::delivery_row::DeliveryRow;
use crate::error::translate;
use crate::notifications::lock_of;
use crate::query::{Cached, Statement};
use crate::types::{Id, SqlId, hex};

/// Reads what a crowd needs. The attempts and their deliveries are locked; an attempt that somebody else has locked is not
/// waited for, and missing.
pub(crate) fn read<'a>(
    conn: &mut AnyConn,
    crowd: impl Iterator<Item = &'a Needs> + Clone,
) -> Result<Known, StoreError> {
    let mut known = Known::default();
    let ours = lock_notifications(conn, crowd.clone())?;
    attempts(conn, crowd.clone(), &mut known)?;
    deliveries(conn, &mut known)?;
    // Once they are locked: what was taken in before is seen now.
    let repeated = repeats(conn, crowd.clone())?;
    for needs in crowd {
        let Some((account, digest)) = &needs.notification else {
            continue;
        };
        let key = (account.clone(), *digest);
        if ours.contains(&lock_of(account, digest)) && !repeated.contains(&key) {
            known.new.insert(key);
        }
        if let Some(number) = &needs.order_number {
            known.asked_orders.insert((account.clone(), number.clone()));
        }
        if let Some(number) = &needs.bank_order_id {
            known.asked_ids.insert((account.clone(), number.clone()));
        }
    }
    Ok(known)
}

/// Locks the notifications that nobody else is taking in at the moment, before the attempts, as everybody does.
fn lock_notifications<'a>(
    conn: &mut AnyConn,
    crowd: impl Iterator<Item = &'a Needs>,
) -> Result<HashSet<String>, StoreError> {
    let names = crowd.filter_map(|needs| {
        let (account, digest) = needs.notification.as_ref()?;
        Some(Value::from(lock_of(account, digest)))
    });
    let statement = Statement::<Text>::new("select value from json_array_elements_text((")
        .text(array(names))
        .sql(")::json) where pg_try_advisory_xact_lock(hashtextextended(value, 0))");
    Ok(load(Cached(statement).load(conn))?.into_iter().collect())
}

fn repeats<'a>(
    conn: &mut AnyConn,
    crowd: impl Iterator<Item = &'a Needs>,
) -> Result<Vec<(AccountKey, [u8; 32])>, StoreError> {
    let asked = crowd.filter_map(|needs| {
        let (account, digest) = needs.notification.as_ref()?;
        Some(json!({"bank": text(&account.bank), "bank_account": text(&account.account), "dedupe_key": hex(digest)}))
    });
    let statement = Statement::<(Text, Text, Binary)>::new(
        "select b.bank, b.bank_account, b.dedupe_key from json_to_recordset((",
    )
    .text(array(asked))
    .sql(")::json) as n (bank text, bank_account text, dedupe_key bytea) join bank_notifications b on b.bank = n.bank")
    .sql(" and b.bank_account = n.bank_account and b.dedupe_key = n.dedupe_key");
    let rows: Vec<(String, String, Vec<u8>)> = load(Cached(statement).load(conn))?;
    let repeat = |(bank, account, key): (String, String, Vec<u8>)| {
        Ok((
            AccountKey { bank, account },
            digest(&key, "bank_notifications.dedupe_key")?,
        ))
    };
    rows.into_iter().map(repeat).collect()
}

fn attempts<'a>(
    conn: &mut AnyConn,
    crowd: impl Iterator<Item = &'a Needs>,
    known: &mut Known,
) -> Result<(), StoreError> {
    let asked = crowd.filter_map(|needs| {
        let (account, _) = needs.notification.as_ref()?;
        Some(json!({
            "bank": text(&account.bank),
            "bank_account": text(&account.account),
            "order_number": needs.order_number.as_deref().map(text),
            "bank_order_id": needs.bank_order_id.as_deref().map(text),
        }))
    });
    let found = Statement::<SqlId>::new("with n as materialized (select * from json_to_recordset((")
        .text(array(asked))
        .sql(")::json) as n (bank text, bank_account text, order_number text, bank_order_id text)) ")
        .sql(
            "select a.id from n join payment_attempts a on a.bank = n.bank and a.bank_account = n.bank_account \
             and a.bank_order_id = n.bank_order_id union \
             select a.id from n join payment_attempts a on a.bank = n.bank and a.bank_account = n.bank_account \
             and a.order_number = n.order_number",
        );
    let found: Vec<Id> = load(Cached(found).load(conn))?;
    let statement = Statement::<AttemptSql>::new("select ")
        .columns(<AttemptRow as Selectable<MultiBackend>>::construct_selection())
        .sql(" from payment_attempts where id in (select value::uuid from json_array_elements_text((")
        .text(array(found.iter().map(|id| Value::from(id.0.to_string()))))
        .sql(")::json)) for update skip locked");
    let rows: Vec<AttemptRow> = load(Cached(statement).load(conn))?;
    known.some_are_locked = rows.len() < found.len();
    for row in rows {
        known.hold(row.attempt()?);
    }
    Ok(())
}

fn deliveries(conn: &mut AnyConn, known: &mut Known) -> Result<(), StoreError> {
    if known.attempts.is_empty() {
        return Ok(());
    }
    let ids = known.attempts.keys().map(|id| Value::from(id.0.to_string()));
    let statement = Statement::<DeliverySql>::new("select ")
        .columns(<DeliveryRow as Selectable<MultiBackend>>::construct_selection())
        .sql(" from deliveries where attempt_id in (select value::uuid from json_array_elements_text((")
        .text(array(ids))
        .sql(")::json)) order by attempt_id, queue_number for update");
    let rows: Vec<DeliveryRow> = load(Cached(statement).load(conn))?;
    for row in rows {
        let delivery = row.delivery()?;
        if let Some(held) = known.attempts.get_mut(&delivery.attempt_id) {
            held.deliveries.push(delivery);
        }
    }
    Ok(())
}

type AttemptSql = diesel::dsl::SqlTypeOf<<AttemptRow as Selectable<MultiBackend>>::SelectExpression>;
type DeliverySql = diesel::dsl::SqlTypeOf<<DeliveryRow as Selectable<MultiBackend>>::SelectExpression>;

fn array(values: impl Iterator<Item = Value>) -> String {
    Value::Array(values.collect()).to_string()
}

fn load<T>(rows: QueryResult<Vec<T>>) -> Result<Vec<T>, StoreError> {
    rows.map_err(translate)
}
