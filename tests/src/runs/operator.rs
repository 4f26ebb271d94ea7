//! An impatient operator: presses «Синхронизировать с CRM» for everything that waits, and «Возобновить» for the
//! connection, every few seconds. So a run need not sit through pauses of minutes; no press may make a double.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

use crate::process::{Api, Stand};

/// Between two looks.
const PAUSE: Duration = Duration::from_secs(2);
/// An access token lives longer.
const SHIFT: Duration = Duration::from_secs(240);

/// The operator; goes home when dropped.
pub(super) struct Operator {
    presses: Arc<AtomicU64>,
    task: JoinHandle<()>,
}

impl Operator {
    /// Comes to work.
    pub(super) fn start(stand: &Stand) -> Self {
        let presses = Arc::new(AtomicU64::new(0));
        let (email, password) = stand.add_supervisor();
        let task = tokio::spawn(work(stand.app.clone(), email, password, presses.clone()));
        Self { presses, task }
    }

    /// Buttons that were pressed, and did something.
    pub(super) fn presses(&self) -> u64 {
        self.presses.load(Ordering::Relaxed)
    }
}

impl Drop for Operator {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn work(app: Api, email: &str, password: &str, presses: Arc<AtomicU64>) {
    loop {
        let Some(me) = app.try_sign_in(email, password).await else {
            sleep(PAUSE).await;
            continue;
        };
        let since = Instant::now();
        while since.elapsed() < SHIFT {
            sleep(PAUSE).await;
            look(&me, &presses).await;
        }
    }
}

/// What is refused or not answered is tried again at the next look.
async fn look(me: &Api, presses: &AtomicU64) {
    let path = "/api/v1/payment-attempts?limit=200&crm_status=in_doubt&crm_status=retrying&crm_status=needs_attention";
    let (status, page) = me.call(Method::GET, path, None).await;
    if status != 200 {
        return;
    }
    for attempt in page["items"].as_array().expect("items") {
        if is_to_press(attempt) {
            let (status, _) = me.resync(attempt).await;
            presses.fetch_add(u64::from(status == 200), Ordering::Relaxed);
        }
    }
    let resume = "/api/v1/connections/crm/resume";
    let (status, _) = me.call(Method::POST, resume, Some(json!({}))).await;
    presses.fetch_add(u64::from(status == 200), Ordering::Relaxed);
}

/// What waits for its turn, and what the other system refused for a reason that has passed. Not what a person has to
/// decide with open eyes.
fn is_to_press(attempt: &Value) -> bool {
    let actions = attempt["actions"].as_array().expect("actions");
    let may = actions
        .iter()
        .any(|action| action["action"] == "resync" && action["allowed"] == true);
    may && (attempt["crm_status"] != "needs_attention" || attempt["hold"]["reason"] == "refused_repeatedly")
}
