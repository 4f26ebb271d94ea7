//! Answers of `OpStateExt`, in XML.

use serde::Deserialize;
use sverka_app::ports::bank::BankError;

/// An answer; every part but the result may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Answer {
    pub(super) result: CallResult,
    pub(super) state: Option<State>,
    #[serde(default)]
    pub(super) info: Info,
}

/// The result of the call itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct CallResult {
    pub(super) code: i64,
    pub(super) description: Option<String>,
}

/// Where the operation stands.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct State {
    pub(super) code: i64,
    /// Of the last change, with seven digits of a second.
    pub(super) state_date: Option<String>,
}

/// The operation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Info {
    /// What the shop gets, roubles.
    pub(super) out_sum: Option<String>,
    pub(super) op_key: Option<String>,
    #[serde(rename = "BankCardRRN")]
    pub(super) bank_card_rrn: Option<String>,
}

/// Reads an answer.
pub(super) fn answer(body: &str) -> Result<Answer, BankError> {
    quick_xml::de::from_str(body)
        .map_err(|_| BankError::Unavailable("the answer is not in Robokassa's form".to_owned()))
}

/// Text that says something, without the NULs that a database would refuse.
pub(super) fn told(text: Option<&String>) -> Option<String> {
    let text = text?.trim().replace('\0', "");
    Some(text).filter(|text| !text.is_empty())
}
