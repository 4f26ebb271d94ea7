//! An order with a payment page of its own.

use sverka_app::ports::bank::NewOrder;

/// The fields of `orders/create`. The page has no life that could be set: `valid_until` has nowhere to go.
pub(super) fn fields<'a>(
    order: &'a NewOrder,
    amount: &'a str,
    two_stage: bool,
) -> Vec<(&'static str, &'a str)> {
    let mut fields = vec![
        ("Amount", amount),
        ("Currency", order.amount.currency.as_str()),
        ("InvoiceId", order.order_number.as_str()),
        // The page needs words.
        (
            "Description",
            order
                .description
                .as_deref()
                .filter(|text| !text.is_empty())
                .unwrap_or(&order.order_number),
        ),
        ("RequireConfirmation", if two_stage { "true" } else { "false" }),
        ("SendEmail", "false"),
        ("SuccessRedirectUrl", order.return_url.as_str()),
        ("FailRedirectUrl", order.return_url.as_str()),
    ];
    if let Some(email) = &order.email {
        fields.push(("Email", email));
    }
    if let Some(phone) = &order.phone {
        fields.push(("Phone", phone));
    }
    fields
}
