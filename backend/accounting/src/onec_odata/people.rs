//! The payment's client in the base: by external id, phone, then e-mail; made only where configured to.

use jiff::Timestamp;
use serde_json::{Value, json};
use sverka_app::ports::accounting::{ClientMatch, Order};
use sverka_domain::client::Client;
use sverka_domain::delivery::FoundClient;

use super::answer::whole;
use super::client::{Asking, OnecOdata};
use super::facts::key;
use super::filter::{guid, is, is_any, query};
use super::map::{Meaning, meaning};
use super::mapping::Clients;
use super::phones::spellings;
use super::settings::OnecClass;

/// More namesakes than this help nobody to choose.
const MOST: u32 = 10;

impl OnecOdata {
    pub(super) async fn find_person(&self, order: &Order, at: Timestamp) -> Asking<ClientMatch> {
        let Some(of) = &self.mapping.clients else {
            return Ok(ClientMatch::Nobody);
        };
        let client = &order.attempt.client;
        for (filter, is_contact) in filters(client, of) {
            let mut found = match (&of.contacts_entity, is_contact) {
                (Some(contacts), true) => self.by_contact(of, contacts, &filter, at).await?,
                _ => {
                    let found = self.search(&of.entity, &select(of), &filter, (MOST, at)).await?;
                    found.iter().filter_map(|object| card(object, of)).collect()
                }
            };
            match (found.pop(), found.is_empty()) {
                (None, _) => {}
                (Some(one), true) => return Ok(ClientMatch::One(one)),
                (Some(last), false) => {
                    found.push(last);
                    return Ok(ClientMatch::Several(found));
                }
            }
        }
        match (of.are_made, order.is_rehearsal) {
            (true, true) => Ok(ClientMatch::WouldBeMade),
            (true, false) => self.make_person(client, of, at).await,
            (false, _) => Ok(ClientMatch::Nobody),
        }
    }

    /// Owners of the rows of a table part with phones and e-mails.
    async fn by_contact(
        &self,
        of: &Clients,
        contacts: &str,
        filter: &str,
        at: Timestamp,
    ) -> Asking<Vec<FoundClient>> {
        let rows = self.search(contacts, "Ref_Key", filter, (MOST, at)).await?;
        let mut owners: Vec<&str> = rows.iter().filter_map(|row| row["Ref_Key"].as_str()).collect();
        owners.sort_unstable();
        owners.dedup();
        let mut found = Vec::new();
        for owner in owners {
            found.extend(self.person(of, owner, at).await?);
        }
        Ok(found)
    }

    /// The card under a key; `None` where there is none, or it is marked for deletion.
    async fn person(&self, of: &Clients, key: &str, at: Timestamp) -> Asking<Option<FoundClient>> {
        let name = format!("{}({})", of.entity, guid(key));
        let options = [("$format", "json"), ("$select", &*select(of))];
        let answer = self.read(query(self.at(&name), &options)).await?;
        match whole(&answer) {
            Some(object) => Ok(card(&object, of)),
            None if matches!(meaning(&answer, at), Meaning::Absent(_)) => Ok(None),
            None => Err(self.unread(&answer, at)),
        }
    }

    /// Makes the client under a key that follows from who it is: a repeat makes no second one.
    async fn make_person(&self, client: &Client, of: &Clients, at: Timestamp) -> Asking<ClientMatch> {
        let known = [&client.external_id, &client.phone, &client.email];
        let Some(identity) = known.into_iter().flatten().next() else {
            return Ok(ClientMatch::Nobody);
        };
        let key = key(self.base(), &of.entity, identity.as_bytes()).to_string();
        let mut object = of.constants.clone();
        if self.class == OnecClass::KeyEnforced {
            object.insert("Ref_Key".to_owned(), json!(key));
        }
        object.insert(of.name.clone(), json!(client.name));
        let here = of.contacts_entity.is_none();
        let texts = [
            (&of.external_id, &client.external_id, true),
            (&of.phone, &client.phone, here),
            (&of.email, &client.email, here),
        ];
        for (attribute, text, is_here) in texts {
            if let (Some(attribute), Some(text), true) = (attribute, text, is_here) {
                object.insert(attribute.clone(), json!(text));
            }
        }
        let url = query(self.at(&of.entity), &[("$format", "json")]);
        let answer = match self.post(url, Some(&Value::Object(object))).await {
            Ok(answer) => answer,
            Err(silence) => return Err(Box::new(silence.sent())),
        };
        if let Some(made) = whole(&answer).and_then(|object| card(&object, of)) {
            return Ok(ClientMatch::One(made));
        }
        match meaning(&answer, at) {
            Meaning::Exists => Ok(self
                .person(of, &key, at)
                .await?
                .map_or(ClientMatch::Nobody, ClientMatch::One)),
            other => Err(Box::new(self.sent(&answer, other.changed(), None))),
        }
    }
}

/// What is searched for, the surest first, and whether it is a phone or an e-mail.
fn filters(client: &Client, of: &Clients) -> Vec<(String, bool)> {
    let mut filters = Vec::new();
    if let (Some(attribute), Some(id)) = (&of.external_id, &client.external_id) {
        filters.push((is(attribute, id), false));
    }
    if let (Some(attribute), Some(phone)) = (&of.phone, &client.phone) {
        filters.push((is_any(attribute, &spellings(phone)), true));
    }
    if let (Some(attribute), Some(email)) = (&of.email, &client.email) {
        filters.push((is(attribute, email), true));
    }
    filters
}

fn select(of: &Clients) -> String {
    let mut names = vec!["Ref_Key", "DeletionMark", &of.name];
    names.extend(of.external_id.as_deref());
    if of.contacts_entity.is_none() {
        names.extend(
            [&of.phone, &of.email]
                .into_iter()
                .filter_map(|name| name.as_deref()),
        );
    }
    names.join(",")
}

fn card(object: &Value, of: &Clients) -> Option<FoundClient> {
    let text = |name: &str| {
        let text = object.get(name)?.as_str()?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    if object["DeletionMark"] == Value::Bool(true) {
        return None;
    }
    let told = |name: &Option<String>| {
        let is_here = of.contacts_entity.is_none();
        name.as_deref().filter(|_| is_here).and_then(&text)
    };
    Some(FoundClient {
        key: text("Ref_Key")?,
        name: text(&of.name).unwrap_or_default(),
        phone: told(&of.phone),
        email: told(&of.email),
    })
}
