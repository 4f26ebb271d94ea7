//! Public keys as banks' cabinets give them out.

use rsa::PublicKey;
use rsa::pkcs8::DecodePublicKey;
use x509_cert::Certificate;
use x509_cert::der::{DecodePem, Encode};

/// An RSA public key from PEM, or from its certificate. A certificate only carries the key here: it is trusted because
/// it was configured, whoever signed it and until whenever.
pub(crate) fn rsa_public_key(pem: &str) -> Option<PublicKey> {
    let pem = pem.trim();
    if !pem.starts_with("-----BEGIN CERTIFICATE-----") {
        return PublicKey::from_public_key_pem(pem).ok();
    }
    let certificate = Certificate::from_pem(pem).ok()?;
    let key = certificate.tbs_certificate().subject_public_key_info();
    PublicKey::from_public_key_der(&key.to_der().ok()?).ok()
}
