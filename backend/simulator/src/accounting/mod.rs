//! The accounting system: a Standard Webhooks receiver that keys on the id and remembers everything.

mod answer;
mod receive;
mod receiver;

pub(crate) use receive::routes;
pub(crate) use receiver::Receiver;
