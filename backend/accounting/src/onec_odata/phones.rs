//! A phone number in the spellings in which bases have it.

/// All spellings of a number that is in E.164; of any other, only itself.
pub(super) fn spellings(phone: &str) -> Vec<String> {
    let Some(digits) = phone.strip_prefix("+7").filter(|digits| digits.len() == 10) else {
        let bare = phone.strip_prefix('+').map(str::to_owned);
        return std::iter::once(phone.to_owned()).chain(bare).collect();
    };
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    let (code, first, second, third) = (part(0, 3), part(3, 6), part(6, 8), part(8, 10));
    vec![
        phone.to_owned(),
        format!("7{digits}"),
        format!("8{digits}"),
        digits.to_owned(),
        format!("+7 ({code}) {first}-{second}-{third}"),
        format!("8 ({code}) {first}-{second}-{third}"),
        format!("+7 {code} {first}-{second}-{third}"),
        format!("8-{code}-{first}-{second}-{third}"),
    ]
}

#[cfg(test)]
mod tests {
    use super::spellings;

    #[test]
    fn a_russian_number_has_many_spellings_and_another_two() {
        let all = spellings("+79161234567");
        for one in [
            "79161234567",
            "89161234567",
            "+7 (916) 123-45-67",
            "8-916-123-45-67",
        ] {
            assert!(all.iter().any(|known| known == one), "{one}");
        }
        assert_eq!(spellings("+4930123456"), ["+4930123456", "4930123456"]);
        assert_eq!(spellings("доб. 12"), ["доб. 12"]);
    }
}
