//! The simulator's stand-in of a 1C base, in a process of its own that can be killed: what it answered for is in a file.

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use async_trait::async_trait;
use rand::RngExt as _;
use rand::rngs::StdRng;
use serde_json::Value;
use sverka_simulator::api::{OnecCall, OnecClient, OnecDocument, OnecFaults, OnecMode, OnecSettings};
use sverka_simulator::client::Control;
use tempfile::TempDir;

use crate::process::{Program, free_port, until};
use crate::runs::count::Demand;
use crate::runs::fill::Client;
use crate::runs::journal::Kind;
use crate::runs::target::{Document, Target};

const BASE: &str = "club";
const PAYMENT: &str = "Document_ПоступлениеБезналичныхДенежныхСредств";
const REFUND: &str = "Document_СписаниеБезналичныхДенежныхСредств";
/// Requests of one document: the client, two or three searches, the document, its posting, a look at it.
const STEPS: u64 = 7;

/// How the base misbehaves: refusals of its handlers, the login page, and what was done and not said.
const MODES: [OnecMode; 9] = [
    OnecMode::NoLicence,
    OnecMode::Locked,
    OnecMode::HtmlLogin,
    OnecMode::HtmlAfter,
    OnecMode::Error500After,
    OnecMode::BadGateway502After,
    OnecMode::DropAfter,
    OnecMode::CutAfter,
    OnecMode::HangAfter,
];

/// A stand-in of 1C.
pub struct OnecTarget {
    folder: TempDir,
    port: u16,
    control: Control,
    program: Option<Program>,
    keeps_keys: bool,
    timeout_seconds: u32,
}

impl OnecTarget {
    /// A base that takes the keys that it is sent, or one that passes them over.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn start(keeps_keys: bool, timeout_seconds: u32) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let port = free_port();
        let control = Control::new(format!("http://127.0.0.1:{port}")).expect("an address");
        let mut target = Self {
            folder,
            port,
            control,
            program: None,
            keeps_keys,
            timeout_seconds,
        };
        target.start_again().await;
        target.set(0).await;
        target
    }

    /// Its settings, with so long a posting.
    async fn set(&self, post_delay_ms: u64) {
        let settings = OnecSettings {
            user: Some("sverka".to_owned()),
            password: Some("demo-password".to_owned()),
            time_zone: Some("Europe/Moscow".to_owned()),
            ignore_ref_key: !self.keeps_keys,
            post_delay_ms,
            ..OnecSettings::default()
        };
        let set = self.control.set_onec(BASE, &settings).await;
        set.expect("the base obeys");
    }

    /// The place of each object in the base's own file: the order in which they were made.
    fn places(&self) -> HashMap<String, usize> {
        let file: PathBuf = self.folder.path().join("state").join(format!("{BASE}.jsonl"));
        let text = std::fs::read_to_string(file).expect("the base has a file");
        let mut places = HashMap::new();
        for (place, line) in text.lines().enumerate() {
            let changes: Vec<Value> = serde_json::from_str(line).expect("a transaction is JSON");
            for change in changes {
                if let Some(key) = change["put"]["key"].as_str() {
                    places.entry(key.to_owned()).or_insert(place);
                }
            }
        }
        places
    }
}

#[async_trait]
impl Target for OnecTarget {
    fn name(&self) -> String {
        let class = if self.keeps_keys { "keeps" } else { "ignores" };
        format!("the stand-in of 1C (OData), which {class} Ref_Key")
    }

    fn demand(&self) -> Demand {
        if self.keeps_keys {
            Demand::ExactlyOnce
        } else {
            Demand::NoneTwice
        }
    }

