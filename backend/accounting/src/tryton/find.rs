//! Looking for documents that may be a payment: by our key, by the bank's numbers, and by what they look like.
//!
//! Two questions: the payments, in whatever state, and the lines of clients' accounts, where every entry is found
//! whichever way it was made.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};
use sverka_app::ports::accounting::Order;
use sverka_domain::attempt::Attempt;
use sverka_domain::delivery::{FoundDocument, MatchRule};

use super::document::PAYMENT;
use super::fault::Fault;
use super::port::Tryton;
use super::posting::{Kind, Posting};
use super::rows::{LINE_FIELDS, LineRow, PAYMENT_FIELDS, PaymentRow};
use super::tags;

/// More than so many is no answer that a person could choose from.
const MOST: u32 = 50;
/// A shorter number is found in half of all comments.
const SHORTEST: usize = 6;

/// What is looked for.
struct Wanted<'a> {
    posting: &'a Posting,
    numbers: Vec<String>,
    party: Option<i64>,
    /// Whom Sverka works as.
    user: i64,
    /// The days in which somebody may have entered it.
    days: (Date, Date),
}

impl Tryton {
    /// All documents that may be the payment or refund, each once, under its strongest rule.
    pub(super) async fn documents(&self, order: &Order, at: Timestamp) -> Result<Vec<FoundDocument>, Fault> {
        let posting = Posting::of(order, &self.checked.zone);
        let today = self.checked.zone.to_datetime(at).date();
        let wanted = Wanted {
            numbers: numbers(&order.attempt),
            party: posting.party_id(),
            user: self.rpc.session(at).await?.user_id,
            days: (posting.date.saturating_sub(1.day()), today.max(posting.date)),
            posting: &posting,
        };
        let payments: Vec<PaymentRow> = self
            .rpc
            .search(PAYMENT, self.payments(&wanted), (PAYMENT_FIELDS, MOST), at)
            .await?;
        let lines: Vec<LineRow> = match self.lines(&wanted) {
            Some(domain) => {
                let what = (LINE_FIELDS, MOST);
                self.rpc.search("account.move.line", domain, what, at).await?
            }
            None => Vec::new(),
        };
        let whose = (wanted.user, wanted.party);
        let mut found = BTreeMap::new();
        for row in &payments {
            let rule = wanted.rule_of_payment(row);
            let document = self.reader.payment(row, rule, whose);
            found.insert(document.key.clone(), document);
        }
        for row in &lines {
            let rule = wanted.rule_of_line(row);
            let document = self.reader.entry(row, rule, posting.kind, whose);
            if !is_of_an_invoice(row) {
                found.entry(document.key.clone()).or_insert(document);
            }
        }
        let mut found: Vec<FoundDocument> = found.into_values().collect();
        found.sort_by_key(|document| document.rule);
        Ok(found)
    }

    /// Payments under our key, and other people's that look like it.
    fn payments(&self, wanted: &Wanted<'_>) -> Value {
        let posting = wanted.posting;
        let mut either = vec![json!("OR"), json!([["reference", "=", posting.reference]])];
        let mut alike = vec![json!("OR")];
        for number in &wanted.numbers {
            alike.push(json!([["reference", "ilike", format!("%{number}%")]]));
        }
        alike.extend(self.look_alike(wanted, "amount"));
        if alike.len() > 1 {
            let theirs = json!([
                ["create_uid", "!=", wanted.user],
                ["kind", "=", posting.kind],
                alike
            ]);
            either.push(theirs);
        }
        json!([["company", "=", self.settings.company], either])
    }

    /// Other people's entries in clients' accounts that look like it.
    fn lines(&self, wanted: &Wanted<'_>) -> Option<Value> {
        let side = match wanted.posting.kind {
            Kind::Receivable => "credit",
            Kind::Payable => "debit",
        };
        let mut alike = vec![json!("OR")];
        for number in &wanted.numbers {
            let like = format!("%{number}%");
            alike.push(json!([["move.description", "ilike", like]]));
            alike.push(json!([["description", "ilike", like]]));
        }
        alike.extend(self.look_alike(wanted, side));
        (alike.len() > 1).then(|| {
            json!([
                ["move.company", "=", self.settings.company],
                ["account.type.receivable", "=", true],
                [side, ">", 0],
                ["create_uid", "!=", wanted.user],
                alike,
            ])
        })
    }

    /// The same sum in those days: of this client, or of anybody where that is asked for.
    fn look_alike(&self, wanted: &Wanted<'_>, sum: &str) -> Option<Value> {
        let mut terms = vec![
            json!([sum, "=", tags::decimal(wanted.posting.amount)]),
            json!(["date", ">=", tags::date(wanted.days.0)]),
            json!(["date", "<=", tags::date(wanted.days.1)]),
        ];
        if !self.settings.strict {
            terms.push(json!(["party", "=", wanted.party?]));
        }
        Some(json!(terms))
    }
}

impl Wanted<'_> {
    fn rule_of_payment(&self, row: &PaymentRow) -> MatchRule {
        let reference = row.reference.as_deref();
        if reference == Some(self.posting.reference.as_str()) {
            return MatchRule::OurKey;
        }
        self.rule(&[reference], row.party)
    }

    fn rule_of_line(&self, row: &LineRow) -> MatchRule {
        let texts = [row.entry.description.as_deref(), row.description.as_deref()];
        self.rule(&texts, row.party)
    }

    fn rule(&self, texts: &[Option<&str>], party: Option<i64>) -> MatchRule {
        let names = |text: &str| {
            let text = text.to_lowercase();
            let has = |number: &String| text.contains(&number.to_lowercase());
            self.numbers.iter().any(has)
        };
        if texts.iter().flatten().any(|text| names(text)) {
            MatchRule::BankNumbers
        } else if party.is_some() && party == self.party {
            MatchRule::ClientAmountDate
        } else {
            MatchRule::AmountDate
        }
    }
}

/// The bank's numbers of the payment, where they are long enough to say something.
fn numbers(attempt: &Attempt) -> Vec<String> {
    let told = [attempt.bank_order_id.as_deref(), attempt.rrn.as_deref()];
    // Neither has ever a letter that a pattern gives a meaning to.
    let is_plain = |number: &&str| {
        number.len() >= SHORTEST
            && number
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
    };
    told.into_iter()
        .flatten()
        .filter(is_plain)
        .map(str::to_owned)
        .collect()
}

/// An invoice or a credit note moves the same accounts, and is no payment.
fn is_of_an_invoice(row: &LineRow) -> bool {
    let origin = row.entry.origin.as_deref().unwrap_or_default();
    origin.starts_with("account.invoice,")
}
