//! A line of a registry as a row.

use diesel::prelude::{Queryable, Selectable};
use serde::Serialize;
use sverka_app::ports::store::{RegistryLine, StoreError};
use sverka_domain::ids::AttemptId;
use sverka_domain::registry::{Line, Problem};

use crate::column::{maybe_named, maybe_text, money, named, number, time};
use crate::schema::registry_lines;
use crate::types::{Id, Time};

/// All of a line.
#[derive(Queryable, Selectable)]
#[diesel(table_name = registry_lines)]
pub(crate) struct LineRow {
    position: i64,
    number: Option<i64>,
    kind: String,
    bank_order_id: Option<String>,
    order_number: Option<String>,
    rrn: Option<String>,
    amount: i64,
    currency: String,
    fee: Option<i64>,
    at: Time,
    result: String,
    attempt_id: Option<Id>,
    problem: Option<String>,
    problem_expected: Option<String>,
    problem_found: Option<String>,
}

impl LineRow {
    /// The line of a row.
    pub(crate) fn line(self) -> Result<RegistryLine, StoreError> {
        let code = maybe_named(self.problem.as_ref(), "registry_lines.problem")?;
        let nth = self.number.map(|nth| number(nth, "registry_lines.number"));
        Ok(RegistryLine {
            position: number(self.position, "registry_lines.position")?,
            number: nth.transpose()?,
            line: Line {
                kind: named(&self.kind, "registry_lines.kind")?,
                bank_order_id: self.bank_order_id,
                order_number: self.order_number,
                rrn: self.rrn,
                amount: money(self.amount, &self.currency)?,
                fee: self.fee,
                at: time(self.at)?,
            },
            result: named(&self.result, "registry_lines.result")?,
            attempt_id: self.attempt_id.map(|id| AttemptId(id.0)),
            problem: code.map(|code| Problem {
                code,
                expected: self.problem_expected,
                found: self.problem_found,
            }),
        })
    }
}

/// A line as one object of a json array: many are written by one statement.
#[derive(Serialize)]
pub(crate) struct LineJson {
    position: u64,
    number: Option<u64>,
    kind: &'static str,
    bank_order_id: Option<String>,
    order_number: Option<String>,
    rrn: Option<String>,
    amount: i64,
    currency: String,
    fee: Option<i64>,
    at: i64,
    result: &'static str,
    attempt_id: Option<String>,
    problem: Option<&'static str>,
    problem_expected: Option<String>,
    problem_found: Option<String>,
}

impl LineJson {
    /// The object of a line.
    pub(crate) fn new(line: &RegistryLine) -> Self {
        let said = &line.line;
        let problem = line.problem.as_ref();
        Self {
            position: line.position,
            number: line.number,
            kind: said.kind.into(),
            bank_order_id: maybe_text(said.bank_order_id.as_ref()),
            order_number: maybe_text(said.order_number.as_ref()),
            rrn: maybe_text(said.rrn.as_ref()),
            amount: said.amount.amount,
            currency: said.amount.currency.to_string(),
            fee: said.fee,
            at: Time::from(said.at).0,
            result: line.result.into(),
            attempt_id: line.attempt_id.map(|id| id.0.simple().to_string()),
            problem: problem.map(|problem| problem.code.into()),
            problem_expected: maybe_text(problem.and_then(|problem| problem.expected.as_ref())),
            problem_found: maybe_text(problem.and_then(|problem| problem.found.as_ref())),
        }
    }
}
