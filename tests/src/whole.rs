//! Sverka within the test's own process.
