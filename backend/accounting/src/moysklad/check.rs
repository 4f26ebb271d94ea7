//! The self-test: everything that can be tried without changing anything.

use jiff::Timestamp;
use serde_json::Value;
use sverka_app::ports::accounting::{Check, CheckKind, CheckOutcome, Order};
use sverka_domain::delivery::Verdict;
use uuid::Uuid;

use super::office::{Failed, Read};
use super::parcel::{Entity, sync_id};
use super::service::MoySklad;

impl MoySklad {
    /// Who we are over there.
    pub(super) async fn employee(&self, at: Timestamp) -> Result<Read<Value>, Failed> {
        self.office.get("context/employee", at).await
    }

    pub(super) async fn test(&self, posted: Option<Order>, at: Timestamp) -> Vec<Check> {
        let mut checks = match self.employee(at).await {
            Ok(_) => {
                let mut checks: Vec<Check> = [CheckKind::Reach, CheckKind::LogIn]
                    .map(|kind| check(kind, CheckOutcome::Passed, None))
                    .into();
                checks.push(self.metadata(at).await);
                checks.push(self.finds_nothing(at).await);
                checks.push(self.finds_one(posted, at).await);
                checks
            }
            Err(failed) => first_failure(&failed),
        };
        let detail = "a repeated document shows it, and none is made by a test";
        checks.push(check(
            CheckKind::KeyIsEnforced,
            CheckOutcome::Skipped,
            Some(detail.to_owned()),
        ));
        checks
    }

    /// Everything that documents are linked to exists and may be seen.
    async fn metadata(&self, at: Timestamp) -> Check {
        let letterhead = &self.letterhead;
        let linked = [
            ("organization", Some(letterhead.organization)),
            ("expenseitem", letterhead.expense_item),
            ("project", letterhead.project),
            ("saleschannel", letterhead.sales_channel),
            ("counterparty", letterhead.counterparty),
        ];
        for (kind, id) in linked {
            let Some(id) = id else { continue };
            let path = format!("entity/{kind}/{id}");
            if let Err(failed) = self.office.get::<Value>(&path, at).await {
                let detail = format!("{kind}: {}", reason(&failed));
                return check(CheckKind::Metadata, CheckOutcome::Failed, Some(detail));
            }
        }
        check(CheckKind::Metadata, CheckOutcome::Passed, None)
    }

    async fn finds_nothing(&self, at: Timestamp) -> Check {
        let kind = CheckKind::FilterFindsNothing;
        match self.by_key(Entity::PaymentIn, Uuid::nil(), at).await {
            Ok(None) => check(kind, CheckOutcome::Passed, None),
            Ok(Some(_)) => {
                let detail = "a search for a syncId that cannot exist found a document".to_owned();
                check(kind, CheckOutcome::Failed, Some(detail))
            }
            Err(failed) => check(kind, CheckOutcome::Failed, Some(reason(&failed))),
        }
    }

    async fn finds_one(&self, posted: Option<Order>, at: Timestamp) -> Check {
        let kind = CheckKind::FilterFindsOne;
        let Some(order) = posted.filter(|order| order.delivery.linked_by.is_none()) else {
            return check(kind, CheckOutcome::Skipped, None);
        };
        let entity = Entity::of(order.delivery.kind);
        match self.by_key(entity, sync_id(order.delivery.id), at).await {
            Ok(Some(read)) => check(kind, CheckOutcome::Passed, read.value.name),
            Ok(None) => {
                let detail = "a document that was posted is not found by its syncId".to_owned();
                check(kind, CheckOutcome::Failed, Some(detail))
            }
            Err(failed) => check(kind, CheckOutcome::Failed, Some(reason(&failed))),
        }
    }
}

fn first_failure(failed: &Failed) -> Vec<Check> {
    let detail = Some(reason(failed));
    let is_answered = failed.http_status.is_some();
    let is_refused = matches!(failed.verdict, Verdict::ConnectionRefused { .. });
    let (reach, log_in) = if is_answered && is_refused {
        (
            check(CheckKind::Reach, CheckOutcome::Passed, None),
            check(CheckKind::LogIn, CheckOutcome::Failed, detail),
        )
    } else {
        (
            check(CheckKind::Reach, CheckOutcome::Failed, detail),
            check(CheckKind::LogIn, CheckOutcome::Skipped, None),
        )
    };
    let mut checks = vec![reach, log_in];
    checks.extend(
        [
            CheckKind::Metadata,
            CheckKind::FilterFindsNothing,
            CheckKind::FilterFindsOne,
        ]
        .map(|kind| check(kind, CheckOutcome::Skipped, None)),
    );
    checks
}

fn check(kind: CheckKind, outcome: CheckOutcome, detail: Option<String>) -> Check {
    Check {
        kind,
        outcome,
        detail,
    }
}

fn reason(failed: &Failed) -> String {
    failed.verdict.reason().unwrap_or_default().to_owned()
}
