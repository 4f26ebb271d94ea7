//! An attempt as the API shows it.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};
use sverka_app::attempts::{Allowed, Seen};
use sverka_domain::actions::{Action, Obstacle};
use sverka_domain::delivery::{
    Choice, Delivery, DeliveryKind, FoundClient, FoundDocument, HoldReason, MatchRule, choices,
};
use sverka_domain::diagnosis::{Diagnosis, DiagnosisCode, NextStep};
use sverka_domain::ids::{AttemptId, DeliveryId};
use sverka_domain::money::Money;
use sverka_domain::role::{Right, Role};
use sverka_domain::status::{BankStatus, CrmStatus, StatusSource};
use utoipa::ToSchema;

use crate::problem::ErrorCode;

/// The person who pays.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClientView {
    #[schema(example = "Иванова Мария Петровна")]
    name: String,
    #[schema(required = true, example = "+79161234567")]
    phone: Option<String>,
    #[schema(required = true)]
    email: Option<String>,
    #[schema(required = true)]
    external_id: Option<String>,
}

/// Why it is not in the accounting system, and the next step.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DiagnosisView {
    code: DiagnosisCode,
    /// The best first.
    next_steps: Vec<NextStep>,
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
    /// When Sverka acts next by itself.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    next_try_at: Option<Timestamp>,
    /// The other system's own words.
    #[schema(required = true)]
    detail: Option<String>,
}

/// An action, and whether the caller may take it now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ActionView {
    action: Action,
    allowed: bool,
    /// Why not.
    #[schema(required = true)]
    reason: Option<ErrorCode>,
}

/// What waits for a person's decision.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HoldView {
    delivery_id: DeliveryId,
    kind: DeliveryKind,
    reason: HoldReason,
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
    /// The documents in question.
    documents: Vec<FoundDocument>,
    /// The clients in question.
    clients: Vec<FoundClient>,
    /// The decisions that fit.
    decisions: Vec<Choice>,
    /// Name of the connection.
    #[schema(required = true)]
    connection: Option<String>,
}

/// A payment attempt.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttemptView {
    id: AttemptId,
    /// Code of the merchant.
    merchant: String,
    /// The merchant's own number of the order.
    order_number: String,
    /// Code of the bank.
    bank: String,
    /// Name of the bank account.
    bank_account: String,
    /// The bank's id of the order, once known.
    #[schema(required = true)]
    bank_order_id: Option<String>,
    /// The card network's number of the payment (RRN), once the bank told it.
    #[schema(required = true)]
    rrn: Option<String>,
    /// Where the client pays, if Sverka registered the order at the bank.
    #[schema(required = true)]
    payment_url: Option<String>,
    /// Code of the payment type.
    payment_type: String,
    amount: Money,
    /// What went back so far.
    #[schema(required = true)]
    refunded: Option<Money>,
    client: ClientView,
    #[schema(required = true)]
    description: Option<String>,
    /// Whatever the app keeps with it.
    #[schema(value_type = Object)]
    metadata: Map<String, Value>,
    bank_status: BankStatus,
    bank_status_source: StatusSource,
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    paid_at: Option<Timestamp>,
    /// The bank has it as paid, and its notification never came.
    lost_callback: bool,
    crm_status: CrmStatus,
    /// The document in the accounting system.
    #[schema(required = true)]
    crm_document_ref: Option<String>,
    /// By what that document was found; null where Sverka made it.
    #[schema(required = true)]
    crm_linked_by: Option<MatchRule>,
    /// What waits for a person's decision.
    #[schema(required = true)]
    hold: Option<HoldView>,
    /// A person has to look at it.
    needs_attention: bool,
    /// What at.
    #[schema(required = true)]
    attention: Option<DiagnosisCode>,
    diagnosis: DiagnosisView,
    /// Every action, and whether the caller may take it now.
    actions: Vec<ActionView>,
    /// The statuses that the caller may set now.
    override_options: Vec<BankStatus>,
    /// When the bank is asked next.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    next_bank_query_at: Option<Timestamp>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
    /// For `expected_version`.
    #[schema(example = 4)]
    version: i64,
}

