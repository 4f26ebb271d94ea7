//! A real Tryton 8.2 on PostgreSQL, started by `scripts/tryton`; with a unique index on references, or without.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rand::RngExt as _;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use tokio::process::Command;

use crate::runs::count::Demand;
use crate::runs::fill::Client;
use crate::runs::journal::Kind;
use crate::runs::target::{Document, Target};

/// Rows to a question.
const PAGE: usize = 200;
/// The longest that the table of payments is locked: with what the proxy holds back it is over before the settling time.
const LOCKED: std::ops::RangeInclusive<u32> = 2..=5;

/// A Tryton of its own database.
pub struct TrytonTarget {
    told: HashMap<String, String>,
    http: reqwest::Client,
    session: String,
    has_index: bool,
    timeout_seconds: u32,
}

impl TrytonTarget {
    /// Makes a new database and starts the server, for a client that waits at most so long.
    ///
    /// # Panics
    /// When it does not start: `scripts/tryton install` has to come first.
    pub async fn start(has_index: bool, timeout_seconds: u32) -> Self {
        let verbs: &[&str] = if has_index {
            &["fresh", "--unique"]
        } else {
            &["fresh"]
        };
        let mut target = Self {
            told: told(&script(verbs).await),
            http: reqwest::Client::new(),
            session: String::new(),
            has_index,
            timeout_seconds,
        };
        target.log_in().await;
        target
    }

    fn get(&self, name: &str) -> &str {
        self.told
            .get(name)
            .map_or_else(|| panic!("scripts/tryton tells no {name}"), String::as_str)
    }

    fn company(&self) -> Value {
        json!(self.get("TRYTON_COMPANY").parse::<i64>().expect("a number"))
    }

    async fn log_in(&mut self) {
        let (user, password) = (
            self.get("TRYTON_USER").to_owned(),
            self.get("TRYTON_PASSWORD").to_owned(),
        );
        self.session.clear();
        let params = json!([user, {"password": password}, "en"]);
        let told = self.call("common.db.login", params).await;
        let token = told[1].as_str().expect("a session");
        self.session = STANDARD.encode(format!("{user}:{}:{token}", told[0]));
    }

    /// One call, past the proxy; what is refused ends the run.
    async fn call(&self, method: &str, params: Value) -> Value {
        let url = format!("{}{}/rpc/", self.get("TRYTON_URL"), self.get("TRYTON_DATABASE"));
        let mut request = self.http.post(url).header("Accept-Encoding", "identity");
        if !self.session.is_empty() {
            request = request.header("Authorization", format!("Session {}", self.session));
        }
        let body = json!({"id": 1, "method": method, "params": params});
        let answer = request.json(&body).send().await.expect("Tryton answers");
        let answer: Value = answer.json().await.expect("JSON");
        match &answer["error"] {
            Value::Null => answer["result"].clone(),
            error => panic!("{method}: {error}"),
        }
    }

    /// All rows of a model, page by page.
    async fn all(&self, model: &str, domain: Value, fields: &[&str]) -> Vec<Value> {
        let mut rows = Vec::new();
        loop {
            let params =
                json!([domain, rows.len(), PAGE, [["id", "ASC"]], fields, {"company": self.company()}]);
            let page = self.call(&format!("model.{model}.search_read"), params).await;
            let Value::Array(page) = page else {
                panic!("{model}: {page}")
            };
            if page.is_empty() {
                return rows;
            }
            rows.extend(page);
        }
    }
}

#[async_trait]
impl Target for TrytonTarget {
    fn name(&self) -> String {
        let index = if self.has_index { "with" } else { "without" };
        format!("Tryton 8.2 on PostgreSQL, {index} a unique index")
    }

    fn demand(&self) -> Demand {
        if self.has_index {
            Demand::ExactlyOnce
        } else {
            Demand::NoneTwice
        }
    }

    fn address(&self) -> SocketAddr {
        let url = self
            .get("TRYTON_URL")
            .trim_start_matches("http://")
            .trim_end_matches('/');
        url.parse().expect("Tryton listens on an address")
    }

    fn connection(&self, proxy: &str) -> String {
        format!(
            r#"[[connections]]
name = "crm"
kind = "tryton"
url = "{proxy}"
database = "{}"
user = "{}"
password = "{}"
company = {}
payment_journal = {}
unique_reference = {}
settling_seconds = {}
allow_private_network = true
connect_timeout_seconds = 1
timeout_seconds = {}
try_timeout_seconds = {}
"#,
            self.get("TRYTON_DATABASE"),
            self.get("TRYTON_USER"),
            self.get("TRYTON_PASSWORD"),
            self.get("TRYTON_COMPANY"),
            self.get("TRYTON_PAYMENT_JOURNAL"),
            self.has_index,
            // A request is held back for one and a half times the time that is waited for it, and then meets a lock.
            self.timeout_seconds * 2 + LOCKED.end() + 4,
            self.timeout_seconds,
            self.timeout_seconds * 4,
        )
    }

