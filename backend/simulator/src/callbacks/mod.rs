//! Callbacks: what they say, which of them are lost, doubled or late, and how they are sent.

mod banks;
mod bell;
mod message;
mod plan;
mod retry;
mod send;

pub(crate) use banks::cloudpayments::check as check_message;
pub(crate) use bell::Bell;
pub(crate) use message::{Message, is_taken};

pub(crate) use plan::{Outgoing, for_move, for_resend};
pub(crate) use send::dispatch;
