//! A query string, strictly: unknown parameters and wrong values are refused by name.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use crate::problem::{ErrorCode, FieldError, Problem};

/// The parameters as `T`; a parameter that may be repeated is a `Vec`.
pub(crate) struct QueryOf<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest for QueryOf<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(parse(request.query_string()).map(Self))
    }
}

/// A parameter that may be left out, and is none of the values that it may have where it is there and empty.
pub(crate) fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    value: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(value).map(Some)
}

pub(crate) fn parse<T: DeserializeOwned>(query: &str) -> Result<T, Problem> {
    // PostgreSQL keeps no NUL in a text, so none can be found; U+FFFD is not found either.
    let query = query.replace("%00", "%EF%BF%BD");
    let pairs = form_urlencoded::parse(query.as_bytes());
    let deserializer = serde_html_form::Deserializer::new(pairs);
    serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let path = error.path().to_string();
        invalid(
            path.split(['[', '.']).next().unwrap_or_default(),
            &error.inner().to_string(),
        )
    })
}

fn invalid(field: &str, message: &str) -> Problem {
    let fault = FieldError {
        field: field.into(),
        code: "invalid".into(),
        message: message.into(),
    };
    let detail = if field.is_empty() {
        message.to_owned()
    } else {
        format!("{field}: {message}")
    };
    Problem::new(ErrorCode::InvalidQuery, detail).with_errors(vec![fault])
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        #[serde(default)]
        bank: Vec<String>,
        #[serde(default, deserialize_with = "present")]
        limit: Option<u32>,
    }

    #[test]
    fn a_parameter_may_be_repeated() {
        let sample: Sample = parse("bank=sber&bank=payonline&limit=5").expect("good");
        assert_eq!((sample.bank.len(), sample.limit), (2, Some(5)));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let problem = parse::<Sample>("limit=many").expect_err("not a number");
        assert!(problem.to_string().contains("invalid_query"));
        assert!(parse::<Sample>("colour=red").is_err());
        assert!(parse::<Sample>("limit=").is_err(), "nothing is no number");
        assert_eq!(parse::<Sample>("bank=").expect("a text may be empty").limit, None);
    }
}
