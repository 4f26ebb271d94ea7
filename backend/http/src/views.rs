//! Shapes that several operations share.

use serde::Serialize;
use sverka_app::paging::Listed;
use sverka_app::ports::store::Total;
use utoipa::ToSchema;

/// Whether a total is exact.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Relation {
    /// Exactly so many.
    Eq,
    /// So many or more: counting stopped.
    Gte,
}

/// How many rows match; counting stops at 10 000.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct TotalView {
    /// The count.
    #[schema(example = 1234)]
    value: u64,
    /// Whether it is exact.
    relation: Relation,
}

impl From<Total> for TotalView {
    fn from(total: Total) -> Self {
        match total {
            Total::Exactly(value) => Self {
                value,
                relation: Relation::Eq,
            },
            Total::AtLeast(value) => Self {
                value,
                relation: Relation::Gte,
            },
        }
    }
}

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PageOf<T: ToSchema> {
    /// The rows.
    items: Vec<T>,
    /// For the next page; null at the end.
    #[schema(required = true)]
    next_cursor: Option<String>,
    /// How many there are.
    total: TotalView,
}

impl<T: ToSchema> PageOf<T> {
    pub(crate) fn new<U>(listed: Listed<U>, view: impl Fn(U) -> T) -> Self {
        Self {
            items: listed.items.into_iter().map(view).collect(),
            next_cursor: listed.next_cursor,
            total: listed.total.into(),
        }
    }
}
