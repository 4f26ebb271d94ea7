//! The 1C bases.

use reqwest::Method;
use serde_json::{Map, Value};

use super::{Control, ControlError};
use crate::api::{OnecByHand, OnecCalled, OnecClient, OnecDocument, OnecFaults, OnecSettings, OnecSummary};

impl Control {
    /// A base at a glance, with its settings and faults.
    pub async fn onec(&self, base: &str) -> Result<OnecSummary, ControlError> {
        self.get(&["onec", base]).await
    }

    /// Makes a base or replaces its settings; user, password, secret and zone that are not given stay.
    pub async fn set_onec(&self, base: &str, settings: &OnecSettings) -> Result<OnecSettings, ControlError> {
        self.call(Method::PUT, &["onec", base], settings).await
    }

    /// Replaces the faults of a base.
    pub async fn set_onec_faults(&self, base: &str, faults: &OnecFaults) -> Result<OnecFaults, ControlError> {
        self.call(Method::PUT, &["onec", base, "faults"], faults).await
    }

    /// Whom a base knows, in the order of their codes.
    pub async fn onec_clients(&self, base: &str) -> Result<Vec<OnecClient>, ControlError> {
        self.get(&["onec", base, "clients"]).await
    }

    /// Adds a client; gives the client with its key.
    pub async fn add_onec_client(&self, base: &str, client: &OnecClient) -> Result<OnecClient, ControlError> {
        self.call(Method::POST, &["onec", base, "clients"], client).await
    }

    /// The documents of a base, in the order of their dates.
    pub async fn onec_documents(&self, base: &str) -> Result<Vec<OnecDocument>, ControlError> {
        self.get(&["onec", base, "documents"]).await
    }

    /// Enters a document as a person would.
    pub async fn add_onec_document(
        &self,
        base: &str,
        wish: &OnecByHand,
    ) -> Result<OnecDocument, ControlError> {
        self.call(Method::POST, &["onec", base, "documents"], wish).await
    }

    /// What a person does to a document: `post`, `unpost`, `mark`, `unmark`, `delete`, or `change` of attributes. Nothing
    /// when the document is gone then.
    pub async fn act_on_onec_document(
        &self,
        base: &str,
        (ref_key, verb): (&str, &str),
        attributes: &Map<String, Value>,
    ) -> Result<Option<OnecDocument>, ControlError> {
        let path = ["onec", base, "documents", ref_key, verb];
        self.call(Method::POST, &path, attributes).await
    }

    /// The last calls of the interface and the service, oldest first.
    pub async fn onec_calls(&self, base: &str) -> Result<Vec<OnecCalled>, ControlError> {
        self.get(&["onec", base, "calls"]).await
    }
}