    fn address(&self) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, self.port))
    }

    fn connection(&self, proxy: &str) -> String {
        let class = if self.keeps_keys {
            "key_enforced"
        } else {
            "look_up_only"
        };
        let timeout = self.timeout_seconds;
        // A request may be forwarded up to two time-outs after it was given up.
        let settling = timeout * 4;
        let document = |entity: &str| {
            format!(
                r#"entity = "{entity}"
amount = "СуммаДокумента"
client = "Контрагент_Key"
reference = "НомерВходящегоДокумента"
comment = "Комментарий"
"#
            )
        };
        format!(
            r#"[[connections]]
name = "crm"
kind = "onec_odata"
url = "{proxy}/onec/{BASE}/odata/standard.odata/"
user_name = "sverka"
password = "demo-password"
timezone = "Europe/Moscow"
class = "{class}"
allow_private_network = true
connect_timeout_seconds = 1
read_timeout_seconds = {timeout}
timeout_seconds = {timeout}
settling_seconds = {settling}

[connections.payment]
{}
[connections.refund]
{}payment = {{ attribute = "ДокументОснование", type = "{PAYMENT}" }}

[connections.clients]
entity = "Catalog_Контрагенты"
phone = "НомерТелефонаДляПоиска"
email = "АдресЭПДляПоиска"
"#,
            document(PAYMENT),
            document(REFUND)
        )
    }

    async fn know(&mut self, clients: &[Client]) -> Vec<String> {
        let mut keys = Vec::with_capacity(clients.len());
        for client in clients {
            let client = OnecClient {
                name: client.name.clone(),
                phone: Some(client.phone.clone()),
                email: Some(client.email.clone()),
                ..OnecClient::default()
            };
            let added = self.control.add_onec_client(BASE, &client).await;
            let added = added.expect("the base takes a client");
            keys.push(added.ref_key.expect("a client has a key"));
        }
        keys
    }

    async fn documents(&mut self) -> Vec<Document> {
        let documents = self.control.onec_documents(BASE).await;
        let documents = documents.expect("the base answers");
        let places = self.places();
        let mut documents: Vec<Document> = documents.into_iter().map(document).collect();
        documents.sort_by_key(|document| places[&document.key]);
        documents
    }

    fn steps(&self) -> u64 {
        STEPS
    }

    async fn kill(&mut self) -> bool {
        if let Some(program) = self.program.take() {
            program.kill();
        }
        true
    }

    async fn start_again(&mut self) {
        let state = self.folder.path().join("state");
        let listen = self.address().to_string();
        let arguments = [
            "simulator",
            "--listen",
            &listen,
            "--state",
            state.to_str().expect("a path of ASCII"),
        ];
        let log = self.folder.path().join("onec.log");
        self.program = Some(Program::start(self.folder.path(), &arguments, log, String::new()));
        until("the stand-in of 1C serves", Duration::from_secs(30), async || {
            self.control.callbacks().await.ok().map(drop)
        })
        .await;
    }

    async fn misbehave(&mut self, chance: &mut StdRng) {
        // Slow for the whole second, sometimes slower than we wait.
        let slow = [0, 0, 0, 100, u64::from(self.timeout_seconds) * 1_000 + 400];
        self.set(slow[chance.random_range(0..slow.len())]).await;
        if chance.random_range(0..3) > 0 {
            return;
        }
        let only = match chance.random_range(0..4) {
            0 => vec![OnecCall::Read],
            1 => vec![OnecCall::Create],
            2 => vec![OnecCall::Post],
            _ => Vec::new(),
        };
        let faults = OnecFaults {
            mode: MODES[chance.random_range(0..MODES.len())],
            only,
            times: Some(chance.random_range(1..=2)),
            hang_ms: Some(u64::from(self.timeout_seconds) * 1_000 + 300),
            ..OnecFaults::default()
        };
        let set = self.control.set_onec_faults(BASE, &faults).await;
        set.expect("the base obeys");
    }

    async fn behave(&mut self) {
        self.set(0).await;
        let set = self.control.set_onec_faults(BASE, &OnecFaults::default()).await;
        set.expect("the base obeys");
    }
}

fn document(document: OnecDocument) -> Document {
    let kind = match document.entity.as_str() {
        PAYMENT => Kind::Payment,
        REFUND => Kind::Refund,
        other => panic!("a document of {other}"),
    };
    Document {
        key: document.ref_key,
        client: document.client_key.unwrap_or_default(),
        kind,
        amount: document.amount,
        is_posted: document.posted,
        is_deleted: document.deletion_mark,
    }
}
