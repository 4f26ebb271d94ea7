//! Registers an order, one stage. A number is good for one registration for ever, so that a repeat after
//! a lost answer is an error, not a second order.

use sverka_app::ports::bank::{BankError, NewOrder, Registered};

use super::settings::AccountCurrency;
use super::wire::Registration;

/// The gateway's limit on a description, in characters.
const MAX_DESCRIPTION: usize = 512;

/// The fields of `register.do`.
pub(super) fn fields<'a>(
    order: &'a NewOrder,
    amount: &'a str,
    currency: &'a AccountCurrency,
) -> Result<Vec<(&'a str, &'a str)>, BankError> {
    let numeric = currency.numeric(order.amount.currency).ok_or_else(|| {
        BankError::Refused(format!(
            "the gateway's number for {} is not known",
            order.amount.currency
        ))
    })?;
    let mut fields = vec![
        ("orderNumber", order.order_number.as_str()),
        ("amount", amount),
        ("currency", numeric),
        ("returnUrl", order.return_url.as_str()),
    ];
    if let Some(description) = &order.description {
        let end = description
            .char_indices()
            .nth(MAX_DESCRIPTION)
            .map_or(description.len(), |(at, _)| at);
        fields.push(("description", &description[..end]));
    }
    Ok(fields)
}

/// What came of a registration.
pub(super) fn registered(answer: Registration) -> Result<Registered, BankError> {
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
