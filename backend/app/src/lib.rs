//! What Sverka does, one verb a file, over ports that the adapters implement.

pub mod ports;
