//! From the use cases' errors to problems: a `match` without a wildcard for each, so that a new error
//! does not compile until someone has chosen its code.

use sverka_app::attempts::{
    GetError, MarkPostedError, OverrideError, RecordError, ReportError, ResyncError, SearchError, Seen,
    TimelineError,
};
use sverka_app::auth::LoginError;
use sverka_app::bank_accounts::ResendError;
use sverka_app::callbacks::{CheckError, ListError, ProcessAgainError, ReceiveError, ShowError};
use sverka_app::checkout::CheckoutError;
use sverka_app::incidents::{GetIncidentError, IncidentResendError, ListIncidentsError, MissingError};
use sverka_app::paging::BadCursor;
use sverka_app::polling::AskError;
use sverka_app::ports::bank::BankError;
use sverka_app::ports::store::StoreError;
use sverka_domain::attempt::Rejected;
use sverka_domain::delivery::Refusal;

use super::{ErrorCode, Problem};
use crate::attempts::AttemptView;

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::Unavailable(_) => {
                tracing::error!(error = %error, "the database is not available");
                Self::plain(ErrorCode::DatabaseUnavailable).with_retry_after(2)
            }
            // Somebody changed the row between reading and writing: the caller may simply repeat.
            StoreError::Stale => Self::plain(ErrorCode::DatabaseUnavailable).with_retry_after(1),
            StoreError::Taken(_) | StoreError::Failed(_) => Self::internal(&error),
        }
    }
}

impl From<BadCursor> for Problem {
    fn from(error: BadCursor) -> Self {
        Self::new(ErrorCode::InvalidCursor, error.to_string())
    }
}

impl From<GetError> for Problem {
    fn from(error: GetError) -> Self {
        match error {
            GetError::NotFound(_) => Self::new(ErrorCode::NotFound, error.to_string()),
            GetError::Store(error) => error.into(),
        }
    }
}

impl From<SearchError> for Problem {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Cursor(error) => error.into(),
            SearchError::Store(error) => error.into(),
        }
    }
}

impl From<TimelineError> for Problem {
    fn from(error: TimelineError) -> Self {
        match error {
            TimelineError::NotFound(_) => Self::new(ErrorCode::NotFound, error.to_string()),
            TimelineError::Cursor(error) => error.into(),
            TimelineError::Store(error) => error.into(),
        }
    }
}

impl From<RecordError> for Problem {
    fn from(error: RecordError) -> Self {
        let detail = error.to_string();
        match error {
            RecordError::UnknownAccount(_) => Self::new(ErrorCode::UnknownBankAccount, detail),
            RecordError::Exists { .. } => Self::new(ErrorCode::AttemptExists, detail),
            RecordError::BankOrderIdTaken => Self::new(ErrorCode::BankOrderIdTaken, detail),
            RecordError::KeyReused => Self::new(ErrorCode::IdempotencyKeyReused, detail),
            RecordError::KeyInProgress => {
                Self::new(ErrorCode::IdempotencyInProgress, detail).with_retry_after(1)
            }
            RecordError::Store(error) => error.into(),
        }
    }
}

impl From<CheckoutError> for Problem {
    fn from(error: CheckoutError) -> Self {
        let detail = error.to_string();
        let with =
            |code, current: Seen| Self::new(code, detail.clone()).with_attempt(AttemptView::from(current));
        match error {
            CheckoutError::Record(error) => error.into(),
            CheckoutError::NotFound(_) => Self::new(ErrorCode::NotFound, detail),
            CheckoutError::UnknownAccount(_) => Self::new(ErrorCode::UnknownBankAccount, detail),
            CheckoutError::Stale { current, .. } => stale(detail, *current),
            CheckoutError::Closed { current } => with(ErrorCode::CheckoutClosed, *current),
            CheckoutError::Refused { current, .. } => with(ErrorCode::CheckoutRefused, *current),
            CheckoutError::Unavailable {
                current, retry_after, ..
            } => with(ErrorCode::CheckoutUnavailable, *current).with_retry_after(u64::from(retry_after)),
            CheckoutError::Store(error) => error.into(),
        }
    }
}

impl From<ReportError> for Problem {
    fn from(error: ReportError) -> Self {
        let detail = error.to_string();
        match error {
            ReportError::NotFound(_) => Self::new(ErrorCode::NotFound, detail),
            ReportError::Stale { current, .. } => stale(detail, *current),
            ReportError::BankOrderIdTaken => Self::new(ErrorCode::BankOrderIdTaken, detail),
            ReportError::Rejected(rejected) => rejected.into(),
            ReportError::Store(error) => error.into(),
        }
    }
}

impl From<OverrideError> for Problem {
    fn from(error: OverrideError) -> Self {
        let detail = error.to_string();
        match error {
            OverrideError::NotFound(_) => Self::new(ErrorCode::NotFound, detail),
            OverrideError::Stale { current, .. } => stale(detail, *current),
            OverrideError::Rejected(rejected) => rejected.into(),
            OverrideError::Delivery(refusal) => refusal.into(),
            OverrideError::Store(error) => error.into(),
        }
    }
}

impl From<ResyncError> for Problem {
    fn from(error: ResyncError) -> Self {
        let detail = error.to_string();
        match error {
            ResyncError::NotFound(_) => Self::new(ErrorCode::NotFound, detail),
            ResyncError::Stale { current, .. } => stale(detail, *current),
            ResyncError::NotPaid => Self::new(ErrorCode::NotPaid, detail),
            ResyncError::Refused(refusal) => refusal.into(),
            ResyncError::Store(error) => error.into(),
        }
    }
}

