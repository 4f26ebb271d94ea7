//! Documents that may be this payment: by our key, our reference, the bank's numbers, the client, the sum and the day.

use std::collections::HashSet;

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, ToSpan};
use sverka_app::ports::accounting::Order;
use sverka_domain::delivery::{FoundDocument, MatchRule};

use super::client::{Asking, OnecOdata};
use super::document::{Read, select};
use super::facts::Facts;
use super::filter::{datetime, is, points_to, sum};
use super::mapping::Document;
use super::settings::OnecClass;

/// More alike than this and a person has to look over there anyway.
const MOST: u32 = 20;

impl OnecOdata {
    pub(super) async fn look(&self, order: &Order, at: Timestamp) -> Asking<Vec<FoundDocument>> {
        let facts = self.facts(order);
        let Some(of) = self.document_of(facts.kind) else {
            return Ok(Vec::new());
        };
        let mut found = Found::default();
        if self.class == OnecClass::KeyEnforced {
            let ours = self.look_by_key(&facts, of, at).await?;
            found.take(ours, MatchRule::OurKey, &facts);
        }
        for (rule, filter) in self.filters(&facts, of, at) {
            let objects = self.search(&of.entity, &select(of), &filter, (MOST, at)).await?;
            let told = |object: &serde_json::Value| {
                of.telling
                    .iter()
                    .all(|(name, value)| object.get(name).is_none_or(|theirs| theirs == value))
            };
            let read = objects
                .iter()
                .filter(|object| told(object))
                .filter_map(|object| Read::of(object, of, facts.amount.currency));
            found.take(read, rule, &facts);
        }
        Ok(found.documents)
    }

    /// What is searched for, the strongest rule first.
    fn filters(&self, facts: &Facts, of: &Document, at: Timestamp) -> Vec<(MatchRule, String)> {
        let mut filters = Vec::new();
        if let Some(attribute) = &of.reference {
            filters.push((MatchRule::OurKey, is(attribute, &facts.reference())));
        }
        let numbers = [(&of.rrn, &facts.rrn), (&of.bank_order_id, &facts.bank_order_id)];
        for (attribute, value) in numbers {
            if let (Some(attribute), Some(value)) = (attribute, value) {
                filters.push((MatchRule::BankNumbers, is(attribute, value)));
            }
        }
        let day = self.days(facts.at, at);
        let alike = format!(
            "{} eq {} and {} ge {} and {} le {}",
            of.amount,
            sum(facts.amount),
            of.date,
            datetime(day.0),
            of.date,
            datetime(day.1)
        );
        if let (Some(link), Some(client)) = (&of.client, &facts.client_key) {
            let filter = format!("{} and {alike}", points_to(link, client));
            filters.push((MatchRule::ClientAmountDate, filter));
        }
        if self.is_strict {
            filters.push((MatchRule::AmountDate, alike));
        }
        filters
    }

    /// From the day before the payment to the end of today, by the base's clock: documents that are entered by hand
    /// often have midnight or the day's last second.
    fn days(&self, paid: Timestamp, now: Timestamp) -> (DateTime, DateTime) {
        let day = |at| self.zone.to_datetime(at).date();
        let first = day(paid).checked_sub(1.day()).unwrap_or(Date::MIN);
        let last = day(now).max(day(paid));
        (first.at(0, 0, 0, 0), last.at(23, 59, 59, 0))
    }
}

/// Each document once, under its strongest rule.
#[derive(Default)]
struct Found {
    seen: HashSet<String>,
    documents: Vec<FoundDocument>,
}

impl Found {
    fn take(&mut self, read: impl IntoIterator<Item = Read>, rule: MatchRule, facts: &Facts) {
        for one in read {
            if self.seen.insert(one.key.clone()) {
                self.documents.push(one.found(rule, facts));
            }
        }
    }
}
