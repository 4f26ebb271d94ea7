//! The hash under every signature, as chosen in the cabinet.

use md5::Md5;
use ripemd::Ripemd160;
use serde::Deserialize;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// Which hash.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HashKind {
    /// MD5, the cabinet's default.
    #[default]
    Md5,
    /// RIPEMD-160.
    Ripemd160,
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl HashKind {
    /// The hash of a text, lower-case hex.
    pub(super) fn hex(self, text: &[u8]) -> String {
        match self {
            Self::Md5 => hex::encode(Md5::digest(text)),
            Self::Ripemd160 => hex::encode(Ripemd160::digest(text)),
            Self::Sha1 => hex::encode(Sha1::digest(text)),
            Self::Sha256 => hex::encode(Sha256::digest(text)),
            Self::Sha384 => hex::encode(Sha384::digest(text)),
            Self::Sha512 => hex::encode(Sha512::digest(text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The hashes of "abc" in their standards.
    #[test]
    fn each_hash_is_the_one_that_it_is_called() {
        let begins = |kind: HashKind| kind.hex(b"abc").get(..16).map(str::to_owned);
        for (kind, expected) in [
            (HashKind::Md5, "900150983cd24fb0"),
            (HashKind::Ripemd160, "8eb208f7e05d987a"),
            (HashKind::Sha1, "a9993e364706816a"),
            (HashKind::Sha256, "ba7816bf8f01cfea"),
            (HashKind::Sha384, "cb00753f45a35e8b"),
            (HashKind::Sha512, "ddaf35a193617aba"),
        ] {
            assert_eq!(begins(kind).as_deref(), Some(expected), "{kind:?}");
        }
    }

    /// django-robokassa's payment form.
    #[test]
    fn the_published_payment_is_signed_alike() {
        let text = b"test_login:100.0:58:test_password:shpparam1=None:shpparam2=None";
        assert_eq!(
            HashKind::Md5.hex(text).to_uppercase(),
            "0EC23BE40003640B35EC07F6615FFB57"
        );
    }
}
