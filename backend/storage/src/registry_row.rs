//! A registry as a row.

use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};
use sverka_app::ports::bank::AccountKey;
use sverka_app::ports::store::{Actor, LineCounts, Registry, RegistrySource, StoreError};
use sverka_domain::ids::RegistryId;
use sverka_domain::registry::{Declared, Sums};

use crate::column::{both, digest, maybe_text, named, number, text, time};
use crate::error::wrong;
use crate::schema::registries;
use crate::types::{Id, Time};

/// All of a registry.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = registries, treat_none_as_null = true)]
pub(crate) struct RegistryRow {
    #[diesel(skip_update)]
    id: Id,
    bank: String,
    bank_account: String,
    source: String,
    file_name: Option<String>,
    digest: Option<Vec<u8>>,
    layout: String,
    period_from: Option<Time>,
    period_to: Option<Time>,
    loaded_at: Time,
    loaded_by_kind: String,
    loaded_by_id: Option<String>,
    loaded_by_name: Option<String>,
    lines: i64,
    matched: i64,
    healed: i64,
    differs: i64,
    no_attempt: i64,
    missing: i64,
    noted: i64,
    currency: String,
    payments: i64,
    refunds: i64,
    other: i64,
    fees: i64,
    declared_payments: Option<i64>,
    declared_refunds: Option<i64>,
    declared_fees: Option<i64>,
    declared_payout: Option<i64>,
    declared_lines: Option<i64>,
    adds_up: Option<bool>,
}

impl RegistryRow {
    /// The row of a registry.
    pub(crate) fn new(registry: &Registry) -> Result<Self, StoreError> {
        let (source, file_name, digest) = match &registry.source {
            RegistrySource::File { name, digest } => {
                ("file", maybe_text(name.as_ref()), Some(digest.to_vec()))
            }
            RegistrySource::Bank => ("bank", None, None),
        };
        let (counts, sums, declared) = (&registry.counts, &registry.sums, &registry.declared);
        let count = |count: u64| number::<i64, u64>(count, "a count of lines");
        Ok(Self {
            id: Id(registry.id.0),
            bank: text(&registry.account.bank),
            bank_account: text(&registry.account.account),
            source: source.to_owned(),
            file_name,
            digest,
            layout: text(&registry.layout),
            period_from: registry.period.map(|(from, _)| from.into()),
            period_to: registry.period.map(|(_, to)| to.into()),
            loaded_at: registry.loaded_at.into(),
            loaded_by_kind: registry.loaded_by.kind.to_string(),
            loaded_by_id: maybe_text(registry.loaded_by.id.as_ref()),
            loaded_by_name: maybe_text(registry.loaded_by.name.as_ref()),
            lines: count(registry.lines)?,
            matched: count(counts.matched)?,
            healed: count(counts.healed)?,
            differs: count(counts.differs)?,
            no_attempt: count(counts.no_attempt)?,
            missing: count(counts.missing)?,
            noted: count(counts.noted)?,
            currency: registry.currency.to_string(),
            payments: sums.payments,
            refunds: sums.refunds,
            other: sums.other,
            fees: sums.fees,
            declared_payments: declared.payments,
            declared_refunds: declared.refunds,
            declared_fees: declared.fees,
            declared_payout: declared.payout,
            declared_lines: declared.lines.map(count).transpose()?,
            adds_up: registry.adds_up,
        })
    }

    /// The registry of a row.
    pub(crate) fn registry(self) -> Result<Registry, StoreError> {
        let count = |count: i64| number::<u64, i64>(count, "registries: a count of lines");
        let period = both(self.period_from, self.period_to, "registries.period")?;
        let period = period.map(|(from, to)| Ok::<_, StoreError>((time(from)?, time(to)?)));
        let source = match (self.source.as_str(), &self.digest) {
            ("file", Some(bytes)) => RegistrySource::File {
                name: self.file_name,
                digest: digest(bytes, "registries.digest")?,
            },
            ("bank", None) => RegistrySource::Bank,
            _ => return Err(wrong("registries.source is neither a file nor the bank")),
        };
        Ok(Registry {
            id: RegistryId(self.id.0),
            account: AccountKey {
                bank: self.bank,
                account: self.bank_account,
            },
            source,
            layout: self.layout,
            period: period.transpose()?,
            loaded_at: time(self.loaded_at)?,
            loaded_by: Actor {
                kind: named(&self.loaded_by_kind, "registries.loaded_by_kind")?,
                id: self.loaded_by_id,
                name: self.loaded_by_name,
            },
            lines: count(self.lines)?,
            counts: LineCounts {
                matched: count(self.matched)?,
                healed: count(self.healed)?,
                differs: count(self.differs)?,
                no_attempt: count(self.no_attempt)?,
                missing: count(self.missing)?,
                noted: count(self.noted)?,
            },
            currency: named(&self.currency, "registries.currency")?,
            sums: Sums {
                payments: self.payments,
                refunds: self.refunds,
                other: self.other,
                fees: self.fees,
            },
            declared: Declared {
                payments: self.declared_payments,
                refunds: self.declared_refunds,
                fees: self.declared_fees,
                payout: self.declared_payout,
                lines: self.declared_lines.map(count).transpose()?,
            },
            adds_up: self.adds_up,
        })
    }
}
