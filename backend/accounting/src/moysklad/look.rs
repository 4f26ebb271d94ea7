//! Documents that may be the one in question: under our key, under the bank's numbers, of the same counterparty, sum
//! and day.

use jiff::{SignedDuration, Timestamp};
use sverka_app::ports::accounting::Order;
use sverka_domain::delivery::{FoundDocument, MatchRule};
use sverka_domain::ids::DeliveryId;
use sverka_domain::money::Money;
use uuid::Uuid;

use super::office::{Failed, Filter, Read};
use super::parcel::{Entity, sync_id};
use super::service::MoySklad;
use super::wire::{Payment, Ref};

/// A payment that was entered by hand is dated no earlier than so long before ours.
const BEFORE: SignedDuration = SignedDuration::from_hours(24);

impl MoySklad {
    pub(super) async fn search(&self, order: &Order, at: Timestamp) -> Result<Vec<FoundDocument>, Failed> {
        let entity = Entity::of(order.delivery.kind);
        let agent = self.letterhead.agent(order);
        let mut found = Found::default();
        let ours = self.by_key(entity, sync_id(order.delivery.id), at).await?;
        match ours {
            Some(read) => found.add(self.found(&read.value, MatchRule::OurKey, agent)),
            // The code can be seen and copied by people, the key cannot: it counts if the key is missing.
            None => {
                let code = order.delivery.id.to_string();
                let coded = self
                    .by("externalCode", std::slice::from_ref(&code), entity, at)
                    .await?;
                for payment in coded {
                    found.add(self.found(&payment, MatchRule::OurKey, agent));
                }
            }
        }
        let attempt = &order.attempt;
        let numbers: Vec<String> = [&attempt.bank_order_id, &attempt.rrn]
            .into_iter()
            .flatten()
            .cloned()
            .collect();
        if entity == Entity::PaymentIn && !numbers.is_empty() {
            for payment in self.by("incomingNumber", &numbers, entity, at).await? {
                found.add(self.found(&payment, MatchRule::BankNumbers, agent));
            }
        }
        let near = self.near(order, entity, at).await?;
        for payment in near {
            let is_same = payment.agent.as_ref().and_then(Ref::id) == agent && agent.is_some();
            if is_same && self.letterhead.counterparty.is_none() {
                found.add(self.found(&payment, MatchRule::ClientAmountDate, agent));
            } else if self.is_strict {
                found.add(self.found(&payment, MatchRule::AmountDate, agent));
            }
        }
        Ok(found.0)
    }

    /// Documents whose field is one of the values.
    async fn by(
        &self,
        field: &'static str,
        values: &[String],
        entity: Entity,
        at: Timestamp,
    ) -> Result<Vec<Payment>, Failed> {
        let filter = values
            .iter()
            .fold(Filter::default(), |filter, value| filter.and(field, value));
        let path = format!("entity/{}", entity.name());
        let read: Read<Vec<Payment>> = self.office.list(&path, &filter, at).await?;
        let known = |payment: &Payment| match field {
            "externalCode" => payment.external_code.clone(),
            _ => payment.incoming_number.clone(),
        };
        let passes = |payment| known(payment).is_some_and(|value| values.contains(&value));
        if !read.value.iter().all(passes) {
            return Err(self.office.unfiltered(&read.answer, field));
        }
        Ok(read.value)
    }

    /// Documents of the same sum and about the same time: of the counterparty, or of anybody where that is asked for.
    async fn near(&self, order: &Order, entity: Entity, at: Timestamp) -> Result<Vec<Payment>, Failed> {
        let (letterhead, delivery) = (&self.letterhead, &order.delivery);
        let agent = letterhead
            .link("counterparty", letterhead.agent(order))
            .filter(|_| !self.is_strict && letterhead.counterparty.is_none());
        if agent.is_none() && !self.is_strict {
            return Ok(Vec::new());
        }
        let since = match entity {
            Entity::PaymentIn => order.attempt.state.paid_at.unwrap_or(delivery.created_at),
            Entity::PaymentOut => delivery.created_at,
        };
        let sum = delivery.amount.amount;
        let mut filter = Filter::default()
            .and("organization", letterhead.organization().href())
            .and("sum", &sum.to_string())
            .and("moment>", &letterhead.moment(since - BEFORE))
            .and("moment<", &letterhead.moment(at + BEFORE));
        if let Some(agent) = &agent {
            filter = filter.and("agent", agent.href());
        }
        let path = format!("entity/{}", entity.name());
        let read: Read<Vec<Payment>> = self.office.list(&path, &filter, at).await?;
        let passes = |payment: &Payment| {
            let is_here = payment.organization.as_ref().and_then(Ref::id) == Some(letterhead.organization);
            payment.sum == Some(sum) && is_here
        };
        if !read.value.iter().all(passes) {
            return Err(self.office.unfiltered(&read.answer, "sum and organization"));
        }
        Ok(read.value)
    }

    /// A document as a person sees it. `agent`: the payment's client.
    pub(super) fn found(&self, payment: &Payment, rule: MatchRule, agent: Option<Uuid>) -> FoundDocument {
        let theirs = payment.agent.as_ref().and_then(Ref::id);
        let text = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        FoundDocument {
            key: payment.id.to_string(),
            number: payment.name.clone(),
            rule,
            amount: payment.sum.map(|sum| Money::new(sum, self.currency)),
            date: payment
                .moment
                .as_deref()
                .and_then(|moment| moment.get(..10)?.parse().ok()),
            is_posted: payment.applicable,
            is_deleted: payment.deleted.is_some(),
            is_ours: is_ours(payment),
            author: None,
            client: None,
            is_same_client: agent
                .filter(|_| self.letterhead.counterparty.is_none())
                .and_then(|agent| Some(theirs? == agent)),
            comment: text(&payment.description).or_else(|| text(&payment.payment_purpose)),
            url: payment.page(),
        }
    }
}

/// Only we make keys that fit the code beside them.
fn is_ours(payment: &Payment) -> bool {
    let delivery = payment
        .external_code
        .as_deref()
        .and_then(|code| code.parse().ok())
        .map(DeliveryId);
    delivery.is_some_and(|delivery| payment.sync_id == Some(sync_id(delivery)))
}

/// Each document once, under the strongest rule: the rules are gone through from the strongest.
#[derive(Default)]
struct Found(Vec<FoundDocument>);

impl Found {
    fn add(&mut self, document: FoundDocument) {
        if !self.0.iter().any(|known| known.key == document.key) {
            self.0.push(document);
        }
    }
}