    async fn know(&mut self, clients: &[Client]) -> Vec<String> {
        let mut keys = Vec::new();
        for some in clients.chunks(PAGE) {
            let party = |client: &Client| {
                json!({"name": client.name, "contact_mechanisms": [["create", [
                    {"type": "mobile", "value": client.phone}, {"type": "email", "value": client.email}]]]})
            };
            let parties: Vec<Value> = some.iter().map(party).collect();
            let params = json!([parties, {"company": self.company()}]);
            let made = self.call("model.party.party.create", params).await;
            keys.extend(made.as_array().expect("numbers").iter().map(Value::to_string));
        }
        keys
    }

    async fn documents(&mut self) -> Vec<Document> {
        self.log_in().await;
        let company = self.company();
        let fields = [
            "kind",
            "state",
            "amount",
            "party",
            "clearing_move",
            "clearing_move.state",
        ];
        let payments = self
            .all("account.payment", json!([["company", "=", company]]), &fields)
            .await;
        let own: HashMap<String, i64> = payments
            .iter()
            .filter_map(|row| {
                Some((
                    format!("account.payment,{}", row["id"]),
                    row["clearing_move"].as_i64()?,
                ))
            })
            .collect();
        let mut documents: Vec<Document> = payments.iter().map(payment).collect();
        // Ledger entries that are not the one of their payment would count as well.
        let domain = json!([
            ["move.company", "=", company],
            ["account.type.receivable", "=", true]
        ]);
        let fields = ["debit", "credit", "party", "move", "move.state", "move.origin"];
        let lines = self.all("account.move.line", domain, &fields).await;
        let is_own = |line: &&Value| {
            let origin = line["move."]["origin"].as_str().unwrap_or_default();
            own.get(origin) == line["move"].as_i64().as_ref() && line["move"].is_i64()
        };
        documents.extend(lines.iter().filter(|line| !is_own(line)).map(entry));
        documents
    }

    fn steps(&self) -> u64 {
        12
    }

    async fn kill(&mut self) -> bool {
        let pid = tokio::fs::read_to_string(root().join(".cache/tryton/trytond.pid")).await;
        let pid = pid.expect("scripts/tryton wrote it");
        let killed = Command::new("kill").args(["-9", pid.trim()]).status().await;
        assert!(killed.expect("kill runs").success(), "Tryton was killed");
        true
    }

    async fn start_again(&mut self) {
        self.told = told(&script(&["start"]).await);
    }

    async fn misbehave(&mut self, chance: &mut StdRng) {
        match chance.random_range(0..120) {
            0 => {
                script(&["restart-database"]).await;
            }
            1..=4 => {
                let seconds = chance.random_range(LOCKED);
                script(&["lock", &seconds.to_string()]).await;
            }
            _ => {}
        }
    }
}

fn payment(row: &Value) -> Document {
    let kind = match row["kind"].as_str() {
        Some("receivable") => Kind::Payment,
        Some("payable") => Kind::Refund,
        other => panic!("a payment of kind {other:?}"),
    };
    Document {
        key: format!("account.payment,{}", row["id"]),
        client: row["party"].to_string(),
        kind,
        amount: kopecks(&row["amount"]),
        is_posted: row["state"] == "succeeded" && row["clearing_move."]["state"] == "posted",
        is_deleted: row["state"] == "failed",
    }
}

fn entry(line: &Value) -> Document {
    let (debit, credit) = (kopecks(&line["debit"]), kopecks(&line["credit"]));
    Document {
        key: format!("account.move,{}", line["move"]),
        client: line["party"].to_string(),
        kind: if credit > 0 { Kind::Payment } else { Kind::Refund },
        amount: debit.max(credit),
        is_posted: line["move."]["state"] == "posted",
        is_deleted: false,
    }
}

fn kopecks(tag: &Value) -> i64 {
    let text = tag["decimal"].as_str().expect("a sum");
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{:0<2}", part)
        .parse()
        .expect("a sum of roubles and kopecks")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

async fn script(arguments: &[&str]) -> String {
    let run = Command::new(root().join("scripts/tryton"))
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .await
        .expect("scripts/tryton runs");
    assert!(
        run.status.success(),
        "scripts/tryton {} failed",
        arguments.join(" ")
    );
    String::from_utf8(run.stdout).expect("text")
}

fn told(lines: &str) -> HashMap<String, String> {
    let pairs = lines.lines().filter_map(|line| line.split_once('='));
    pairs
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}
