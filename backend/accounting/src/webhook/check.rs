//! The self-test. A receiver knows nothing but deliveries; with a look-up it can be asked without making one.

use jiff::Timestamp;
use reqwest::Method;
use sverka_app::ports::accounting::{Check, CheckKind, CheckOutcome, Order, Sent};
use sverka_domain::delivery::Verdict;

use super::client::Webhook;

/// No delivery has it.
pub(super) const NOBODYS: &str = "00000000-0000-0000-0000-000000000000";

impl Webhook {
    pub(super) async fn test(&self, posted: Option<Order>, at: Timestamp) -> Vec<Check> {
        let mut checks = if self.look_up_url.is_some() {
            self.test_by_look_up(posted, at).await
        } else {
            self.test_by_options().await
        };
        checks.push(told(
            CheckKind::KeyIsEnforced,
            CheckOutcome::Skipped,
            "only a repeated delivery shows it",
        ));
        checks
    }

    /// A method that changes nothing: whatever is answered, somebody is there. That it is the receiver, and that it
    /// takes the signature, shows only with a delivery.
    async fn test_by_options(&self) -> Vec<Check> {
        let request = self.transport.request(Method::OPTIONS, self.url.clone());
        let reach = match self.transport.send(request).await {
            Ok(answer) => {
                let detail = format!("HTTP {} to OPTIONS", answer.status);
                told(CheckKind::Reach, CheckOutcome::Passed, &detail)
            }
            Err(silence) => failed(CheckKind::Reach, &silence.verdict),
        };
        let why = "without look_up_url only a delivery shows it";
        vec![
            reach,
            told(CheckKind::LogIn, CheckOutcome::Skipped, why),
            told(CheckKind::FilterFindsNothing, CheckOutcome::Skipped, why),
        ]
    }

    async fn test_by_look_up(&self, posted: Option<Order>, at: Timestamp) -> Vec<Check> {
        let nothing = self.look(NOBODYS, at).await;
        let mut checks = match &nothing {
            Ok(_) => {
                let kinds = [CheckKind::Reach, CheckKind::LogIn];
                kinds.map(|kind| plain(kind, CheckOutcome::Passed)).into()
            }
            Err(sent) => first_failure(sent),
        };
        checks.push(match nothing {
            Ok(None) => plain(CheckKind::FilterFindsNothing, CheckOutcome::Passed),
            Ok(Some(_)) => told(
                CheckKind::FilterFindsNothing,
                CheckOutcome::Failed,
                "the receiver says that it has a delivery that was never made",
            ),
            Err(_) => plain(CheckKind::FilterFindsNothing, CheckOutcome::Skipped),
        });
        checks.push(self.finds_one(posted, at).await);
        checks
    }

    async fn finds_one(&self, posted: Option<Order>, at: Timestamp) -> Check {
        let kind = CheckKind::FilterFindsOne;
        let Some(order) = posted.filter(|order| order.delivery.linked_by.is_none()) else {
            return plain(kind, CheckOutcome::Skipped);
        };
        match self.look(&order.delivery.id.to_string(), at).await {
            Ok(Some(document)) => Check {
                kind,
                outcome: CheckOutcome::Passed,
                detail: document.number,
            },
            Ok(None) => told(
                kind,
                CheckOutcome::Failed,
                "the receiver does not know a delivery that it took",
            ),
            Err(sent) => failed(kind, &sent.verdict),
        }
    }
}

fn first_failure(sent: &Sent) -> Vec<Check> {
    if sent.http_status.is_none() {
        return vec![
            failed(CheckKind::Reach, &sent.verdict),
            plain(CheckKind::LogIn, CheckOutcome::Skipped),
        ];
    }
    vec![
        plain(CheckKind::Reach, CheckOutcome::Passed),
        failed(CheckKind::LogIn, &sent.verdict),
    ]
}

fn failed(kind: CheckKind, verdict: &Verdict) -> Check {
    told(kind, CheckOutcome::Failed, verdict.reason().unwrap_or_default())
}

fn told(kind: CheckKind, outcome: CheckOutcome, detail: &str) -> Check {
    Check {
        kind,
        outcome,
        detail: Some(detail.to_owned()),
    }
}

fn plain(kind: CheckKind, outcome: CheckOutcome) -> Check {
    Check {
        kind,
        outcome,
        detail: None,
    }
}
