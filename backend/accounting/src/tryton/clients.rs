//! Finding a client: by the app's id where that is the party's code, by phone, then by e-mail.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Value, json};
use sverka_app::ports::accounting::{ClientMatch, Order};
use sverka_domain::client::Client;
use sverka_domain::delivery::FoundClient;

use super::fault::{Fault, Why};
use super::port::Tryton;
use super::rows::{ContactRow, PartyRow};

/// More than so many share no phone; a person chooses among these.
const MOST: u32 = 20;

impl Tryton {
    /// Whom Tryton knows by this client.
    pub(super) async fn client(&self, order: &Order, at: Timestamp) -> Result<ClientMatch, Fault> {
        let client = &order.attempt.client;
        if let Some(code) = client.external_id.as_deref()
            && self.settings.external_id_is_party_code
            && let Some(found) = self.by_code(code, client, at).await?
        {
            return Ok(ClientMatch::One(found));
        }
        let contacts = self.contacts(client, at).await?;
        let by_phone = parties(contacts.iter().filter(|contact| contact.kind != "email"), client);
        let mut found = by_phone;
        if found.is_empty() {
            found = parties(contacts.iter(), client);
        }
        match (found.pop(), found.is_empty()) {
            (Some(one), true) => Ok(ClientMatch::One(one)),
            (Some(last), false) => {
                found.push(last);
                Ok(ClientMatch::Several(found))
            }
            (None, _) if self.settings.create_clients && order.is_rehearsal => Ok(ClientMatch::WouldBeMade),
            (None, _) if self.settings.create_clients => self.make_client(client, at).await,
            (None, _) => Ok(ClientMatch::Nobody),
        }
    }

    async fn by_code(
        &self,
        code: &str,
        client: &Client,
        at: Timestamp,
    ) -> Result<Option<FoundClient>, Fault> {
        let domain = json!([["code", "=", code]]);
        let rows: Vec<PartyRow> = self
            .rpc
            .search("party.party", domain, (&["rec_name"], 2), at)
            .await?;
        // A code is unique in Tryton.
        Ok(rows
            .into_iter()
            .next()
            .map(|row| found(row.id, &row.rec_name, client)))
    }

    /// Phones and e-mail addresses of people whom Tryton still deals with.
    async fn contacts(&self, client: &Client, at: Timestamp) -> Result<Vec<ContactRow>, Fault> {
        let mut either = vec![json!("OR")];
        if let Some(phone) = &client.phone {
            // Tryton keeps numbers in E.164 beside the form in which they were typed.
            either.push(json!([
                ["type", "in", ["phone", "mobile"]],
                ["value_compact", "=", phone]
            ]));
        }
        if let Some(email) = &client.email {
            either.push(json!([
                ["type", "=", "email"],
                ["value", "ilike", literally(email)]
            ]));
        }
        if either.len() == 1 {
            return Ok(Vec::new());
        }
        let domain = json!([["party.active", "=", true], either]);
        let fields = ["type", "value", "party", "party.rec_name"];
        self.rpc
            .search("party.contact_mechanism", domain, (&fields, MOST), at)
            .await
    }

    /// Makes the client, under a code that Tryton lets nobody have twice: so a request that comes late makes no
    /// second one.
    async fn make_client(&self, client: &Client, at: Timestamp) -> Result<ClientMatch, Fault> {
        let Some(contact) = client.phone.as_ref().or(client.email.as_ref()) else {
            return Ok(ClientMatch::Nobody);
        };
        let code = format!("sverka {contact}");
        let contacts: Vec<Value> = [("mobile", &client.phone), ("email", &client.email)]
            .into_iter()
            .filter_map(|(kind, value)| Some(json!({"type": kind, "value": value.as_ref()?})))
            .collect();
        let party = json!({
            "name": client.name,
            "code": code,
            "contact_mechanisms": [["create", contacts]],
        });
        let made = self
            .rpc
            .call("model.party.party.create", vec![json!([party])], at)
            .await;
        match made {
            Ok(reply) => {
                let ids: Vec<i64> = reply.read()?;
                let id = ids
                    .first()
                    .ok_or_else(|| Fault::new(Why::Silent, "a client was made without a number"))?;
                Ok(ClientMatch::One(found(*id, &client.name, client)))
            }
            Err(fault) if fault.is_answered() => match self.by_code(&code, client, at).await? {
                Some(found) => Ok(ClientMatch::One(found)),
                None => Err(fault),
            },
            Err(fault) => Err(fault),
        }
    }
}

/// Each party once, in the order of their records.
fn parties<'a>(contacts: impl Iterator<Item = &'a ContactRow>, client: &Client) -> Vec<FoundClient> {
    let mut found_ones: BTreeMap<i64, FoundClient> = BTreeMap::new();
    for contact in contacts {
        let name = contact.party_name.as_ref().map_or("", |party| &party.rec_name);
        let one = found_ones.entry(contact.party).or_insert_with(|| FoundClient {
            phone: None,
            email: None,
            ..found(contact.party, name, client)
        });
        let field = if contact.kind == "email" {
            &mut one.email
        } else {
            &mut one.phone
        };
        field.clone_from(&contact.value);
    }
    found_ones.into_values().collect()
}

fn found(id: i64, name: &str, client: &Client) -> FoundClient {
    FoundClient {
        key: id.to_string(),
        name: name.to_owned(),
        phone: client.phone.clone(),
        email: client.email.clone(),
    }
}

/// A text that a pattern matches as it is.
fn literally(text: &str) -> String {
    text.chars()
        .flat_map(|letter| {
            let escape = matches!(letter, '%' | '_' | '\\').then_some('\\');
            escape.into_iter().chain([letter])
        })
        .collect()
}
