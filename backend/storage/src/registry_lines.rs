//! The lines of registries, and the attempts that they may be about.

use std::collections::HashSet;

use diesel::prelude::{
    ExpressionMethods, JoinOnDsl, OptionalExtension, QueryDsl, RunQueryDsl, Selectable, SelectableHelper,
};
use sverka_app::ports::bank::AccountKey;
use sverka_app::ports::store::{LineFilter, RefundElsewhere, RegistryLine, RegistryLines, StoreError};
use sverka_domain::ids::{AttemptId, RegistryId};
use sverka_domain::registry::{Candidate, Line, LineKind, LineResult};

use crate::column::{maybe_text, maybe_time, money, named, number, text, time, to_json};
use crate::connection::MultiBackend;
use crate::dialect::{self, CandidateTuple, Key};
use crate::error::wrong;
use crate::query::{Cached, Statement};
use crate::registry_line_row::LineRow;
use crate::schema::registries;
use crate::schema::registry_lines::dsl;
use crate::types::{Id, Time};
use crate::work::Work;

/// A day in microseconds.
const DAY: i64 = 24 * 3600 * 1_000_000;

type Selection = <LineRow as Selectable<MultiBackend>>::SelectExpression;

impl RegistryLines for Work<'_> {
    fn candidates(&mut self, account: &AccountKey, lines: &[Line]) -> Result<Vec<Candidate>, StoreError> {
        let account = (text(&account.bank), text(&account.account));
        let ids = lines.iter().map(|line| line.bank_order_id.as_ref());
        let mut found = self.named(&account, Key::BankOrderId, ids)?;
        let known: HashSet<String> = found
            .iter()
            .filter_map(|attempt| attempt.bank_order_id.clone())
            .collect();
        let is_found = |line: &&Line| line.bank_order_id.as_ref().is_some_and(|id| known.contains(id));
        let rest: Vec<&Line> = lines.iter().filter(|line| !is_found(line)).collect();
        found.extend(self.named(&account, Key::Rrn, rest.iter().map(|line| line.rrn.as_ref()))?);
        found.extend(self.named(
            &account,
            Key::OrderNumber,
            rest.iter().map(|line| line.order_number.as_ref()),
        )?);
        Ok(found)
    }

    fn refunds_elsewhere(&mut self, attempts: &[AttemptId]) -> Result<Vec<RefundElsewhere>, StoreError> {
        let ids = attempts.iter().map(|id| Some(Id(id.0)));
        let taken_in = [LineResult::Matched, LineResult::Healed].map(|result| result.to_string());
        let query = dsl::registry_lines
            .inner_join(registries::table.on(registries::id.eq(dsl::registry_id)))
            .filter(dsl::attempt_id.eq_any(ids))
            .filter(dsl::kind.eq(LineKind::Refund.to_string()))
            .filter(dsl::result.eq_any(taken_in))
            .filter(registries::state.eq("complete"))
            .select((dsl::attempt_id, dsl::amount, dsl::at));
        let rows: Vec<(Option<Id>, i64, Time)> = self.query(|conn| query.load(conn))?;
        let refunds: HashSet<RefundElsewhere> = rows
            .into_iter()
            .filter_map(|(id, amount, at)| Some((AttemptId(id?.0), amount, at.0.div_euclid(DAY))))
            .collect();
        Ok(refunds.into_iter().collect())
    }

    fn list(&mut self, id: RegistryId, filter: &LineFilter) -> Result<Vec<RegistryLine>, StoreError> {
        let columns = <LineRow as Selectable<MultiBackend>>::construct_selection();
        let rows = Statement::<diesel::dsl::SqlTypeOf<Selection>>::new("select ").columns(columns);
        let mut rows = rows.sql(" from registry_lines where registry_id = ").id(Id(id.0));
        if let Some(after) = filter.after {
            rows = rows.sql(" and position > ").number(number(after, "a position")?);
        }
        for (nth, result) in filter.results.iter().enumerate() {
            rows = rows.sql(if nth == 0 { " and result in (" } else { ", " });
            rows = rows.text(result.to_string());
        }
        if !filter.results.is_empty() {
            rows = rows.sql(")");
        }
        let rows = rows.sql(&format!(" order by position limit {}", filter.limit));
        let rows: Vec<LineRow> = self.query(|conn| rows.load(conn))?;
        rows.into_iter().map(LineRow::line).collect()
    }

    fn numbered(&mut self, id: RegistryId, nth: u64) -> Result<Option<RegistryLine>, StoreError> {
        // The lines of a file stand at the position of their number.
        let Ok(position) = i64::try_from(nth) else {
            return Ok(None);
        };
        let query = dsl::registry_lines
            .filter(dsl::registry_id.eq(Id(id.0)))
            .filter(dsl::position.eq(position))
            .filter(dsl::number.eq(position))
            .select(LineRow::as_select());
        let row = self.query(|conn| query.get_result(conn).optional())?;
        row.map(LineRow::line).transpose()
    }

    fn missing(&mut self, id: RegistryId, attempt: AttemptId) -> Result<Option<RegistryLine>, StoreError> {
        let query = dsl::registry_lines
            .filter(dsl::registry_id.eq(Id(id.0)))
            .filter(dsl::attempt_id.eq(Id(attempt.0)))
            .filter(dsl::number.is_null())
            .select(LineRow::as_select());
        let row = self.query(|conn| query.get_result(conn).optional())?;
        row.map(LineRow::line).transpose()
    }

    fn settle(&mut self, id: RegistryId, line: &RegistryLine) -> Result<(), StoreError> {
        let problem = line.problem.as_ref();
        let target = dsl::registry_lines
            .filter(dsl::registry_id.eq(Id(id.0)))
            .filter(dsl::position.eq(number::<i64, u64>(line.position, "a position")?));
        let settled = diesel::update(target).set((
            dsl::result.eq(line.result.to_string()),
            dsl::attempt_id.eq(line.attempt_id.map(|id| Id(id.0))),
            dsl::problem.eq(problem.map(|problem| problem.code.to_string())),
            dsl::problem_expected.eq(maybe_text(problem.and_then(|problem| problem.expected.as_ref()))),
            dsl::problem_found.eq(maybe_text(problem.and_then(|problem| problem.found.as_ref()))),
        ));
        match self.query(|conn| Cached(settled).execute(conn))? {
            1 => Ok(()),
            _ => Err(wrong("there is no such line of a registry")),
        }
    }
}

impl Work<'_> {
    fn named<'k>(
        &mut self,
        account: &(String, String),
        key: Key,
        keys: impl Iterator<Item = Option<&'k String>>,
    ) -> Result<Vec<Candidate>, StoreError> {
        let keys: HashSet<String> = keys.flatten().map(|key| text(key)).collect();
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let keys = to_json(&keys)?.0;
        let rows = self.query(|conn| dialect::candidates(conn, account.clone(), key, keys))?;
        rows.into_iter().map(candidate).collect()
    }
}

fn candidate(row: CandidateTuple) -> Result<Candidate, StoreError> {
    let (
        id,
        order_number,
        bank_order_id,
        rrn,
        amount,
        currency,
        status,
        source,
        refunded,
        paid_at,
        created_at,
    ) = row;
    Ok(Candidate {
        id: AttemptId(id.0),
        order_number,
        bank_order_id,
        rrn,
        amount: money(amount, &currency)?,
        bank_status: named(&status, "payment_attempts.bank_status")?,
        source: named(&source, "payment_attempts.bank_status_source")?,
        refunded,
        paid_at: maybe_time(paid_at)?,
        created_at: time(created_at)?,
    })
}
