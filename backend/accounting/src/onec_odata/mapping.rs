//! The settings, checked: what can be built from them can be sent.

use serde_json::{Map, Value};

use super::settings::{
    OnecClass, OnecClientSettings, OnecDocumentSettings, OnecLink, OnecOdataSettings, OnecRowsSettings,
};
use crate::settings::SettingsError;

/// What a payment or a refund becomes.
#[derive(Debug, Clone)]
pub(super) struct Document {
    pub(super) entity: String,
    pub(super) amount: String,
    pub(super) date: String,
    pub(super) client: Option<OnecLink>,
    pub(super) payment: Option<OnecLink>,
    pub(super) reference: Option<String>,
    pub(super) comment: Option<String>,
    pub(super) order_number: Option<String>,
    pub(super) rrn: Option<String>,
    pub(super) bank_order_id: Option<String>,
    pub(super) constants: Map<String, Value>,
    pub(super) rows: Vec<OnecRowsSettings>,
    /// Constants by which payments and refunds of one entity are told apart.
    pub(super) telling: Map<String, Value>,
}

/// Where clients are looked for.
#[derive(Debug, Clone)]
pub(super) struct Clients {
    pub(super) entity: String,
    pub(super) name: String,
    pub(super) external_id: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) email: Option<String>,
    pub(super) contacts_entity: Option<String>,
    pub(super) constants: Map<String, Value>,
    pub(super) are_made: bool,
}

/// All of it.
#[derive(Debug, Clone)]
pub(super) struct Mapping {
    pub(super) payment: Document,
    pub(super) refund: Option<Document>,
    pub(super) clients: Option<Clients>,
}

impl OnecLink {
    pub(super) fn attribute(&self) -> &str {
        match self {
            Self::Plain(attribute) | Self::Typed { attribute, .. } => attribute,
        }
    }
}

type Checked<T> = Result<T, SettingsError>;

/// The settings' documents and clients.
pub(super) fn mapping(settings: &OnecOdataSettings) -> Checked<Mapping> {
    let needs_reference = settings.class == OnecClass::LookUpOnly;
    let mut payment = document("payment", &settings.payment, needs_reference)?;
    let refund = settings.refund.as_ref();
    let mut refund = refund
        .map(|refund| document("refund", refund, needs_reference))
        .transpose()?;
    if payment.payment.is_some() {
        let remedy = "leave it out: only a refund has a payment's document";
        return Err(SettingsError::new("payment", "payment is given", remedy));
    }
    if let Some(refund) = &mut refund {
        tell_apart(&mut payment, refund);
    }
    let clients = settings
        .clients
        .as_ref()
        .map(|clients| self::clients(clients, settings.create_clients))
        .transpose()?;
    if clients.is_some() && payment.client.is_none() {
        return Err(SettingsError::new(
            "payment",
            "no attribute gets the client that is looked for",
            "add client = \"Контрагент_Key\", or leave out clients",
        ));
    }
    if settings.create_clients && clients.is_none() {
        return Err(SettingsError::new(
            "create_clients",
            "is set, and nothing says what a client is",
            "add a table clients with entity = \"Catalog_…\"",
        ));
    }
    Ok(Mapping {
        payment,
        refund,
        clients,
    })
}

/// Where both are one entity, a search has to tell them apart by the constants that differ.
fn tell_apart(payment: &mut Document, refund: &mut Document) {
    if payment.entity != refund.entity {
        return;
    }
    let differing = |one: &Document, other: &Document| -> Map<String, Value> {
        let constants = one.constants.iter();
        let differing = constants
            .filter(|(name, value)| other.constants.get(*name).is_some_and(|theirs| theirs != *value));
        differing
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    };
    payment.telling = differing(payment, refund);
    refund.telling = differing(refund, payment);
}

