//! A registry and its lines as the API shows them.

use jiff::Timestamp;
use serde::Serialize;
use sverka_app::ports::store::{Registry, RegistryLine, RegistrySource};
use sverka_domain::ids::{AttemptId, RegistryId};
use sverka_domain::money::{Currency, Money};
use sverka_domain::registry::{LineKind, LineResult, Mend, Problem, ProblemCode, mends};
use utoipa::ToSchema;

/// Where a registry comes from.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SourceView {
    /// An uploaded file.
    File,
    /// The bank's own list call.
    Bank,
}

/// The time that a registry covers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PeriodView {
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    /// Not in the period itself.
    #[schema(value_type = String, format = DateTime)]
    to: Timestamp,
}

/// How many lines came to each result.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LineCountsView {
    /// The journal has it so.
    matched: u64,
    /// The journal did not know; now it does.
    healed: u64,
    /// The journal has it otherwise.
    differs: u64,
    /// Money without an attempt.
    no_attempt: u64,
    /// Paid attempts that the registry does not list.
    missing: u64,
    /// Chargebacks, corrections and fees: only counted in the sums.
    noted: u64,
}

/// A sum that may be negative.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct SumView {
    /// In minor units (kopecks).
    amount: i64,
    /// ISO 4217, three letters.
    #[schema(value_type = String, example = "RUB")]
    currency: Currency,
}

/// What the lines in the registry's currency come to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SumsView {
    payments: SumView,
    refunds: SumView,
    /// Chargebacks, corrections and the like, with their sign.
    other: SumView,
    /// What the bank kept.
    fees: SumView,
    /// Payments less refunds less fees, and the other ones.
    payout: SumView,
}

/// What the registry says of itself; null: it does not say.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeclaredView {
    #[schema(required = true)]
    payments: Option<SumView>,
    #[schema(required = true)]
    refunds: Option<SumView>,
    #[schema(required = true)]
    fees: Option<SumView>,
    #[schema(required = true)]
    payout: Option<SumView>,
    /// How many operations.
    #[schema(required = true)]
    lines: Option<u64>,
}

/// A registry: a settlement file or a list of the bank.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RegistryView {
    id: RegistryId,
    /// Code of the bank.
    bank: String,
    /// Name of the bank account.
    bank_account: String,
    source: SourceView,
    #[schema(required = true)]
    file_name: Option<String>,
    /// `tbank`, `yookassa`, `sverka`, `client_bank`, `bank_list`, or `saved:` and the name of a mapping.
    layout: String,
    #[schema(required = true)]
    period: Option<PeriodView>,
    #[schema(value_type = String, format = DateTime)]
    loaded_at: Timestamp,
    /// Name of who loaded it.
    #[schema(required = true)]
    loaded_by: Option<String>,
    /// How many operations it lists.
    lines: u64,
    counts: LineCountsView,
    sums: SumsView,
    declared: DeclaredView,
    /// Whether its own sums are those of its lines; null: it says nothing.
    #[schema(required = true)]
    adds_up: Option<bool>,
}

impl From<Registry> for RegistryView {
    fn from(registry: Registry) -> Self {
        let currency = registry.currency;
        let sum = |amount| SumView { amount, currency };
        let (counts, sums, declared) = (registry.counts, registry.sums, registry.declared);
        let (source, file_name) = match registry.source {
            RegistrySource::File { name, .. } => (SourceView::File, name),
            RegistrySource::Bank => (SourceView::Bank, None),
        };
        Self {
            id: registry.id,
            bank: registry.account.bank,
            bank_account: registry.account.account,
            source,
            file_name,
            layout: registry.layout,
            period: registry.period.map(|(from, to)| PeriodView { from, to }),
            loaded_at: registry.loaded_at,
            loaded_by: registry.loaded_by.name,
            lines: registry.lines,
            counts: LineCountsView {
                matched: counts.matched,
                healed: counts.healed,
                differs: counts.differs,
                no_attempt: counts.no_attempt,
                missing: counts.missing,
                noted: counts.noted,
            },
            sums: SumsView {
                payments: sum(sums.payments),
                refunds: sum(sums.refunds),
                other: sum(sums.other),
                fees: sum(sums.fees),
                payout: sum(sums.payout()),
            },
            declared: DeclaredView {
                payments: declared.payments.map(sum),
                refunds: declared.refunds.map(sum),
                fees: declared.fees.map(sum),
                payout: declared.payout.map(sum),
                lines: declared.lines,
            },
            adds_up: registry.adds_up,
        }
    }
}

/// What is wrong with a line.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LineProblemView {
    code: ProblemCode,
    /// What the journal says.
    #[schema(required = true)]
    expected: Option<String>,
    /// What the registry says.
    #[schema(required = true)]
    found: Option<String>,
}

impl From<Problem> for LineProblemView {
    fn from(problem: Problem) -> Self {
        Self {
            code: problem.code,
            expected: problem.expected,
            found: problem.found,
        }
    }
}

/// A line of a registry.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RegistryLineView {
    /// Its line in the file; null: a paid attempt that the registry does not list.
    #[schema(required = true)]
    number: Option<u64>,
    kind: LineKind,
    result: LineResult,
    #[schema(required = true)]
    bank_order_id: Option<String>,
    #[schema(required = true)]
    order_number: Option<String>,
    /// The card network's number.
    #[schema(required = true)]
    rrn: Option<String>,
    amount: SumView,
    #[schema(required = true)]
    fee: Option<SumView>,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// The attempt that it is about.
    #[schema(required = true)]
    attempt_id: Option<AttemptId>,
    #[schema(required = true)]
    problem: Option<LineProblemView>,
    /// What can be done about it.
    mends: Vec<Mend>,
}

impl From<RegistryLine> for RegistryLineView {
    fn from(row: RegistryLine) -> Self {
        let line = row.line;
        let Money { amount, currency } = line.amount;
        Self {
            number: row.number,
            kind: line.kind,
            result: row.result,
            bank_order_id: line.bank_order_id,
            order_number: line.order_number,
            rrn: line.rrn,
            amount: SumView { amount, currency },
            fee: line.fee.map(|amount| SumView { amount, currency }),
            at: line.at,
            attempt_id: row.attempt_id,
            problem: row.problem.map(LineProblemView::from),
            mends: mends(row.result, line.kind, row.attempt_id.is_some()).to_vec(),
        }
    }
}
