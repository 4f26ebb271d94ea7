//! Where a delivery stands, and what a try can come to.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

use super::found::FoundDocument;
use super::hold::HoldReason;

/// Where a delivery stands.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DeliveryState {
    /// Never sent, or refused and to be sent again because a person mended the cause.
    Queued,
    /// Sent before, surely not applied.
    Retrying,
    /// The intent to send is committed and the verdict is not: bytes may be under way.
    Sending,
    /// Sent, and nobody knows whether it was applied.
    InDoubt,
    /// The accounting system has it.
    Synced,
    /// Refused for good: a person has to look.
    NeedsAttention,
    /// A person has to decide first: what there is to decide stands in the delivery's hold.
    Held,
    /// Entered by hand; never sent.
    PostedByHand,
    /// The person's claim behind it was taken back before it was sent.
    Withdrawn,
}

/// What one try came to. An unknown answer is unknown, never failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
#[cfg_attr(
    test,
    derive(strum::EnumDiscriminants),
    strum_discriminants(
        name(VerdictKind),
        vis(pub(super)),
        derive(Hash, strum::VariantArray),
        doc = "The kinds, for the tests that have to meet all of them."
    )
)]
pub enum Verdict {
    /// It was applied now.
    Applied {
        /// The document, if the system names it.
        document_ref: Option<String>,
    },
    /// The system had it before.
    AlreadyThere {
        /// The document, if the system names it.
        document_ref: Option<String>,
    },
    /// Surely not applied; the fault is on the way or passing.
    NotApplied {
        /// In a few words, for the operator.
        reason: String,
        /// The system asked to wait this long, in seconds.
        retry_after: Option<u32>,
    },
    /// Refused for good; a person has to mend something.
    Refused {
        /// The system's own words.
        reason: String,
    },
    /// Nobody knows.
    Unknown {
        /// In a few words, for the operator.
        reason: String,
    },
    /// A document was made, and its posting was refused; a person has to mend something, then only posting is
    /// tried again.
    Unposted {
        /// The document, if the system names it.
        document_ref: Option<String>,
        /// The system's own words.
        reason: String,
    },
    /// Refused by the system's own handler, which may be a lock or a licence that ran short: tried again, slowly.
    LikelyRefused {
        /// The system's own words.
        reason: String,
    },
    /// The system says that an earlier try of the same is still under way.
    Busy {
        /// In a few words, for the operator.
        reason: String,
    },
    /// There is a document under our key that is not what we would have made: a person decides.
    Held {
        /// In which way.
        hold: HoldReason,
        /// The documents.
        documents: Vec<FoundDocument>,
        /// In a few words, for the operator.
        reason: String,
    },
    /// Surely not applied, and nothing else will be until a person mends the connection.
    ConnectionRefused {
        /// The system's own words.
        reason: String,
    },
}

impl Verdict {
    /// The name used in the journal and in the API.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Applied { .. } => "applied",
            Self::AlreadyThere { .. } => "already_there",
            Self::NotApplied { .. } | Self::ConnectionRefused { .. } => "not_applied",
            Self::Refused { .. } | Self::LikelyRefused { .. } => "refused",
            Self::Unknown { .. } | Self::Busy { .. } => "unknown",
            Self::Unposted { .. } => "unposted",
            Self::Held { .. } => "held",
        }
    }

    /// The reason in words, where there is one.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Applied { .. } | Self::AlreadyThere { .. } => None,
            Self::NotApplied { reason, .. }
            | Self::Refused { reason }
            | Self::Unknown { reason }
            | Self::Unposted { reason, .. }
            | Self::LikelyRefused { reason }
            | Self::Busy { reason }
            | Self::Held { reason, .. }
            | Self::ConnectionRefused { reason } => Some(reason),
        }
    }
}

/// Why a person has to look at a delivery that ended well.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Attention {
    /// It was being sent while somebody marked it as posted by hand, and it was applied.
    PostedTwice,
    /// After ours was posted, a document of the same client, sum and day was found that somebody else made.
    ProbableDouble,
}