impl From<MarkPostedError> for Problem {
    fn from(error: MarkPostedError) -> Self {
        let detail = error.to_string();
        match error {
            MarkPostedError::NotFound(_) => Self::new(ErrorCode::NotFound, detail),
            MarkPostedError::Stale { current, .. } => stale(detail, *current),
            MarkPostedError::NotPaid => Self::new(ErrorCode::NotPaid, detail),
            MarkPostedError::Refused(refusal) => refusal.into(),
            MarkPostedError::Store(error) => error.into(),
        }
    }
}

impl From<AskError> for Problem {
    fn from(error: AskError) -> Self {
        let detail = error.to_string();
        match error {
            AskError::NotFound(_) => Self::new(ErrorCode::NotFound, detail),
            AskError::UnknownAccount(_) => Self::new(ErrorCode::UnknownBankAccount, detail),
            AskError::Bank(
                error @ (BankError::Unavailable(_) | BankError::Busy { .. } | BankError::Refused(_)),
            ) => Self::new(ErrorCode::BankUnavailable, error.to_string()),
            AskError::Store(error) => error.into(),
        }
    }
}

impl From<GetIncidentError> for Problem {
    fn from(error: GetIncidentError) -> Self {
        match error {
            GetIncidentError::NotFound(_) => Self::new(ErrorCode::NotFound, error.to_string()),
            GetIncidentError::Store(error) => error.into(),
        }
    }
}

impl From<ListIncidentsError> for Problem {
    fn from(error: ListIncidentsError) -> Self {
        match error {
            ListIncidentsError::Cursor(error) => error.into(),
            ListIncidentsError::Store(error) => error.into(),
        }
    }
}

impl From<MissingError> for Problem {
    fn from(error: MissingError) -> Self {
        match error {
            MissingError::Get(error) => error.into(),
            MissingError::Cursor(error) => error.into(),
            MissingError::Store(error) => error.into(),
        }
    }
}

impl From<IncidentResendError> for Problem {
    fn from(error: IncidentResendError) -> Self {
        match error {
            IncidentResendError::Get(error) => error.into(),
            IncidentResendError::Resend(error) => error.into(),
        }
    }
}

impl From<ReceiveError> for Problem {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::UnknownAccount(_) => Self::new(ErrorCode::NotFound, error.to_string()),
            ReceiveError::Store(error) => error.into(),
        }
    }
}

impl From<CheckError> for Problem {
    fn from(error: CheckError) -> Self {
        match error {
            CheckError::NotFound(_) => Self::new(ErrorCode::NotFound, error.to_string()),
            CheckError::Store(error) => error.into(),
        }
    }
}

impl From<ListError> for Problem {
    fn from(error: ListError) -> Self {
        match error {
            ListError::Cursor(error) => error.into(),
            ListError::Store(error) => error.into(),
        }
    }
}

impl From<ShowError> for Problem {
    fn from(error: ShowError) -> Self {
        match error {
            ShowError::NotFound(_) => Self::new(ErrorCode::NotFound, error.to_string()),
            ShowError::Store(error) => error.into(),
        }
    }
}

impl From<ProcessAgainError> for Problem {
    fn from(error: ProcessAgainError) -> Self {
        let detail = error.to_string();
        match error {
            ProcessAgainError::NotFound(_) => Self::new(ErrorCode::NotFound, detail),
            ProcessAgainError::RawDropped(_) => Self::new(ErrorCode::NotificationRawDropped, detail),
            ProcessAgainError::UnknownAccount(_) => Self::new(ErrorCode::UnknownBankAccount, detail),
            ProcessAgainError::Store(error) => error.into(),
        }
    }
}

impl From<ResendError> for Problem {
    fn from(error: ResendError) -> Self {
        let detail = error.to_string();
        match error {
            ResendError::NotFound(_) => Self::new(ErrorCode::NotFound, detail),
            ResendError::NotSupported(_) => Self::new(ErrorCode::ResendNotSupported, detail),
            ResendError::Bank(BankError::Unavailable(_) | BankError::Busy { .. } | BankError::Refused(_)) => {
                Self::new(ErrorCode::BankUnavailable, detail)
            }
        }
    }
}

impl From<LoginError> for Problem {
    fn from(error: LoginError) -> Self {
        match error {
            LoginError::BadCredentials => Self::new(ErrorCode::InvalidCredentials, error.to_string()),
            LoginError::SessionOver => Self::new(ErrorCode::SessionExpired, error.to_string()),
            LoginError::Store(error) => error.into(),
        }
    }
}

impl From<Rejected> for Problem {
    fn from(rejected: Rejected) -> Self {
        let code = match rejected {
            Rejected::AlreadySo(_) => ErrorCode::StatusUnchanged,
            Rejected::NotForPeople(_)
            | Rejected::NotForTheApp(_)
            | Rejected::BankHasIt(_)
            | Rejected::NothingToReturn(_)
            | Rejected::PassedOnAlready => ErrorCode::OverrideRefused,
        };
        Self::new(code, rejected.to_string())
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let code = match refusal {
            Refusal::AlreadySynced => ErrorCode::AlreadySynced,
            Refusal::PostedByHand => ErrorCode::PostedByHand,
            Refusal::InProgress | Refusal::NotStarted => ErrorCode::DeliveryInProgress,
            Refusal::Withdrawn => ErrorCode::NotPaid,
            Refusal::NotHeld => ErrorCode::NothingToDecide,
            Refusal::NotAmongFound => ErrorCode::NotAmongFound,
            Refusal::UnfitDecision => ErrorCode::UnfitDecision,
        };
        Self::new(code, refusal.to_string())
    }
}

pub(super) fn stale(detail: String, current: Seen) -> Problem {
    Problem::new(ErrorCode::VersionConflict, detail).with_attempt(AttemptView::from(current))
}
