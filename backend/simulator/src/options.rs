//! What the simulator starts with.

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::api::{AccountingFaults, BankAccount, OnecBase};
use crate::{demo, onec};

/// What the simulator starts with, and comes back to at reset.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen; port 0 is any free one.
    pub listen: SocketAddr,
    /// Decides every chance.
    pub seed: u64,
    /// How others reach it, for links; the address it listens on when not given.
    pub public_url: Option<String>,
    /// Accounts at banks, with their faults.
    pub banks: Vec<BankAccount>,
    /// Accounting receivers by name, with their faults and secrets.
    pub accounting: Vec<(String, AccountingFaults)>,
    /// 1C bases.
    pub onec: Vec<OnecBase>,
    /// Where the bases keep their files, so that they outlive a `kill -9`; in memory only when not given.
    pub state_dir: Option<PathBuf>,
}

impl Options {
    /// Nothing but an address.
    pub fn new(listen: SocketAddr) -> Self {
        Self {
            listen,
            seed: 1,
            public_url: None,
            banks: Vec::new(),
            accounting: Vec::new(),
            onec: Vec::new(),
            state_dir: None,
        }
    }

    /// The accounts of the demo; callbacks go to `{callback_base_url}/callbacks/{bank}/{account}`.
    pub fn demo(listen: SocketAddr, callback_base_url: &str) -> Self {
        let crm = AccountingFaults {
            secret: Some("whsec_ZGVtby1zZWNyZXQtZm9yLXN2ZXJrYS1zaW11bGF0b3I=".to_owned()),
            ..AccountingFaults::default()
        };
        Self {
            banks: demo::accounts(callback_base_url.trim_end_matches('/')),
            accounting: vec![("crm".to_owned(), crm)],
            onec: vec![onec::demo()],
            ..Self::new(listen)
        }
    }
}
