//! Form-encoded pairs from the raw text, because a signature covers the values as they were sent.

/// Names and values, percent-decoded, in the order received. Values are bytes: a bank may use an old
/// Russian encoding, and only the fields that mean something have to be text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Form(Vec<(Vec<u8>, Vec<u8>)>);

/// The text is not form-encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed;

impl Form {
    /// Decodes `a=1&b=2` with `+` for a space. An incomplete percent code or a NUL is not guessed at.
    pub(crate) fn parse(raw: &[u8]) -> Result<Self, Malformed> {
        let pairs = raw.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| {
            let cut = pair.iter().position(|byte| *byte == b'=');
            let (name, value) = match cut {
                Some(at) => (&pair[..at], &pair[at + 1..]),
                None => (pair, &[][..]),
            };
            Ok((decode(name)?, decode(value)?))
        });
        pairs.collect::<Result<_, _>>().map(Self)
    }

    /// Pairs that came in another form.
    pub(crate) fn of(pairs: impl Iterator<Item = (String, String)>) -> Self {
        Self(
            pairs
                .map(|(name, value)| (name.into_bytes(), value.into_bytes()))
                .collect(),
        )
    }

    /// All pairs.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_slice(), value.as_slice()))
    }

    /// The first value of that name.
    pub(crate) fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.pairs()
            .find(|(known, _)| *known == name.as_bytes())
            .map(|(_, value)| value)
    }

    /// The first value of that name, when it is UTF-8 and not empty.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        let value = std::str::from_utf8(self.bytes(name)?).ok()?;
        Some(value).filter(|value| !value.is_empty())
    }

    /// Whether a name comes more than once.
    pub(crate) fn repeats(&self, name: &str) -> bool {
        self.pairs()
            .filter(|(known, _)| *known == name.as_bytes())
            .count()
            > 1
    }

    /// Whether any name comes more than once.
    pub(crate) fn repeats_any(&self) -> bool {
        let mut names: Vec<&[u8]> = self.pairs().map(|(name, _)| name).collect();
        names.sort_unstable();
        names.windows(2).any(|two| two[0] == two[1])
    }
}

fn decode(raw: &[u8]) -> Result<Vec<u8>, Malformed> {
    let mut decoded = Vec::with_capacity(raw.len());
    let mut bytes = raw.iter().copied();
    while let Some(byte) = bytes.next() {
        let byte = match byte {
            b'+' => b' ',
            b'%' => digit(bytes.next())? << 4 | digit(bytes.next())?,
            other => other,
        };
        if byte == 0 {
            return Err(Malformed);
        }
        decoded.push(byte);
    }
    Ok(decoded)
}

fn digit(byte: Option<u8>) -> Result<u8, Malformed> {
    match byte {
        Some(digit @ b'0'..=b'9') => Ok(digit - b'0'),
        Some(letter @ b'a'..=b'f') => Ok(letter - b'a' + 10),
        Some(letter @ b'A'..=b'F') => Ok(letter - b'A' + 10),
        _ => Err(Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_decoded_as_a_form() {
        let form = Form::parse("a=1+2&b=%D0%96%2B&c&=e&&d=x=y".as_bytes()).unwrap();
        assert_eq!(form.text("a"), Some("1 2"));
        assert_eq!(form.text("b"), Some("Ж+"));
        assert_eq!(form.bytes("c"), Some(&b""[..]));
        assert_eq!(form.text("c"), None);
        assert_eq!(form.text("d"), Some("x=y"));
        assert_eq!(form.pairs().count(), 5);
    }

    #[test]
    fn a_broken_percent_code_or_a_nul_is_refused() {
        for raw in ["a=%", "a=%4", "a=%4g", "%zz=1", "a=%00", "a=\0"] {
            assert_eq!(Form::parse(raw.as_bytes()), Err(Malformed), "{raw:?}");
        }
    }

    #[test]
    fn a_repeated_name_is_seen() {
        let form = Form::parse(b"a=1&b=2&%61=3").unwrap();
        assert!(form.repeats_any() && form.repeats("a") && !form.repeats("b"));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(raw: Vec<u8>) {
            let _ = Form::parse(&raw);
        }
    }
}
