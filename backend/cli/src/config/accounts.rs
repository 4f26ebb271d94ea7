//! Bank accounts and connections: the common keys here, the rest as their adapters read them.

use std::collections::HashSet;
use std::sync::Arc;

use sverka_accounting::ConnectionSettings;
use sverka_app::catalog::Merchant;
use sverka_app::ports::accounting::{AccountingPort, Connection, Takes};
use sverka_app::ports::bank::{AccountKey, BankAccount, BankPort};
use sverka_banks::BankSettings;
use toml::{Spanned, Table, Value};

use super::error::{ConfigError, line_of};
use super::secret::Sources;

/// Reads accounts and connections, and collects what is wrong with them.
pub(super) struct Adapters<'a> {
    pub(super) text: &'a str,
    pub(super) sources: &'a Sources<'a>,
    pub(super) errors: &'a mut Vec<ConfigError>,
}

impl Adapters<'_> {
    pub(super) fn bank_accounts(
        &mut self,
        tables: &[Spanned<Table>],
        merchants: &[Merchant],
    ) -> Vec<BankAccount> {
        let mut seen = HashSet::new();
        let mut accounts = Vec::new();
        for spanned in tables {
            let line = Some(line_of(self.text, spanned.span().start));
            match self.bank_account(spanned.get_ref(), merchants, &mut seen) {
                Ok(account) => accounts.push(account),
                Err((problem, remedy)) => self.errors.push(ConfigError::new(line, problem, remedy)),
            }
        }
        accounts
    }

    pub(super) fn connections(&mut self, tables: &[Spanned<Table>]) -> Vec<Connection> {
        let mut seen = HashSet::new();
        let mut connections = Vec::new();
        for spanned in tables {
            let line = Some(line_of(self.text, spanned.span().start));
            match self.connection(spanned.get_ref(), &mut seen) {
                Ok(connection) => connections.push(connection),
                Err((problem, remedy)) => self.errors.push(ConfigError::new(line, problem, remedy)),
            }
        }
        connections
    }

    fn bank_account(
        &self,
        table: &Table,
        merchants: &[Merchant],
        seen: &mut HashSet<AccountKey>,
    ) -> Result<BankAccount, (String, String)> {
        let bank = text(table, "bank", "bank account")?;
        let account = name(table, "bank account")?;
        let key = AccountKey { bank, account };
        let known = sverka_banks::BANKS
            .iter()
            .map(|bank| bank.code)
            .collect::<Vec<_>>();
        if !known.contains(&key.bank.as_str()) {
            return Err((
                format!("bank {:?} is not known", key.bank),
                format!("use one of: {}", known.join(", ")),
            ));
        }
        if !seen.insert(key.clone()) {
            return Err((
                format!("there are two bank accounts {key}"),
                "give one of them another name".to_owned(),
            ));
        }
        let merchant = merchant(table, merchants, &key)?;
        let mut rest = table.clone();
        rest.remove("name");
        rest.remove("merchant");
        let about = |(problem, remedy): (String, String)| (format!("bank account {key}: {problem}"), remedy);
        let port = self.port(&rest).map_err(about)?;
        Ok(BankAccount { key, merchant, port })
    }

    fn port(&self, table: &Table) -> Result<Arc<dyn BankPort>, (String, String)> {
        let table = self.sources.resolve_table(table)?;
        let settings = BankSettings::deserialize_from(table)?;
        sverka_banks::build(settings)
            .map_err(|error| (format!("{}: {}", error.field, error.problem), error.remedy))
    }

    fn connection(&self, table: &Table, seen: &mut HashSet<String>) -> Result<Connection, (String, String)> {
        let name = name(table, "connection")?;
        if !seen.insert(name.clone()) {
            return Err((
                format!("there are two connections {name}"),
                "give one of them another name".to_owned(),
            ));
        }
        let mut rest = table.clone();
        rest.remove("name");
        let takes = takes(&mut rest)
            .map_err(|(problem, remedy)| (format!("connection {name}: {problem}"), remedy))?;
        let about = |(problem, remedy): (String, String)| (format!("connection {name}: {problem}"), remedy);
        let port = self.accounting(&rest).map_err(about)?;
        let kind = rest
            .get("kind")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        Ok(Connection {
            name,
            kind,
            takes,
            port,
        })
    }

    fn accounting(&self, table: &Table) -> Result<Arc<dyn AccountingPort>, (String, String)> {
        let table = self.sources.resolve_table(table)?;
        let settings = ConnectionSettings::deserialize_from(table)?;
        sverka_accounting::build(settings)
            .map_err(|error| (format!("{}: {}", error.field, error.problem), error.remedy))
    }
}

/// Which payments go through a connection: three lists, taken out of its table.
fn takes(table: &mut Table) -> Result<Takes, (String, String)> {
    let mut list = |key: &str| match table.remove(key) {
        None => Ok(Vec::new()),
        Some(value) => value.try_into::<Vec<String>>().map_err(|_| {
            (
                format!("{key} is not a list of texts"),
                format!("write it as {key} = [\"…\", \"…\"], or leave it out to take all"),
            )
        }),
    };
    Ok(Takes {
        merchants: list("merchants")?,
        bank_accounts: list("bank_accounts")?,
        payment_types: list("payment_types")?,
    })
}

/// Settings that an adapter reads from a table of plain values.
pub(super) trait FromTable: Sized {
    fn deserialize_from(table: Table) -> Result<Self, (String, String)>;
}

impl<T: serde::de::DeserializeOwned> FromTable for T {
    fn deserialize_from(table: Table) -> Result<Self, (String, String)> {
        table.try_into().map_err(|error: toml::de::Error| {
            (error.message().to_owned(), "see sverka.example.toml".to_owned())
        })
    }
}

pub(super) fn text(table: &Table, key: &str, of: &str) -> Result<String, (String, String)> {
    match table.get(key) {
        Some(Value::String(text)) if !text.is_empty() => Ok(text.clone()),
        Some(_) => Err((
            format!("{key} of a {of} is not a text"),
            format!("write {key} = \"…\""),
        )),
        None => Err((format!("a {of} has no {key}"), format!("add {key} = \"…\""))),
    }
}

/// A name that can stand in an address.
pub(super) fn name(table: &Table, of: &str) -> Result<String, (String, String)> {
    let name = text(table, "name", of)?;
    let plain = name.len() <= 64
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if plain {
        Ok(name)
    } else {
        Err((
            format!("the name {name:?} cannot stand in an address"),
            "use Latin letters, digits, - and _".to_owned(),
        ))
    }
}

fn merchant(table: &Table, merchants: &[Merchant], key: &AccountKey) -> Result<String, (String, String)> {
    let Some(value) = table.get("merchant") else {
        return Ok(merchants
            .first()
            .map(|merchant| merchant.code.clone())
            .unwrap_or_default());
    };
    let known = merchants
        .iter()
        .find(|merchant| value.as_str() == Some(merchant.code.as_str()));
    known.map(|merchant| merchant.code.clone()).ok_or_else(|| {
        let codes = merchants
            .iter()
            .map(|merchant| merchant.code.as_str())
            .collect::<Vec<_>>()
            .join(", ");
        (
            format!("bank account {key}: merchant {value} is not configured"),
            format!("use one of: {codes}"),
        )
    })
}
