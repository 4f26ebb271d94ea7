//! Registers an order, one stage. A number is good for one registration for ever, so that a repeat after
//! a lost answer is an error, not a second order.

use serde_json::{Map, Value};
use sverka_app::ports::bank::{BankError, NewOrder, Registered};

use super::settings::AccountCurrency;
use super::wire::Registration;

/// The gateway's limit on a description, in characters.
const MAX_DESCRIPTION: usize = 512;
/// The longest order number that any installation takes; some stop at 32 and say so themselves.
const MAX_ORDER_NUMBER: usize = 36;

/// What `register.do` is told, in the words of the gateway but in no encoding yet.
pub(crate) struct Registering<'a> {
    pub(crate) order_number: &'a str,
    pub(crate) amount: i64,
    pub(crate) currency: Option<&'a str>,
    pub(crate) return_url: &'a str,
    pub(crate) description: Option<&'a str>,
    /// The order's life, in seconds: unlike a date it has no time zone to be mistaken about.
    pub(crate) session_timeout_secs: Option<i64>,
    /// `jsonParams`: where the gateway looks for the address of the receipt.
    pub(crate) params: Map<String, Value>,
}

impl<'a> Registering<'a> {
    /// From an order, unless the gateway would not take it.
    pub(crate) fn new(order: &'a NewOrder, currency: &'a AccountCurrency) -> Result<Self, BankError> {
        if order.order_number.chars().count() > MAX_ORDER_NUMBER {
            return Err(BankError::Refused(format!(
                "orderNumber is longer than {MAX_ORDER_NUMBER} characters"
            )));
        }
        let unknown = |_| {
            BankError::Refused(format!(
                "the gateway's number for {} is not known",
                order.amount.currency
            ))
        };
        let mut params = Map::new();
        for (name, value) in [("email", &order.email), ("phone", &order.phone)] {
            if let Some(value) = value {
                params.insert(name.to_owned(), Value::from(value.as_str()));
            }
        }
        Ok(Self {
            order_number: &order.order_number,
            amount: order.amount.amount,
            currency: currency.numeric(order.amount.currency).map_err(unknown)?,
            return_url: &order.return_url,
            description: order.description.as_deref().map(shortened),
            session_timeout_secs: life(order)?,
            params,
        })
    }

    /// The fields of a form.
    pub(super) fn form(&self) -> Vec<(&'static str, String)> {
        let mut fields = vec![
            ("orderNumber", self.order_number.to_owned()),
            ("amount", self.amount.to_string()),
        ];
        let optional = [
            ("currency", self.currency.map(str::to_owned)),
            ("returnUrl", Some(self.return_url.to_owned())),
            ("description", self.description.map(str::to_owned)),
            (
                "sessionTimeoutSecs",
                self.session_timeout_secs.map(|seconds| seconds.to_string()),
            ),
            (
                "jsonParams",
                (!self.params.is_empty()).then(|| Value::from(self.params.clone()).to_string()),
            ),
        ];
        fields.extend(
            optional
                .into_iter()
                .filter_map(|(name, value)| Some((name, value?))),
        );
        fields
    }
}

fn shortened(description: &str) -> &str {
    let end = description.char_indices().nth(MAX_DESCRIPTION);
    &description[..end.map_or(description.len(), |(at, _)| at)]
}

fn life(order: &NewOrder) -> Result<Option<i64>, BankError> {
    let Some(until) = order.valid_until else {
        return Ok(None);
    };
    let seconds = until.duration_since(order.now).as_secs();
    if seconds > 0 {
        Ok(Some(seconds))
    } else {
        Err(BankError::Refused(
            "the order's life has ended already".to_owned(),
        ))
    }
}

/// What came of a registration.
pub(crate) fn registered(answer: Registration) -> Result<Registered, BankError> {
    let words = answer
        .error_text
        .unwrap_or_else(|| format!("errorCode {}", answer.error_code));
    match (answer.error_code, answer.form_url) {
        (0, Some(url)) if url.starts_with("https://") || url.starts_with("http://") => Ok(Registered {
            bank_order_id: answer.order_id,
            payment_url: url,
        }),
        (0, _) => Err(BankError::Unavailable("the answer has no formUrl".to_owned())),
        (1, _) => Err(BankError::Refused(format!("order number already used ({words})"))),
        (7, _) => Err(BankError::Unavailable(words)),
        _ => Err(BankError::Refused(words)),
    }
}
