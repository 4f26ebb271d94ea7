//! The self-test: everything that can be tried without changing anything.

use jiff::Timestamp;
use serde_json::json;
use sverka_app::ports::accounting::{Check, CheckKind, CheckOutcome, Order};
use sverka_domain::delivery::Verdict;

use super::deals::DEAL;
use super::portal::Failed;
use super::service::Bitrix24;
use super::settings::{DealRule, PaymentRoad};

/// No delivery has it.
const NOBODYS: &str = "00000000-0000-0000-0000-000000000000";

impl Bitrix24 {
    pub(super) async fn test(&self, posted: Option<Order>, at: Timestamp) -> Vec<Check> {
        let profile = self.portal.read("profile", json!({}), at).await;
        let mut checks = first(&profile);
        if profile.is_err() {
            checks.extend(
                [
                    CheckKind::Metadata,
                    CheckKind::FilterFindsNothing,
                    CheckKind::FilterFindsOne,
                ]
                .map(skipped),
            );
        } else {
            let is_administrator = profile.is_ok_and(|reply| reply.result["ADMIN"].as_bool() == Some(true));
            checks.push(self.metadata(is_administrator, at).await);
            checks.push(self.finds_nothing(at).await);
            checks.push(self.finds_one(posted, at).await);
        }
        checks.push(Check {
            kind: CheckKind::KeyIsEnforced,
            outcome: CheckOutcome::Skipped,
            detail: Some("Bitrix24 refuses no second payment under the same key".to_owned()),
        });
        checks
    }

    async fn metadata(&self, is_administrator: bool, at: Timestamp) -> Check {
        let end = |outcome, detail: String| check(CheckKind::Metadata, outcome, Some(detail));
        if self.payments == PaymentRoad::Order {
            if !is_administrator {
                let detail = "payments = \"order\" needs a webhook of an administrator";
                return end(CheckOutcome::Failed, detail.to_owned());
            }
            let fields = self.portal.read("sale.payment.getfields", json!({}), at).await;
            match fields {
                Err(failed) => return end(CheckOutcome::Failed, reason(&failed)),
                Ok(reply) => {
                    let missing = ["xmlId", "sum", "paid"]
                        .iter()
                        .find(|field| reply.result["payment"].get(field).is_none());
                    if let Some(missing) = missing {
                        let detail = format!("a payment has no field {missing}");
                        return end(CheckOutcome::Failed, detail);
                    }
                }
            }
        }
        let parameters = json!({"entityTypeId": DEAL});
        match self.portal.read("crm.item.fields", parameters, at).await {
            Err(failed) => end(CheckOutcome::Failed, reason(&failed)),
            Ok(reply) => {
                let field = match self.deals {
                    DealRule::OrderNumber => self.deal_field.as_str(),
                    DealRule::Client => "contactId",
                };
                if reply.result["fields"].get(field).is_some() {
                    end(CheckOutcome::Passed, format!("deal.{field}"))
                } else {
                    end(CheckOutcome::Failed, format!("a deal has no field {field}"))
                }
            }
        }
    }

    async fn finds_nothing(&self, at: Timestamp) -> Check {
        let kind = CheckKind::FilterFindsNothing;
        if self.payments == PaymentRoad::Deal {
            let detail = "payments of a deal carry no key of ours";
            return check(kind, CheckOutcome::Skipped, Some(detail.to_owned()));
        }
        match self.list("xmlId", NOBODYS, at).await {
            Ok((found, _)) if found.is_empty() => check(kind, CheckOutcome::Passed, None),
            Ok(_) => {
                let detail = "a search for an xmlId that cannot exist found payments".to_owned();
                check(kind, CheckOutcome::Failed, Some(detail))
            }
            Err(failed) => check(kind, CheckOutcome::Failed, Some(reason(&failed))),
        }
    }

    async fn finds_one(&self, posted: Option<Order>, at: Timestamp) -> Check {
        let kind = CheckKind::FilterFindsOne;
        let Some(order) = posted.filter(|_| self.payments == PaymentRoad::Order) else {
            return skipped(kind);
        };
        match self.by_key(&order.delivery.id.to_string(), at).await {
            Ok(Some((payment, _))) => check(kind, CheckOutcome::Passed, payment.account_number),
            Ok(None) if order.delivery.linked_by.is_some() => skipped(kind),
            Ok(None) => {
                let detail = "a payment that was posted is not found by its xmlId".to_owned();
                check(kind, CheckOutcome::Failed, Some(detail))
            }
            Err(failed) => check(kind, CheckOutcome::Failed, Some(reason(&failed))),
        }
    }
}

fn first<T>(profile: &Result<T, Failed>) -> Vec<Check> {
    let failed = match profile {
        Ok(_) => {
            let kinds = [CheckKind::Reach, CheckKind::LogIn];
            return kinds.map(|kind| check(kind, CheckOutcome::Passed, None)).into();
        }
        Err(failed) => failed,
    };
    let detail = Some(reason(failed));
    if failed.http_status.is_some() && matches!(failed.verdict, Verdict::ConnectionRefused { .. }) {
        vec![
            check(CheckKind::Reach, CheckOutcome::Passed, None),
            check(CheckKind::LogIn, CheckOutcome::Failed, detail),
        ]
    } else {
        vec![
            check(CheckKind::Reach, CheckOutcome::Failed, detail),
            skipped(CheckKind::LogIn),
        ]
    }
}

fn check(kind: CheckKind, outcome: CheckOutcome, detail: Option<String>) -> Check {
    Check {
        kind,
        outcome,
        detail,
    }
}

fn skipped(kind: CheckKind) -> Check {
    check(kind, CheckOutcome::Skipped, None)
}

fn reason(failed: &Failed) -> String {
    failed.verdict.reason().unwrap_or_default().to_owned()
}
