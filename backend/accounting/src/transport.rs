//! One request, one answer, and what it means when there is none: what all adapters have in common.

mod address;
mod answer;
mod client;
mod gzip;
mod pace;
mod silence;
mod url;
mod wait;

pub(crate) use answer::{Answer, Mask, printable};
pub(crate) use client::{Asked, Limits, Transport};
pub(crate) use silence::Silence;
pub(crate) use url::{Example, checked_url};
pub(crate) use wait::wait;
