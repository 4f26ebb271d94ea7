//! The contact that a payment's client is: by external id, phone, then e-mail.

use jiff::Timestamp;
use serde_json::{Value, json};
use sverka_app::ports::accounting::{ClientMatch, Order};
use sverka_domain::client::{Client, normalise_phone};
use sverka_domain::delivery::FoundClient;

use super::map::Access;
use super::portal::Failed;
use super::service::Bitrix24;
use super::wire::Contact;

/// The number by which the portal knows contacts among its kinds of objects.
const CONTACT: u32 = 3;
/// A person chooses among so many; more are no choice.
const SHOWN: usize = 20;

impl Bitrix24 {
    pub(super) async fn client(&self, order: &Order, at: Timestamp) -> Result<ClientMatch, Failed> {
        let client = &order.attempt.client;
        if let (Some(originator), Some(id)) = (&self.client_originator, &client.external_id) {
            let filter = json!({"=originatorId": originator, "=originId": id});
            let found = self.contacts(filter, Some(id), at).await?;
            if !found.is_empty() {
                return Ok(matched(found, client));
            }
        }
        for (kind, values) in communications(client) {
            let ids = self.by_communication(kind, &values, at).await?;
            if !ids.is_empty() {
                let found = self.contacts(json!({"@id": ids}), None, at).await?;
                if !found.is_empty() {
                    return Ok(matched(found, client));
                }
            }
        }
        match (self.create_clients, order.is_rehearsal) {
            (true, true) => Ok(ClientMatch::WouldBeMade),
            (true, false) => self.make(client, at).await,
            (false, _) => Ok(ClientMatch::Nobody),
        }
    }

    async fn by_communication(
        &self,
        kind: &'static str,
        values: &[String],
        at: Timestamp,
    ) -> Result<Vec<u64>, Failed> {
        let parameters = json!({"entity_type": "CONTACT", "type": kind, "values": values});
        let method = "crm.duplicate.findbycomm";
        let reply = self.portal.read(method, parameters, at).await?;
        // Nobody: an empty list instead of an object.
        let Some(found) = reply.result.get("CONTACT") else {
            return match &reply.result {
                Value::Array(none) if none.is_empty() => Ok(Vec::new()),
                Value::Object(other) if !other.contains_key("CONTACT") => Ok(Vec::new()),
                _ => Err(self.portal.odd(&reply, Access::Read, "CONTACT")),
            };
        };
        let number = |id: &Value| id.as_u64().or_else(|| id.as_str()?.parse().ok());
        let ids: Option<Vec<u64>> = found
            .as_array()
            .map(|ids| ids.iter().filter_map(number).collect());
        ids.ok_or_else(|| self.portal.odd(&reply, Access::Read, "CONTACT"))
    }

    /// Contacts, and that they are those which were asked for.
    async fn contacts(
        &self,
        filter: Value,
        origin: Option<&String>,
        at: Timestamp,
    ) -> Result<Vec<Contact>, Failed> {
        let parameters = json!({
            "entityTypeId": CONTACT,
            "select": ["id", "name", "secondName", "lastName", "originId"],
            "filter": filter,
        });
        let reply = self.portal.read("crm.item.list", parameters, at).await?;
        let rows: Vec<Value> = self.portal.part(&reply, Access::Read, Some("items"))?;
        if let Some(origin) = origin
            && rows.iter().any(|row| row["originId"].as_str() != Some(origin))
        {
            let what = "contact whose originId is the one asked for: the filter is not applied";
            return Err(self.portal.odd(&reply, Access::Read, what));
        }
        self.portal.part(&reply, Access::Read, Some("items"))
    }

    async fn make(&self, client: &Client, at: Timestamp) -> Result<ClientMatch, Failed> {
        let known = communications(client);
        if known.is_empty() {
            // Nobody would find them the next time, and another would be made.
            return Ok(ClientMatch::Nobody);
        }
        let mut fields = json!({"NAME": client.name, "OPENED": "Y"});
        for (kind, values) in known {
            fields[kind] = json!([{"VALUE": values.first(), "VALUE_TYPE": "WORK"}]);
        }
        if let (Some(originator), Some(id)) = (&self.client_originator, &client.external_id) {
            fields["ORIGINATOR_ID"] = Value::from(originator.as_str());
            fields["ORIGIN_ID"] = Value::from(id.as_str());
        }
        let reply = self
            .portal
            .change("crm.contact.add", json!({"fields": fields}), at)
            .await?;
        match reply.result.as_u64() {
            Some(id) => Ok(ClientMatch::One(found(
                &id.to_string(),
                client.name.clone(),
                client,
            ))),
            None => Err(self.portal.odd(&reply, Access::Change, "number of the contact")),
        }
    }
}

/// By what a contact may be found, in the order of trust. A phone in the spellings that people enter: the portal
/// compares without punctuation, and takes 8 and +7 for two countries.
fn communications(client: &Client) -> Vec<(&'static str, Vec<String>)> {
    let mut known = Vec::new();
    if let Some(phone) = &client.phone {
        let phone = normalise_phone(phone);
        let mut spellings = vec![phone.clone()];
        if let Some(rest) = phone.strip_prefix("+7") {
            spellings.push(format!("8{rest}"));
        }
        known.push(("PHONE", spellings));
    }
    if let Some(email) = &client.email {
        known.push(("EMAIL", vec![email.trim().to_lowercase()]));
    }
    known
}

fn matched(mut contacts: Vec<Contact>, client: &Client) -> ClientMatch {
    contacts.dedup_by_key(|contact| contact.id);
    contacts.truncate(SHOWN);
    let mut known: Vec<FoundClient> = contacts
        .iter()
        .map(|contact| found(&contact.id.to_string(), contact.full_name(), client))
        .collect();
    match (known.pop(), known.is_empty()) {
        (Some(one), true) => ClientMatch::One(one),
        (Some(last), false) => {
            known.push(last);
            ClientMatch::Several(known)
        }
        (None, _) => ClientMatch::Nobody,
    }
}

/// They were found by the phone or the e-mail, so it is theirs.
fn found(key: &str, name: String, client: &Client) -> FoundClient {
    FoundClient {
        key: key.to_owned(),
        name,
        phone: client.phone.clone(),
        email: client.email.clone(),
    }
}
