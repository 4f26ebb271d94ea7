//! Reading for a whole crowd at once. What it asks for goes as one json text: the statements are the same for any number.
//!

use std::collections::HashSet;

use diesel::prelude::{QueryResult, RunQueryDsl};
use diesel::sql_types::Text;
use serde_json::{Value, json};
use sverka_app::ports::bank::AccountKey;
use sverka_app::ports::store::{Needs, StoreError};

use super::known::Known;
use super::{asked_of_postgres as postgres, asked_of_sqlite as sqlite};
use crate::attempt_row::AttemptRow;
use crate::column::{digest, text};
use crate::connection::AnyConn;
use crate::delivery_row::DeliveryRow;
use crate::error::translate;
use crate::notifications::lock_of;
use crate::query::{Cached, Statement};
use crate::types::{Id, hex};

/// Reads what a crowd needs. On PostgreSQL the attempts and their deliveries are locked; an attempt that somebody else has
/// locked is not waited for, and missing.
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
        Some(lock_of(account, digest))
    });
    if let AnyConn::Sqlite(_) = conn {
        // Nobody else writes.
        return Ok(names.collect());
    }
    let names = names.map(Value::from);
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
    let statement = match conn {
        AnyConn::Pg(_) => postgres::repeats(array(asked)),
        AnyConn::Sqlite(_) => sqlite::repeats(array(asked)),
    };
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
    let found = match conn {
        AnyConn::Pg(_) => postgres::ids(array(asked)),
        AnyConn::Sqlite(_) => sqlite::ids(array(asked)),
    };
    let found: Vec<Id> = load(Cached(found).load(conn))?;
    let ids = array(found.iter().map(|id| Value::from(id.0.to_string())));
    let statement = match conn {
        AnyConn::Pg(_) => postgres::attempts(ids),
        AnyConn::Sqlite(_) => sqlite::attempts(ids),
    };
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
    let ids = array(known.attempts.keys().map(|id| Value::from(id.0.to_string())));
    let statement = match conn {
        AnyConn::Pg(_) => postgres::deliveries(ids),
        AnyConn::Sqlite(_) => sqlite::deliveries(ids),
    };
    let rows: Vec<DeliveryRow> = load(Cached(statement).load(conn))?;
    for row in rows {
        let delivery = row.delivery()?;
        if let Some(held) = known.attempts.get_mut(&delivery.attempt_id) {
            held.deliveries.push(delivery);
        }
    }
    Ok(())
}

fn array(values: impl Iterator<Item = Value>) -> String {
    Value::Array(values.collect()).to_string()
}

fn load<T>(rows: QueryResult<Vec<T>>) -> Result<Vec<T>, StoreError> {
    rows.map_err(translate)
}
