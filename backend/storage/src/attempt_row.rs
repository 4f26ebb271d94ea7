//! An attempt as a row.

use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};
use serde::Serialize;
use sverka_app::ports::store::StoreError;
use sverka_domain::attempt::{Attempt, AttemptState};
use sverka_domain::client::Client;
use sverka_domain::ids::AttemptId;
use sverka_domain::search::{Searchable, search_text};

use crate::column::{from_json, maybe_named, maybe_text, maybe_time, money, named, text, time, to_json};
use crate::dialect::bucket;
use crate::schema::payment_attempts;
use crate::types::{Id, Json, Time};

/// All that both engines keep of an attempt. As json: what may change once it is recorded.
#[derive(Queryable, Selectable, Insertable, AsChangeset, Serialize)]
#[diesel(table_name = payment_attempts, treat_none_as_null = true)]
pub(crate) struct AttemptRow {
    #[diesel(skip_update)]
    pub(crate) id: Id,
    #[serde(skip)]
    merchant: String,
    #[serde(skip)]
    order_number: String,
    #[serde(skip)]
    bank: String,
    #[serde(skip)]
    bank_account: String,
    bank_order_id: Option<String>,
    rrn: Option<String>,
    #[serde(skip)]
    payment_type: String,
    #[serde(skip)]
    client_name: String,
    #[serde(skip)]
    client_phone: Option<String>,
    #[serde(skip)]
    client_email: Option<String>,
    #[serde(skip)]
    client_external_id: Option<String>,
    #[serde(skip)]
    description: Option<String>,
    #[serde(skip)]
    metadata: Json,
    #[serde(skip)]
    amount: i64,
    #[serde(skip)]
    currency: String,
    facts: Json,
    bank_status: String,
    bank_status_source: String,
    paid_at: Option<Time>,
    refunded: i64,
    attention: Option<String>,
    crm_status: String,
    crm_document_ref: Option<String>,
    passed_on: Json,
    needs_attention: bool,
    lost_callback: bool,
    next_query_at: Option<Time>,
    last_query_at: Option<Time>,
    last_query_error: Option<String>,
    search_text: String,
    #[serde(skip)]
    phone_digits: Option<String>,
    #[diesel(skip_update)]
    #[serde(skip)]
    bucket: i32,
    // The order of the journal never changes: the bucket and SQLite's row number hang on it.
    #[diesel(skip_update)]
    #[serde(skip)]
    pub(crate) created_at: Time,
    updated_at: Time,
    pub(crate) version: i64,
    #[serde(skip)]
    payment_url: Option<String>,
}

/// What news of the bank may change: a row that is written so stays where it is in the indexes of names and numbers.
#[derive(AsChangeset)]
#[diesel(table_name = payment_attempts, treat_none_as_null = true)]
pub(crate) struct News<'r> {
    facts: &'r Json,
    bank_status: &'r str,
    bank_status_source: &'r str,
    paid_at: Option<Time>,
    refunded: i64,
    attention: Option<&'r str>,
    crm_status: &'r str,
    crm_document_ref: Option<&'r str>,
    passed_on: &'r Json,
    needs_attention: bool,
    lost_callback: bool,
    next_query_at: Option<Time>,
    last_query_at: Option<Time>,
    last_query_error: Option<&'r str>,
    updated_at: Time,
    version: i64,
}

