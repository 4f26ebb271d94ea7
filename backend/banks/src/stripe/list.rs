//! The operations of a period: charges first, then refunds, each newest first.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use sverka_app::ports::bank::{BankError, Listed};
use sverka_domain::registry::{Line, LineKind};

use super::map::{self, id, text};

/// Our own limit: Stripe names none.
pub(super) const LONGEST: SignedDuration = SignedDuration::from_hours(31 * 24);

/// Which list, and after which of its objects.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place<'a> {
    pub(super) list: List,
    pub(super) after: Option<&'a str>,
}

/// One of the two lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Charges,
    Refunds,
}

impl List {
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Charges => "v1/charges",
            Self::Refunds => "v1/refunds",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Charges => "charges",
            Self::Refunds => "refunds",
        }
    }
}

impl<'a> Place<'a> {
    /// From a cursor of ours: `charges:ch_…`, `refunds:` or `refunds:re_…`.
    pub(super) fn read(cursor: Option<&'a str>) -> Result<Self, BankError> {
        let (list, after) = match cursor {
            None => (List::Charges, ""),
            Some(cursor) => match cursor.split_once(':') {
                Some(("charges", after)) => (List::Charges, after),
                Some(("refunds", after)) => (List::Refunds, after),
                _ => return Err(BankError::Refused("the cursor is not one of ours".to_owned())),
            },
        };
        Ok(Self {
            list,
            after: Some(after).filter(|after| !after.is_empty()),
        })
    }
}

/// The parameters of one page.
pub(super) fn parameters(place: &Place<'_>, from: Timestamp, to: Timestamp) -> Vec<(&'static str, String)> {
    let mut parameters = vec![
        ("created[gte]", from.as_second().to_string()),
        ("created[lt]", to.as_second().to_string()),
        ("limit", "100".to_owned()),
        ("expand[]", "data.balance_transaction".to_owned()),
    ];
    if place.list == List::Refunds {
        // A refund does not carry the shop's number; its charge does.
        parameters.push(("expand[]", "data.charge".to_owned()));
    }
    if let Some(after) = place.after {
        parameters.push(("starting_after", after.to_owned()));
    }
    parameters
}

/// One page as lines of a registry.
pub(super) fn listed(place: &Place<'_>, page: &Value) -> Result<Listed, BankError> {
    let data = page["data"]
        .as_array()
        .ok_or_else(|| BankError::Unavailable("the answer is not a list".to_owned()))?;
    let lines = match place.list {
        List::Charges => data.iter().map(payment).collect::<Result<Vec<_>, _>>()?,
        List::Refunds => data.iter().map(refund).collect::<Result<Vec<_>, _>>()?,
    };
    let last = data.last().and_then(|one| text(one, "id"));
    let next = match (page["has_more"] == true, last, place.list) {
        (true, Some(last), list) => Some(format!("{}:{last}", list.name())),
        (_, _, List::Charges) => Some("refunds:".to_owned()),
        (_, _, List::Refunds) => None,
    };
    Ok(Listed {
        lines: lines.into_iter().flatten().collect(),
        next,
    })
}

/// Money that was taken; a refused try or a hold is no operation with money.
fn payment(charge: &Value) -> Result<Option<Line>, BankError> {
    if charge["status"] != "succeeded" || charge["captured"] != true {
        return Ok(None);
    }
    line(
        charge,
        LineKind::Payment,
        "amount_captured",
        map::order_number(charge),
    )
}

fn refund(refund: &Value) -> Result<Option<Line>, BankError> {
    // One under way counts: the charge counts it too.
    if !matches!(refund["status"].as_str(), Some("succeeded" | "pending")) {
        return Ok(None);
    }
    line(
        refund,
        LineKind::Refund,
        "amount",
        map::order_number(&refund["charge"]),
    )
}

fn line(
    object: &Value,
    kind: LineKind,
    sum: &str,
    order_number: Option<String>,
) -> Result<Option<Line>, BankError> {
    let amount = map::sum(object, sum)?;
    let at = map::instant(&object["created"])
        .ok_or_else(|| BankError::Unavailable("an operation has no time".to_owned()))?;
    Ok(Some(Line {
        kind,
        bank_order_id: id(object, "payment_intent").or_else(|| text(object, "id")),
        order_number,
        rrn: None,
        amount,
        fee: fee(object),
        at,
    }))
}

/// The fee, where it is in the currency of the payment.
fn fee(object: &Value) -> Option<i64> {
    let settled = &object["balance_transaction"];
    let same = settled["currency"] == object["currency"];
    settled["fee"].as_i64().filter(|_| same && settled.is_object())
}