impl AttemptView {
    /// The attempt as somebody of that role sees it.
    pub(crate) fn new(seen: Seen, role: Role) -> Self {
        let may_mend = role.has(Right::Mend);
        let actions: Vec<_> = seen
            .actions
            .iter()
            .map(|allowed| action(*allowed, may_mend))
            .collect();
        let attempt = seen.attempt;
        let state = attempt.state;
        let currency = state.amount.currency;
        Self {
            id: attempt.id,
            merchant: attempt.merchant,
            order_number: attempt.order_number,
            bank: attempt.bank,
            bank_account: attempt.bank_account,
            bank_order_id: attempt.bank_order_id,
            rrn: attempt.rrn,
            payment_url: attempt.payment_url,
            payment_type: attempt.payment_type,
            amount: state.amount,
            refunded: (state.refunded > 0).then(|| Money::new(state.refunded, currency)),
            client: ClientView {
                name: attempt.client.name,
                phone: attempt.client.phone,
                email: attempt.client.email,
                external_id: attempt.client.external_id,
            },
            description: attempt.description,
            metadata: attempt.metadata,
            bank_status: state.bank_status,
            bank_status_source: state.bank_status_source,
            paid_at: state.paid_at,
            lost_callback: state.facts.lost_callback(),
            crm_status: state.crm_status,
            crm_document_ref: state.crm_document_ref,
            crm_linked_by: seen.linked_by,
            hold: seen.held.and_then(HoldView::new),
            needs_attention: seen.needs_attention,
            attention: seen.needs_attention.then_some(seen.diagnosis.code),
            diagnosis: seen.diagnosis.into(),
            actions,
            override_options: if may_mend {
                seen.override_options
            } else {
                Vec::new()
            },
            next_bank_query_at: attempt.next_query_at,
            created_at: attempt.created_at,
            updated_at: attempt.updated_at,
            version: attempt.version,
        }
    }
}

impl HoldView {
    /// What waits with a delivery; `None` when nothing does.
    pub(crate) fn new(delivery: Delivery) -> Option<Self> {
        let decisions = choices(&delivery);
        let hold = delivery.hold?;
        Some(Self {
            delivery_id: delivery.id,
            kind: delivery.kind,
            reason: hold.reason,
            since: hold.since,
            documents: hold.documents,
            clients: hold.clients,
            decisions,
            connection: delivery.connection,
        })
    }
}

impl AttemptView {
    /// Takes away what somebody of that role may not do.
    pub(crate) fn narrow(&mut self, role: Role) {
        if role.has(Right::Mend) {
            return;
        }
        for action in &mut self.actions {
            action.allowed = false;
            action.reason = Some(ErrorCode::Forbidden);
        }
        self.override_options.clear();
    }
}

impl From<Seen> for AttemptView {
    /// As somebody who may mend sees it; for others see [`AttemptView::narrow`].
    fn from(seen: Seen) -> Self {
        Self::new(seen, Role::Operator)
    }
}

impl From<Diagnosis> for DiagnosisView {
    fn from(diagnosis: Diagnosis) -> Self {
        Self {
            code: diagnosis.code,
            next_steps: diagnosis.next_steps,
            since: diagnosis.since,
            next_try_at: diagnosis.next_try_at,
            detail: diagnosis.detail,
        }
    }
}

fn action(allowed: Allowed, may_mend: bool) -> ActionView {
    let reason = if may_mend {
        allowed.obstacle.map(reason)
    } else {
        Some(ErrorCode::Forbidden)
    };
    ActionView {
        action: allowed.action,
        allowed: reason.is_none(),
        reason,
    }
}

fn reason(obstacle: Obstacle) -> ErrorCode {
    match obstacle {
        Obstacle::NotPaid => ErrorCode::NotPaid,
        Obstacle::AlreadySynced => ErrorCode::AlreadySynced,
        Obstacle::PostedByHand => ErrorCode::PostedByHand,
        Obstacle::DeliveryInProgress => ErrorCode::DeliveryInProgress,
        Obstacle::OverrideRefused => ErrorCode::OverrideRefused,
    }
}
