//! The options of a request, and the form of the answer that it asks for.

use super::refusal::Refusal;

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Json { with_metadata: bool },
    Atom,
}

/// The options.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query {
    pub(crate) format: Option<String>,
    pub(crate) top: Option<usize>,
    pub(crate) skip: usize,
    pub(crate) select: Option<String>,
    pub(crate) filter: Option<String>,
    pub(crate) expand: Option<String>,
    pub(crate) orderby: Option<String>,
    pub(crate) inlinecount: bool,
}

/// Name and value of every option. A plus is a plus: 1C does not read what a form encoder made of a space.
pub(crate) fn pairs(query: &str) -> Vec<(String, String)> {
    url::form_urlencoded::parse(query.replace('+', "%2B").as_bytes())
        .into_owned()
        .collect()
}

impl Query {
    pub(crate) fn read(pairs: &[(String, String)]) -> Result<Self, Refusal> {
        let mut query = Self::default();
        for (name, value) in pairs {
            let number = || value.trim().parse().map_err(|_| Refusal::options(name));
            match name.as_str() {
                "$format" => query.format = Some(value.clone()),
                "$top" => query.top = Some(number()?),
                "$skip" => query.skip = number()?,
                "$select" => query.select = Some(value.clone()),
                "$filter" => query.filter = Some(value.clone()),
                "$expand" => query.expand = Some(value.clone()),
                "$orderby" => query.orderby = Some(value.clone()),
                "$inlinecount" => {
                    query.inlinecount = match value.as_str() {
                        "allpages" => true,
                        "none" => false,
                        _ => return Err(Refusal::options(name)),
                    }
                }
                // `allowedOnly`, `PostingModeOperational` and whatever a publication adds.
                _ => {}
            }
        }
        Ok(query)
    }
}

impl Format {
    /// `$format` goes before `Accept`; Atom when neither asks for JSON.
    pub(crate) fn asked(pairs: &[(String, String)], accept: &str) -> Result<Self, Refusal> {
        let told = pairs.iter().find(|(name, _)| name == "$format");
        let Some((_, told)) = told else {
            return Ok(if accept.contains("application/json") {
                Self::json(accept)
            } else {
                Self::Atom
            });
        };
        match told.split(';').next().unwrap_or_default().trim() {
            "json" | "application/json" => Ok(Self::json(told)),
            "atom" | "application/atom+xml" | "application/atom xml" => Ok(Self::Atom),
            _ => Err(Refusal::representation()),
        }
    }

    fn json(text: &str) -> Self {
        Self::Json {
            with_metadata: !text.contains("odata=nometadata"),
        }
    }
}