impl AttemptRow {
    /// The row of an attempt.
    pub(crate) fn new(attempt: &Attempt, needs_attention: bool) -> Result<Self, StoreError> {
        let state = &attempt.state;
        let client = &attempt.client;
        let created_at = Time::from(attempt.created_at);
        Ok(Self {
            id: Id(attempt.id.0),
            merchant: text(&attempt.merchant),
            order_number: text(&attempt.order_number),
            bank: text(&attempt.bank),
            bank_account: text(&attempt.bank_account),
            bank_order_id: maybe_text(attempt.bank_order_id.as_ref()),
            rrn: maybe_text(attempt.rrn.as_ref()),
            payment_type: text(&attempt.payment_type),
            client_name: text(&client.name),
            client_phone: maybe_text(client.phone.as_ref()),
            client_email: maybe_text(client.email.as_ref()),
            client_external_id: maybe_text(client.external_id.as_ref()),
            description: maybe_text(attempt.description.as_ref()),
            metadata: to_json(&attempt.metadata)?,
            amount: state.amount.amount,
            currency: state.amount.currency.to_string(),
            facts: to_json(&state.facts)?,
            bank_status: state.bank_status.to_string(),
            bank_status_source: state.bank_status_source.to_string(),
            paid_at: state.paid_at.map(Time::from),
            refunded: state.refunded,
            attention: state.attention.map(|attention| attention.to_string()),
            crm_status: state.crm_status.to_string(),
            crm_document_ref: maybe_text(state.crm_document_ref.as_ref()),
            passed_on: to_json(&state.passed_on)?,
            needs_attention,
            lost_callback: state.facts.lost_callback(),
            next_query_at: attempt.next_query_at.map(Time::from),
            last_query_at: attempt.last_query_at.map(Time::from),
            last_query_error: maybe_text(attempt.last_query_error.as_ref()),
            search_text: search_text(Searchable {
                name: &client.name,
                phone: client.phone.as_deref(),
                email: client.email.as_deref(),
                order_number: &attempt.order_number,
                bank_order_id: attempt.bank_order_id.as_deref(),
                rrn: attempt.rrn.as_deref(),
            }),
            phone_digits: client.phone.as_deref().and_then(digits),
            bucket: bucket(created_at)?,
            created_at,
            updated_at: attempt.updated_at.into(),
            version: attempt.version,
            payment_url: maybe_text(attempt.payment_url.as_ref()),
        })
    }

    /// Its state alone.
    pub(crate) fn news(&self) -> News<'_> {
        News {
            facts: &self.facts,
            bank_status: &self.bank_status,
            bank_status_source: &self.bank_status_source,
            paid_at: self.paid_at,
            refunded: self.refunded,
            attention: self.attention.as_deref(),
            crm_status: &self.crm_status,
            crm_document_ref: self.crm_document_ref.as_deref(),
            passed_on: &self.passed_on,
            needs_attention: self.needs_attention,
            lost_callback: self.lost_callback,
            next_query_at: self.next_query_at,
            last_query_at: self.last_query_at,
            last_query_error: self.last_query_error.as_deref(),
            updated_at: self.updated_at,
            version: self.version,
        }
    }

    /// Whose row it is.
    pub(crate) fn id(&self) -> Id {
        self.id
    }

    /// Its place in a list that is ordered by time and id.
    pub(crate) fn place(&self) -> (Time, Id) {
        (self.created_at, self.id)
    }

    /// The attempt of a row.
    pub(crate) fn attempt(self) -> Result<Attempt, StoreError> {
        let state = AttemptState {
            amount: money(self.amount, &self.currency)?,
            facts: from_json(&self.facts, "payment_attempts.facts")?,
            bank_status: named(&self.bank_status, "payment_attempts.bank_status")?,
            bank_status_source: named(&self.bank_status_source, "payment_attempts.bank_status_source")?,
            paid_at: maybe_time(self.paid_at)?,
            refunded: self.refunded,
            attention: maybe_named(self.attention.as_ref(), "payment_attempts.attention")?,
            crm_status: named(&self.crm_status, "payment_attempts.crm_status")?,
            crm_document_ref: self.crm_document_ref,
            passed_on: from_json(&self.passed_on, "payment_attempts.passed_on")?,
        };
        Ok(Attempt {
            id: AttemptId(self.id.0),
            merchant: self.merchant,
            order_number: self.order_number,
            bank: self.bank,
            bank_account: self.bank_account,
            bank_order_id: self.bank_order_id,
            rrn: self.rrn,
            payment_type: self.payment_type,
            client: Client {
                name: self.client_name,
                phone: self.client_phone,
                email: self.client_email,
                external_id: self.client_external_id,
            },
            description: self.description,
            metadata: from_json(&self.metadata, "payment_attempts.metadata")?,
            state,
            next_query_at: maybe_time(self.next_query_at)?,
            last_query_at: maybe_time(self.last_query_at)?,
            last_query_error: self.last_query_error,
            created_at: time(self.created_at)?,
            updated_at: time(self.updated_at)?,
            payment_url: self.payment_url,
            version: self.version,
        })
    }
}

fn digits(phone: &str) -> Option<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some(digits)
}
