//! The receiving side of Standard Webhooks: `v1,` + base64(HMAC-SHA256(key, `{id}.{timestamp}.{body}`)).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// How far the sender's clock may be off, both ways.
const TOLERANCE_S: i64 = 300;

/// A signed request, as it came.
pub(crate) struct Signed<'a> {
    pub(crate) id: &'a str,
    pub(crate) timestamp: &'a str,
    pub(crate) signatures: &'a str,
    pub(crate) body: &'a [u8],
}

/// Says why the request is not to be believed.
pub(crate) fn verify(secret: &str, request: &Signed<'_>, now_s: i64) -> Result<(), &'static str> {
    let key = STANDARD
        .decode(secret.trim_start_matches("whsec_"))
        .map_err(|_| "the receiver's own secret is not whsec_ + base64")?;
    let stamp: i64 = request
        .timestamp
        .parse()
        .map_err(|_| "webhook-timestamp is not a number")?;
    if (now_s - stamp).abs() > TOLERANCE_S {
        return Err("webhook-timestamp is more than five minutes off");
    }
    for signature in request
        .signatures
        .split(' ')
        .filter_map(|part| part.strip_prefix("v1,"))
    {
        let Ok(bytes) = STANDARD.decode(signature) else {
            continue;
        };
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&key) else {
            continue;
        };
        mac.update(format!("{}.{}.", request.id, request.timestamp).as_bytes());
        mac.update(request.body);
        if mac.verify_slice(&bytes).is_ok() {
            return Ok(());
        }
    }
    Err("no webhook-signature fits")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    fn published() -> Signed<'static> {
        Signed {
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            timestamp: "1614265330",
            signatures: "v1,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            body: br#"{"test": 2432232314}"#,
        }
    }

    #[test]
    fn the_published_signature_is_believed_within_five_minutes() {
        assert_eq!(verify(SECRET, &published(), 1_614_265_330), Ok(()));
        assert_eq!(verify(SECRET, &published(), 1_614_265_330 + 300), Ok(()));
        assert!(verify(SECRET, &published(), 1_614_265_330 + 301).is_err());
        assert!(verify(SECRET, &published(), 1_614_265_330 - 301).is_err());
    }

    #[test]
    fn changed_bytes_are_not_believed() {
        assert!(
            verify(
                SECRET,
                &Signed {
                    body: b"{}",
                    ..published()
                },
                1_614_265_330
            )
            .is_err()
        );
        assert!(
            verify(
                SECRET,
                &Signed {
                    id: "msg_other",
                    ..published()
                },
                1_614_265_330
            )
            .is_err()
        );
        assert!(
            verify(
                SECRET,
                &Signed {
                    signatures: "",
                    ..published()
                },
                1_614_265_330
            )
            .is_err()
        );
        assert!(verify("whsec_AAAA", &published(), 1_614_265_330).is_err());
    }
}
