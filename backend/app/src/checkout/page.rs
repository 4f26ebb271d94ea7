//! The page of an order whose registration was not answered.

/// The address of an order's page, by that of another order of the same account: the order's id stands in it once.
/// Gateways do not tell the address again, but it differs in nothing else.
pub(super) fn page_like(known_url: &str, known_id: &str, id: &str) -> Option<String> {
    let is_told = known_id.len() >= 8 && known_url.matches(known_id).count() == 1;
    let is_plain = id
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    let is_alike = known_id.len() == id.len();
    (is_told && is_plain && is_alike).then(|| known_url.replace(known_id, id))
}

#[cfg(test)]
mod tests {
    use super::page_like;

    #[test]
    fn a_page_is_addressed_like_another_one_of_the_account() {
        let known = "https://bank.example/payment/merchants/club/payment_ru.html?mdOrder=70906e55-7114";
        assert_eq!(
            page_like(known, "70906e55-7114", "b8d70aa2-1111").as_deref(),
            Some("https://bank.example/payment/merchants/club/payment_ru.html?mdOrder=b8d70aa2-1111")
        );
    }

    #[test]
    fn what_is_not_told_is_not_guessed() {
        let without_id = "https://bank.example/pay/A-10452";
        assert_eq!(page_like(without_id, "70906e55-7114", "b8d70aa2-1111"), None);
        assert_eq!(
            page_like("https://b.example/12/12", "12", "13"),
            None,
            "too short to be sure"
        );
        let twice = "https://b.example/70906e55-7114/70906e55-7114";
        assert_eq!(page_like(twice, "70906e55-7114", "b8d70aa2-1111"), None);
        let once = "https://b.example/70906e55-7114";
        for odd in ["b8d70aa2/1111", "b8d7"] {
            assert_eq!(page_like(once, "70906e55-7114", odd), None);
        }
    }
}
