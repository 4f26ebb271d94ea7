//! The words of the control API: what goes in and what comes out, shared by the server and by [`crate::client`].

mod accounting;
mod bank;
mod callback;
mod clock;
mod onec;
mod order;
mod registry;

pub use accounting::{AccountingFaults, AccountingMode, AccountingSummary, Alarm, AlarmKind, Receipt};
pub use bank::{Bank, BankAccount, BankFaults, BankSettings, CallbackMethod, ServiceMode, SignatureHash};
pub use callback::{CallbackLog, CallbackOutcome, CallbackRecord, Resend};
pub use clock::{ClockState, SetClock};
pub use onec::{
    OnecBase, OnecByHand, OnecCall, OnecCalled, OnecClient, OnecDocument, OnecFaults, OnecMode, OnecRights,
    OnecSettings, OnecSummary,
};
pub use order::{
    CallbackFate, Move, NewOrder, Operation, Order, OrderState, Refund, Transaction, TransactionKind,
    TransactionStatus, Verb,
};
pub use registry::{
    BankOperation, RegistryFault, RegistryFaults, RegistryLayout, RegistryMade, RegistryWish,
};
