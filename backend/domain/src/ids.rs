//! Typed identifiers: UUIDv7 on the wire, never mixed up in the code.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

id!(
    /// One payment attempt.
    AttemptId
);
id!(
    /// One entry of an attempt's timeline.
    EventId
);
id!(
    /// One bank notification, kept raw.
    NotificationId
);
id!(
    /// One self-test of a callback address.
    SelfTestId
);
id!(
    /// One payment or refund to pass on to the accounting system.
    DeliveryId
);
id!(
    /// One person who signs in.
    UserId
);
id!(
    /// One key of an integrator's program.
    ApiKeyId
);
id!(
    /// One chain of refresh tokens: a sign-in on one device.
    SessionId
);
id!(
    /// A worker's hold on a row, until its lease ends.
    LeaseId
);
id!(
    /// One time in which an account's notifications did not come.
    IncidentId
);
id!(
    /// One alarm, for one channel.
    AlarmId
);
id!(
    /// One action on many attempts.
    BulkRunId
);
id!(
    /// One registry of a bank: a settlement file or a pulled list.
    RegistryId
);
