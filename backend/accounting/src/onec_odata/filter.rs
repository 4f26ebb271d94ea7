//! Addresses and filters, by OData version 3: `guid'…'`, `datetime'…'`, quotes doubled, spaces as `%20`.

use jiff::civil::DateTime;
use sverka_domain::money::Money;
use url::{Url, form_urlencoded};

use super::settings::OnecLink;

/// A text as a literal.
pub(super) fn text(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

/// A key as a literal. What is no key comes from a person or another system: it is made harmless.
pub(super) fn guid(key: &str) -> String {
    let key: String = key
        .chars()
        .filter(|letter| letter.is_ascii_hexdigit() || *letter == '-')
        .collect();
    format!("guid'{key}'")
}

/// A time on the base's own clock as a literal.
pub(super) fn datetime(at: DateTime) -> String {
    format!("datetime'{}'", stamp(at))
}

/// A time on the base's own clock, as bodies have it.
pub(super) fn stamp(at: DateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

/// A sum as a literal.
pub(super) fn sum(amount: Money) -> String {
    amount.to_decimal()
}

/// An attribute that has this text.
pub(super) fn is(attribute: &str, value: &str) -> String {
    format!("{attribute} eq {}", text(value))
}

/// An attribute that has any of these texts.
pub(super) fn is_any(attribute: &str, values: &[String]) -> String {
    let each: Vec<String> = values.iter().map(|value| is(attribute, value)).collect();
    each.join(" or ")
}

/// A link to the object under this key.
pub(super) fn points_to(link: &OnecLink, key: &str) -> String {
    match link {
        OnecLink::Plain(attribute) => format!("{attribute} eq {}", guid(key)),
        OnecLink::Typed { attribute, entity } => {
            format!("{attribute} eq cast({}, '{entity}')", guid(key))
        }
    }
}

/// Further query options, each encoded.
pub(super) fn query(mut url: Url, options: &[(&str, &str)]) -> Url {
    let encoded: Vec<String> = options
        .iter()
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    url.set_query(Some(&encoded.join("&")));
    url
}

/// Percent-encoded UTF-8. A form's encoding writes spaces as `+`, which 1C does not take for spaces.
fn encode(value: &str) -> String {
    let form: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
    form.replace('+', "%20").replace("%2C", ",")
}

#[cfg(test)]
mod tests {
    use sverka_domain::money::Currency;

    use super::*;

    #[test]
    fn literals_are_those_of_version_3() {
        assert_eq!(text("O'Нил"), "'O''Нил'");
        assert_eq!(
            guid("8a3e8b9e-0000-11e9-8a0a-0050569e0d9e"),
            "guid'8a3e8b9e-0000-11e9-8a0a-0050569e0d9e'"
        );
        assert_eq!(guid("1') or (1 eq 1"), "guid'11e1'");
        let at = jiff::civil::date(2026, 11, 24).at(9, 5, 0, 999);
        assert_eq!(datetime(at), "datetime'2026-11-24T09:05:00'");
        assert_eq!(sum(Money::new(499_050, Currency::RUB)), "4990.50");
        assert_eq!(
            points_to(
                &OnecLink::Typed {
                    attribute: "Контрагент".to_owned(),
                    entity: "Catalog_Контрагенты".to_owned()
                },
                "0a"
            ),
            "Контрагент eq cast(guid'0a', 'Catalog_Контрагенты')"
        );
    }

    #[test]
    fn a_filter_is_encoded_byte_for_byte() {
        let url = Url::parse("https://1c.example/b/odata/standard.odata/").unwrap();
        let url = url.join("Document_Чек").unwrap();
        let filter = format!("{} and DeletionMark eq false", is("НомерЧекаЭТ", "O'Н+1 &%"));
        let url = query(
            url,
            &[
                ("$format", "json"),
                ("$select", "Ref_Key,Posted"),
                ("$filter", &filter),
            ],
        );
        assert_eq!(
            url.as_str(),
            "https://1c.example/b/odata/standard.odata/Document_%D0%A7%D0%B5%D0%BA?$format=json&$select=Ref_Key,Posted&\
             $filter=%D0%9D%D0%BE%D0%BC%D0%B5%D1%80%D0%A7%D0%B5%D0%BA%D0%B0%D0%AD%D0%A2%20eq%20%27O%27%27%D0%9D%2B1%20\
             %26%25%27%20and%20DeletionMark%20eq%20false"
        );
    }
}
