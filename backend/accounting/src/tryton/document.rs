//! Payments and ledger entries as documents that a person can look at. Keys are Tryton's own way to name any
//! record: `account.payment,12`, `account.move,5`.

use sverka_domain::delivery::{FoundDocument, MatchRule};
use sverka_domain::money::{Currency, Money};
use url::Url;

use super::posting::{Kind, Posting};
use super::rows::{LineRow, PaymentRow};

pub(super) const PAYMENT: &str = "account.payment";
pub(super) const ENTRY: &str = "account.move";

/// The key of a record.
pub(super) fn key(model: &str, id: i64) -> String {
    format!("{model},{id}")
}

/// The record's number, if `key` is one of that model.
pub(super) fn id_of(key: &str, model: &str) -> Option<i64> {
    key.strip_prefix(model)?.strip_prefix(',')?.parse().ok()
}

/// What makes found records documents.
#[derive(Debug, Clone)]
pub(super) struct Reader {
    /// The server's address, with a slash at its end.
    pub(super) url: Url,
    pub(super) database: String,
    pub(super) currency: Currency,
}

impl Reader {
    /// A payment's document. `user`: whom Sverka works as; `party`: the client of the payment in question.
    pub(super) fn payment(
        &self,
        row: &PaymentRow,
        rule: MatchRule,
        (user, party): (i64, Option<i64>),
    ) -> FoundDocument {
        let key = key(PAYMENT, row.id);
        FoundDocument {
            url: Some(self.page(&key)),
            key,
            number: row.people_know(),
            rule,
            amount: row.money(self.currency),
            date: row.date.and_then(super::tags::DateTag::date),
            is_posted: row.is_posted(),
            is_deleted: row.state == "failed",
            is_ours: row.create_uid == Some(user),
            author: row.author.as_ref().map(|author| author.rec_name.clone()),
            client: row.party_name.as_ref().map(|party| party.rec_name.clone()),
            is_same_client: party.and_then(|party| Some(row.party? == party)),
            comment: row.reference.clone(),
        }
    }

    /// The document behind a line of the ledger: the payment that it came from, or the entry itself.
    pub(super) fn entry(
        &self,
        row: &LineRow,
        rule: MatchRule,
        kind: Kind,
        (user, party): (i64, Option<i64>),
    ) -> FoundDocument {
        let origin = row.entry.origin.as_deref();
        let key = origin
            .filter(|origin| id_of(origin, PAYMENT).is_some())
            .map_or_else(|| key(ENTRY, row.entry_id), str::to_owned);
        let sum = match kind {
            Kind::Receivable => &row.credit,
            Kind::Payable => &row.debit,
        };
        FoundDocument {
            url: Some(self.page(&key)),
            key,
            number: row.entry.number.clone(),
            rule,
            amount: sum.money(self.currency),
            date: row.date.and_then(super::tags::DateTag::date),
            is_posted: row.entry.is_posted(),
            is_deleted: false,
            is_ours: row.create_uid == Some(user),
            author: row.author.as_ref().map(|author| author.rec_name.clone()),
            client: row.party_name.as_ref().map(|party| party.rec_name.clone()),
            is_same_client: party.and_then(|party| Some(row.party? == party)),
            comment: row.entry.description.clone().or_else(|| row.description.clone()),
        }
    }

    /// Where the web client shows a record.
    fn page(&self, key: &str) -> String {
        let (model, id) = key.split_once(',').unwrap_or((key, ""));
        format!("{}#{}/model/{model}/{id}", self.url, self.database)
    }
}

impl PaymentRow {
    /// The number of its ledger entry, once that is posted; the payment's own until then.
    pub(super) fn people_know(&self) -> Option<String> {
        let entry = self.entry.as_ref().filter(|entry| entry.is_posted());
        entry
            .and_then(|entry| entry.number.clone())
            .or_else(|| self.number.clone())
    }

    /// Whether it counts in the ledger. A journal without a clearing account makes no entries: its payments are
    /// done when they succeeded.
    pub(super) fn is_posted(&self) -> bool {
        self.state == "succeeded" && self.entry.as_ref().is_none_or(|entry| entry.is_posted())
    }

    pub(super) fn money(&self, usual: Currency) -> Option<Money> {
        let code = self
            .currency
            .as_ref()
            .and_then(|currency| currency.code.parse().ok());
        self.amount.money(code.unwrap_or(usual))
    }

    /// Whether it is what `posting` would have made.
    pub(super) fn agrees(&self, posting: &Posting, usual: Currency) -> bool {
        self.money(usual) == Some(posting.amount)
            && self.kind == posting.kind
            && self.party.is_some()
            && self.party == posting.party_id()
    }
}
