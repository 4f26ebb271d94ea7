//! `SecurityKey`: MD5 over named fields in a fixed order and the secret, in lower-case hex.

use md5::{Digest, Md5};
use subtle::ConstantTimeEq;
use sverka_app::ports::bank::Genuineness;

use crate::form::Form;
use crate::settings::Secret;

/// What a notification signs, in this order. No result is among it.
pub(super) const SIGNED: [&str; 5] = ["DateTime", "TransactionID", "OrderId", "Amount", "Currency"];

/// The key over fields as they are: values un-encoded, the case of names matters.
pub(super) fn security_key(fields: &[(&str, &[u8])], secret: &Secret) -> String {
    let mut digest = Md5::new();
    for (name, value) in fields {
        digest.update(name.as_bytes());
        digest.update(b"=");
        digest.update(value);
        digest.update(b"&");
    }
    digest.update(b"PrivateSecurityKey=");
    digest.update(secret.expose().as_bytes());
    hex::encode(digest.finalize())
}

/// How a notification stands with its key.
pub(super) fn judge(form: &Form, secret: &Secret) -> Genuineness {
    let Some(told) = form.bytes("SecurityKey") else {
        return Genuineness::Unsigned;
    };
    let fields: Option<Vec<_>> = SIGNED
        .iter()
        .map(|name| Some((*name, form.bytes(name)?)))
        .collect();
    let repeated = form.repeats("SecurityKey") || SIGNED.iter().any(|name| form.repeats(name));
    let Some(fields) = fields.filter(|_| !repeated) else {
        return Genuineness::Forged;
    };
    let right = security_key(&fields, secret);
    // Libraries send either case of hex.
    if bool::from(right.as_bytes().ct_eq(&told.to_ascii_lowercase())) {
        Genuineness::Genuine
    } else {
        Genuineness::Forged
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "3844908d-4c2a-42e1-9be0-91bb5d068d22";

    /// The literals of PayOnline's manual, and two computed from its formula.
    #[test]
    fn requests_are_signed_as_in_the_manual() {
        let order = [("MerchantId", &b"12345"[..]), ("OrderId", b"56789")];
        let payment = [order[0], order[1], ("Amount", b"9.99"), ("Currency", b"USD")];
        let transaction = [order[0], ("TransactionId", b"123456789")];
        let secret = Secret::new(SECRET);
        assert_eq!(
            security_key(&payment, &secret),
            "56a5663a5d72fe15124396754bbcb38c"
        );
        assert_eq!(security_key(&order, &secret), "c1d176641053284bb34001cdeb7c458d");
        assert_eq!(
            security_key(&transaction, &secret),
            "15667e71e9f4df94564ced08650aaa1b"
        );
    }
}
