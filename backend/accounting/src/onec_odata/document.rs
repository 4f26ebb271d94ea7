//! A document as the base shows it.

use jiff::civil::{Date, DateTime};
use serde_json::Value;
use sverka_domain::delivery::{FoundDocument, MatchRule};
use sverka_domain::money::{Currency, Money};

use super::facts::{Facts, MADE_BY_US, MARK};
use super::mapping::Document;

/// A document that was read.
#[derive(Debug, Clone)]
pub(super) struct Read {
    pub(super) key: String,
    pub(super) number: Option<String>,
    pub(super) amount: Option<Money>,
    date: Option<Date>,
    pub(super) is_posted: bool,
    pub(super) is_deleted: bool,
    client: Option<String>,
    reference: Option<String>,
    comment: Option<String>,
}

/// What is asked for of a document: its head, without table parts.
pub(super) fn select(of: &Document) -> String {
    let mut names = vec![
        "Ref_Key",
        "Number",
        "Posted",
        "DeletionMark",
        &of.date,
        &of.amount,
    ];
    names.extend(of.client.as_ref().map(|link| link.attribute()));
    let texts = [&of.reference, &of.comment];
    names.extend(texts.into_iter().filter_map(|name| name.as_deref()));
    names.extend(of.telling.keys().map(String::as_str));
    names.join(",")
}

impl Read {
    /// A document of an answer; `None` where it is not one, having no key.
    pub(super) fn of(object: &Value, of: &Document, currency: Currency) -> Option<Self> {
        let text = |name: &str| {
            let text = object.get(name)?.as_str()?.trim();
            (!text.is_empty()).then(|| text.to_owned())
        };
        let flag = |name: &str| object.get(name).and_then(Value::as_bool).unwrap_or(false);
        Some(Self {
            key: text("Ref_Key")?.to_ascii_lowercase(),
            number: text("Number"),
            amount: object.get(&of.amount).and_then(|sum| money(sum, currency)),
            date: text(&of.date)
                .and_then(|date| date.parse::<DateTime>().ok())
                .map(DateTime::date),
            is_posted: flag("Posted"),
            is_deleted: flag("DeletionMark"),
            client: of
                .client
                .as_ref()
                .and_then(|link| text(link.attribute()))
                .map(|key| key.to_ascii_lowercase()),
            reference: of.reference.as_deref().and_then(&text),
            comment: of.comment.as_deref().and_then(&text),
        })
    }

    /// Whether what the base has is not what we would have made.
    pub(super) fn differs(&self, facts: &Facts) -> bool {
        self.amount != Some(facts.amount) || self.is_same_client(facts) == Some(false)
    }

    fn is_same_client(&self, facts: &Facts) -> Option<bool> {
        let (theirs, ours) = (self.client.as_ref()?, facts.client_key.as_ref()?);
        Some(theirs.eq_ignore_ascii_case(ours))
    }

    fn is_ours(&self) -> bool {
        let begins = |text: &Option<String>, with| text.as_ref().is_some_and(|text| text.starts_with(with));
        begins(&self.reference, MARK) || begins(&self.comment, MADE_BY_US)
    }

    /// As what was found by `rule`.
    pub(super) fn found(self, rule: MatchRule, facts: &Facts) -> FoundDocument {
        let is_same_client = match rule {
            MatchRule::ClientAmountDate => Some(true),
            MatchRule::OurKey | MatchRule::BankNumbers | MatchRule::AmountDate => self.is_same_client(facts),
        };
        FoundDocument {
            is_ours: rule == MatchRule::OurKey || self.is_ours(),
            key: self.key,
            number: self.number,
            rule,
            amount: self.amount,
            date: self.date,
            is_posted: self.is_posted,
            is_deleted: self.is_deleted,
            // The interface says neither who made a document nor, without a further request, who the client is.
            author: None,
            client: None,
            is_same_client,
            comment: self.comment,
            url: None,
        }
    }
}

/// A sum: `Edm.Double`, rounded to kopecks, or a decimal text.
fn money(value: &Value, currency: Currency) -> Option<Money> {
    let digits = currency.exponent() as usize;
    let text = match value {
        Value::Number(number) => format!("{:.digits$}", number.as_f64()?),
        Value::String(text) => text.trim().to_owned(),
        _ => return None,
    };
    let (is_negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.as_str()),
    };
    let money = Money::from_decimal(text, currency).ok()?;
    let amount = if is_negative { -money.amount } else { money.amount };
    Some(Money::new(amount, currency))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn sums_are_compared_in_kopecks() {
        for (value, kopecks) in [
            (json!(4990), Some(499_000)),
            (json!(4990.5), Some(499_050)),
            (json!(4_990.009_999_999_8), Some(499_001)),
            (json!(0.1), Some(10)),
            (json!(-5), Some(-500)),
            (json!("4990.50"), Some(499_050)),
            (json!("много"), None),
            (json!(null), None),
            (json!(1e15), None),
        ] {
            let read = money(&value, Currency::RUB).map(|money| money.amount);
            assert_eq!(read, kopecks, "{value}");
        }
    }
}