fn document(field: &'static str, told: &OnecDocumentSettings, needs_reference: bool) -> Checked<Document> {
    entity(field, "entity", &told.entity, "Document_")?;
    if needs_reference && told.reference.is_none() {
        return Err(SettingsError::new(
            field,
            "has no reference, and the base does not keep our keys",
            "add reference = \"Комментарий\" or another text attribute that nothing else uses",
        ));
    }
    let date = told.date.clone().unwrap_or_else(|| "Date".to_owned());
    let links = [("client", &told.client), ("payment", &told.payment)];
    let texts = [
        ("reference", &told.reference),
        ("comment", &told.comment),
        ("order_number", &told.order_number),
        ("rrn", &told.rrn),
        ("bank_order_id", &told.bank_order_id),
    ];
    let mut names = vec![("amount", told.amount.as_str()), ("date", date.as_str())];
    for (key, link) in links {
        names.extend(link.as_ref().map(|link| (key, link.attribute())));
        if let Some(OnecLink::Typed { entity: of, .. }) = link {
            name(field, key, of)?;
        }
    }
    names.extend(
        texts
            .iter()
            .filter_map(|(key, told)| Some((*key, told.as_deref()?))),
    );
    for (key, attribute) in &names {
        name(field, key, attribute)?;
    }
    apart(field, &names)?;
    constants(field, &told.constants)?;
    for row in &told.rows {
        name(field, "part", &row.part)?;
        for attribute in &row.amount {
            name(field, "amount", attribute)?;
        }
        constants(field, &row.constants)?;
    }
    Ok(Document {
        entity: told.entity.clone(),
        amount: told.amount.clone(),
        date,
        client: told.client.clone(),
        payment: told.payment.clone(),
        reference: told.reference.clone(),
        comment: told.comment.clone(),
        order_number: told.order_number.clone(),
        rrn: told.rrn.clone(),
        bank_order_id: told.bank_order_id.clone(),
        constants: told.constants.clone(),
        rows: told.rows.clone(),
        telling: Map::new(),
    })
}

fn clients(told: &OnecClientSettings, are_made: bool) -> Checked<Clients> {
    let field = "clients";
    entity(field, "entity", &told.entity, "Catalog_")?;
    let name_of = told.name.clone().unwrap_or_else(|| "Description".to_owned());
    let found_by = [
        ("external_id", &told.external_id),
        ("phone", &told.phone),
        ("email", &told.email),
    ];
    let mut names = vec![("name", name_of.as_str())];
    names.extend(
        found_by
            .iter()
            .filter_map(|(key, told)| Some((*key, told.as_deref()?))),
    );
    for (key, attribute) in &names {
        name(field, key, attribute)?;
    }
    apart(field, &names)?;
    if names.len() == 1 {
        return Err(SettingsError::new(
            field,
            "says nothing by which a client is found",
            "add external_id, phone or email with the attribute's name",
        ));
    }
    if let Some(contacts) = &told.contacts_entity {
        entity(field, "contacts_entity", contacts, "Catalog_")?;
        if are_made && told.external_id.is_none() {
            return Err(SettingsError::new(
                "create_clients",
                "is set, and a client that is made would not be found again: its phone is in another entity",
                "add clients.external_id, or leave out clients.contacts_entity",
            ));
        }
    }
    constants(field, &told.constants)?;
    Ok(Clients {
        entity: told.entity.clone(),
        name: name_of,
        external_id: told.external_id.clone(),
        phone: told.phone.clone(),
        email: told.email.clone(),
        contacts_entity: told.contacts_entity.clone(),
        constants: told.constants.clone(),
        are_made,
    })
}

fn entity(field: &'static str, key: &str, told: &str, prefix: &str) -> Checked<()> {
    name(field, key, told)?;
    if told.len() > prefix.len() && told.starts_with(prefix) {
        return Ok(());
    }
    Err(SettingsError::new(
        field,
        format!("{key} {told:?} does not begin with {prefix}"),
        format!("give the name from $metadata, such as {prefix}…"),
    ))
}

/// What can be a name in 1C; nothing else comes into an address.
fn name(field: &'static str, key: &str, told: &str) -> Checked<()> {
    let is_one = !told.is_empty() && told.chars().all(|c| c.is_alphanumeric() || c == '_');
    if is_one {
        return Ok(());
    }
    Err(SettingsError::new(
        field,
        format!("{key} {told:?} is not a name"),
        "give it as $metadata has it: letters, digits and _",
    ))
}

fn apart(field: &'static str, names: &[(&str, &str)]) -> Checked<()> {
    for (index, (key, attribute)) in names.iter().enumerate() {
        if let Some((other, _)) = names[..index].iter().find(|(_, earlier)| earlier == attribute) {
            return Err(SettingsError::new(
                field,
                format!("{other} and {key} are both {attribute}"),
                "give each an attribute of its own, or leave one out",
            ));
        }
    }
    Ok(())
}

fn constants(field: &'static str, told: &Map<String, Value>) -> Checked<()> {
    for (attribute, value) in told {
        name(field, "a constant", attribute)?;
        if value.is_array() || value.is_object() {
            return Err(SettingsError::new(
                field,
                format!("the constant {attribute} is not a text, a number or true or false"),
                "give rows of table parts under rows",
            ));
        }
    }
    Ok(())
}
