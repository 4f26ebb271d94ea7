//! The counterparty that a payment's client is: by external code, phone, then e-mail.

use jiff::Timestamp;
use serde_json::{Value, json};
use sverka_app::ports::accounting::{ClientMatch, Order};
use sverka_domain::client::{Client, normalise_phone};
use sverka_domain::delivery::FoundClient;
use uuid::{Uuid, uuid};

use super::office::{Failed, Filter, Read};
use super::service::MoySklad;
use super::wire::Counterparty;

/// Of the keys that counterparties are created under, so that a repeat makes no second one.
const CLIENTS: Uuid = uuid!("0f1e7a52-6f0a-5c27-8d55-3a0f7e6f4b18");
const PATH: &str = "entity/counterparty";

impl MoySklad {
    pub(super) async fn client(&self, order: &Order, at: Timestamp) -> Result<ClientMatch, Failed> {
        let client = &order.attempt.client;
        if let Some(id) = client.external_id.as_deref().filter(|id| !id.is_empty()) {
            let is = |known: &Counterparty| known.external_code.as_deref() == Some(id);
            let found = self
                .counterparties("externalCode", &[id.to_owned()], is, at)
                .await?;
            if !found.is_empty() {
                return Ok(matched(found));
            }
        }
        if let Some(phone) = &client.phone {
            let phone = normalise_phone(phone);
            let is = |known: &Counterparty| {
                known
                    .phone
                    .as_deref()
                    .is_some_and(|text| normalise_phone(text) == phone)
            };
            let found = self.counterparties("phone", &spellings(&phone), is, at).await?;
            if !found.is_empty() {
                return Ok(matched(found));
            }
        }
        if let Some(email) = &client.email {
            let email = email.trim().to_lowercase();
            let is = |known: &Counterparty| {
                known
                    .email
                    .as_deref()
                    .is_some_and(|text| text.trim().to_lowercase() == email)
            };
            let found = self
                .counterparties("email", std::slice::from_ref(&email), is, at)
                .await?;
            if !found.is_empty() {
                return Ok(matched(found));
            }
        }
        match (self.create_clients, order.is_rehearsal) {
            (true, true) => Ok(ClientMatch::WouldBeMade),
            (true, false) => self.make(client, at).await,
            (false, _) => Ok(ClientMatch::Nobody),
        }
    }

    /// Counterparties whose field is one of the values.
    async fn counterparties(
        &self,
        field: &'static str,
        values: &[String],
        is: impl Fn(&Counterparty) -> bool,
        at: Timestamp,
    ) -> Result<Vec<Counterparty>, Failed> {
        let filter = values
            .iter()
            .fold(Filter::default(), |filter, value| filter.and(field, value));
        let read: Read<Vec<Counterparty>> = self.office.list(PATH, &filter, at).await?;
        if !read.value.iter().all(is) {
            return Err(self.office.unfiltered(&read.answer, field));
        }
        let mut found = read.value;
        found.retain(|known| !known.archived);
        Ok(found)
    }

    async fn make(&self, client: &Client, at: Timestamp) -> Result<ClientMatch, Failed> {
        let known = [&client.external_id, &client.phone, &client.email];
        let Some(key) = known.into_iter().flatten().find(|known| !known.is_empty()) else {
            // Nobody would find them the next time, and another would be made.
            return Ok(ClientMatch::Nobody);
        };
        let mut body = json!({
            "name": client.name,
            "companyType": "individual",
            "syncId": Uuid::new_v5(&CLIENTS, key.as_bytes()),
        });
        let fields = [
            ("phone", &client.phone),
            ("email", &client.email),
            ("externalCode", &client.external_id),
        ];
        for (field, value) in fields {
            if let Some(value) = value {
                body[field] = Value::from(value.as_str());
            }
        }
        let bytes = serde_json::to_vec(&body).unwrap_or_default();
        let read: Read<Counterparty> = self.office.post(PATH, bytes, at).await?;
        Ok(ClientMatch::One(found(read.value)))
    }
}

/// The spellings of a number that people enter: the service compares letter by letter.
fn spellings(phone: &str) -> Vec<String> {
    let mut spellings = vec![phone.to_owned()];
    let national = phone
        .strip_prefix("+7")
        .filter(|rest| rest.len() == 10 && rest.is_ascii());
    if let Some(rest) = national {
        let parts = (rest.get(..3), rest.get(3..6), rest.get(6..8), rest.get(8..));
        spellings.extend([format!("7{rest}"), format!("8{rest}"), rest.to_owned()]);
        if let (Some(a), Some(b), Some(c), Some(d)) = parts {
            for prefix in ["+7", "8", "7"] {
                spellings.extend([
                    format!("{prefix} ({a}) {b}-{c}-{d}"),
                    format!("{prefix} {a} {b}-{c}-{d}"),
                    format!("{prefix}({a}){b}-{c}-{d}"),
                    format!("{prefix}-{a}-{b}-{c}-{d}"),
                    format!("{prefix} {a} {b} {c} {d}"),
                    format!("{prefix} ({a}) {b} {c} {d}"),
                ]);
            }
        }
    }
    spellings
}

fn matched(counterparties: Vec<Counterparty>) -> ClientMatch {
    let mut known: Vec<FoundClient> = counterparties.into_iter().map(found).collect();
    match (known.pop(), known.is_empty()) {
        (Some(one), true) => ClientMatch::One(one),
        (Some(last), false) => {
            known.push(last);
            ClientMatch::Several(known)
        }
        (None, _) => ClientMatch::Nobody,
    }
}

fn found(counterparty: Counterparty) -> FoundClient {
    FoundClient {
        key: counterparty.id.to_string(),
        name: counterparty.name,
        phone: counterparty.phone,
        email: counterparty.email,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_the_same_number() {
        let spellings = spellings("+79161234567");
        assert!(spellings.iter().any(|text| text == "8 (916) 123-45-67"));
        for text in &spellings {
            assert_eq!(normalise_phone(text), "+79161234567", "{text}");
        }
    }
}
