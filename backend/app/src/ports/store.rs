//! The store: everything that must survive. Work runs as a synchronous closure inside one transaction,
//! so that no network call can slip into it.

mod access;
mod alarms;
mod attempts;
mod backlogs;
mod bank_health;
mod bulk_runs;
mod checkouts;
mod deliveries;
mod engine;
mod events;
mod far;
mod idempotency;
mod incidents;
mod notifications;
mod pace;
mod registries;
mod self_tests;

pub use access::{Access, ApiKey, Session, User};
pub use alarms::{Alarm, AlarmAbout, AlarmState, Alarms, ConnectionAlarm, ConnectionTold, ConnectionTopic};
pub use attempts::{AttemptFilter, Attempts, Cursor, DueQuery, Page, Total};
pub use backlogs::{Backlog, Backlogs, HoldFilter, Stuck, WaitsFor};
pub use bank_health::{BankHealth, BankHealths};
pub use bulk_runs::{BulkAction, BulkOutcome, BulkResult, BulkRow, BulkRun, BulkRuns, BulkState};
pub use checkouts::{Checkout, CheckoutState, Checkouts};
pub use deliveries::{ByHand, ConnectionState, Deliveries, Tested, Try, Unrouted};
pub use engine::{Engine, Job, Needs, RepeatableJob, Store, StoreError, Tx};
pub use events::{Actor, ActorKind, Event, EventKind, EventSource, Events, TimelineEntry};
pub use far::ReplicaState;
pub use idempotency::{Idempotency, Remembered};
pub use incidents::{Incident, IncidentFilter, Incidents};
pub use notifications::{
    AccountHealth, Dropped, Notification, NotificationFilter, NotificationVerdict, Notifications, Received,
};
pub use pace::{Pace, Span};
pub use registries::{
    LineCounts, LineFilter, RefundElsewhere, Registries, Registry, RegistryLine, RegistryLines,
    RegistryMappings, RegistrySource,
};
pub use self_tests::{SelfTest, SelfTestCode, SelfTestResult, SelfTests};
