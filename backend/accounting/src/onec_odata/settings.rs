//! Settings of a 1C base: where it is, which document a payment becomes, and which attributes get what.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::settings::Secret;

/// Settings of a 1C base.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnecOdataSettings {
    /// The published interface: `https://1c.example/base/odata/standard.odata/`.
    pub url: String,
    /// A 1C user with rights on the documents.
    pub user_name: String,
    /// That user's password; may be empty.
    pub password: Secret,
    /// The zone of the base's clock (IANA): dates in 1C have none of their own.
    pub timezone: String,
    /// Whether the base keeps the keys that we choose.
    #[serde(default)]
    pub class: OnecClass,
    /// What a payment becomes.
    pub payment: OnecDocumentSettings,
    /// What a refund becomes; without it refunds are refused, for a person to enter.
    pub refund: Option<OnecDocumentSettings>,
    /// Where clients are looked for; without it documents get no client but a constant one.
    pub clients: Option<OnecClientSettings>,
    /// Whether a client that is not found is made.
    #[serde(default)]
    pub create_clients: bool,
    /// Whether a document of the same sum and day of whatever client is reason enough to ask a person.
    #[serde(default)]
    pub strict: bool,
    /// Whether the base may stand in our own network.
    #[serde(default)]
    pub allow_private_network: bool,
    /// Further root certificates, PEM.
    pub ca_certificates: Option<String>,
    /// The longest time to connect; 5 when left out.
    pub connect_timeout_seconds: Option<u32>,
    /// The longest time for a reading request; 15 when left out.
    pub read_timeout_seconds: Option<u32>,
    /// The longest time for a request that changes something; 90 when left out.
    pub timeout_seconds: Option<u32>,
    /// How long a request that we gave up on may still run in the base. When left out: nothing where keys are kept, because
    /// a repeat is itself the check, else twice `timeout_seconds`.
    pub settling_seconds: Option<u32>,
    /// At most so many requests a second; left out: one after the other.
    pub requests_per_second: Option<u32>,
}

/// Whether a base keeps the keys that we choose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnecClass {
    /// It does, and refuses a second object under the same key.
    #[default]
    KeyEnforced,
    /// It gives keys of its own: documents are searched by our reference.
    LookUpOnly,
}

/// What a payment or a refund becomes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnecDocumentSettings {
    /// `Document_…`.
    pub entity: String,
    /// Gets the sum.
    pub amount: String,
    /// Gets the time of the payment; `Date` when left out.
    pub date: Option<String>,
    /// Gets the client's key.
    pub client: Option<OnecLink>,
    /// Gets the key of the payment's document; for refunds only.
    pub payment: Option<OnecLink>,
    /// Gets our own reference, by which the document is found again.
    pub reference: Option<String>,
    /// Gets a sentence for people.
    pub comment: Option<String>,
    /// Gets the merchant's number of the order.
    pub order_number: Option<String>,
    /// Gets the retrieval reference number (RRN).
    pub rrn: Option<String>,
    /// Gets the bank's number of the order.
    pub bank_order_id: Option<String>,
    /// What is the same in every document: texts, numbers, booleans by attribute.
    #[serde(default)]
    pub constants: Map<String, Value>,
    /// Rows of table parts.
    #[serde(default)]
    pub rows: Vec<OnecRowsSettings>,
}

/// An attribute that gets the key of another object.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum OnecLink {
    /// `Контрагент_Key`.
    Plain(String),
    /// An attribute of a composite type: it needs to be told the type.
    Typed {
        /// `Контрагент`.
        attribute: String,
        /// `Catalog_Контрагенты`.
        #[serde(rename = "type")]
        entity: String,
    },
}

/// A row of a table part.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnecRowsSettings {
    /// `РасшифровкаПлатежа`.
    pub part: String,
    /// Attributes of the row that get the sum.
    #[serde(default)]
    pub amount: Vec<String>,
    /// What is the same in every row.
    #[serde(default)]
    pub constants: Map<String, Value>,
}

/// Where clients are looked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnecClientSettings {
    /// `Catalog_…`.
    pub entity: String,
    /// Has the name; `Description` when left out.
    pub name: Option<String>,
    /// Has the app's or the CRM's id of the client.
    pub external_id: Option<String>,
    /// Has the phone.
    pub phone: Option<String>,
    /// Has the e-mail.
    pub email: Option<String>,
    /// The table part that has phones and e-mails, as an entity of its own:
    /// `Catalog_Контрагенты_КонтактнаяИнформация`. Left out: the catalogue itself has them.
    pub contacts_entity: Option<String>,
    /// What is the same in every client that is made.
    #[serde(default)]
    pub constants: Map<String, Value>,
}
