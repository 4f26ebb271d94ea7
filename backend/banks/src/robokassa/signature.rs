//! `SignatureValue` of a notification: over `OutSum:InvId:Password#2` and the shop's own fields.

use subtle::ConstantTimeEq;
use sverka_app::ports::bank::Genuineness;

use super::hash::HashKind;
use crate::form::Form;
use crate::settings::Secret;

/// The text under the signature of a notification.
pub(super) fn text(out_sum: &[u8], inv_id: &[u8], password: &Secret, own: &[(Vec<u8>, Vec<u8>)]) -> Vec<u8> {
    let mut text = [out_sum, inv_id, password.expose().as_bytes()].join(&b':');
    for (name, value) in own {
        text.push(b':');
        text.extend_from_slice(name);
        text.push(b'=');
        text.extend_from_slice(value);
    }
    text
}

/// How a notification stands with its signature.
///
/// The shop's own fields are signed as the shop sent them, which may be URL-encoded; so the raw values are tried beside
/// the decoded ones.
pub(super) fn judge(form: &Form, raw: &[u8], password: &Secret, hash: HashKind) -> Genuineness {
    let Some(told) = form.bytes("SignatureValue") else {
        return Genuineness::Unsigned;
    };
    let (Some(out_sum), Some(inv_id)) = (form.bytes("OutSum"), form.bytes("InvId")) else {
        return Genuineness::Forged;
    };
    // Signed with one of two values of a name, read with the other: never.
    if form.repeats_any() {
        return Genuineness::Forged;
    }
    let told = told.to_ascii_lowercase();
    let fits = |own: Vec<(Vec<u8>, Vec<u8>)>| {
        let right = hash.hex(&text(out_sum, inv_id, password, &own));
        bool::from(right.as_bytes().ct_eq(&told))
    };
    if fits(own_fields(form)) || fits(raw_own_fields(raw)) {
        Genuineness::Genuine
    } else {
        Genuineness::Forged
    }
}

/// The shop's own fields, sorted by name without regard to case.
fn own_fields(form: &Form) -> Vec<(Vec<u8>, Vec<u8>)> {
    sorted(
        form.pairs()
            .filter(|(name, _)| is_own(name))
            .map(|(name, value)| (name.to_vec(), value.to_vec()))
            .collect(),
    )
}

fn raw_own_fields(raw: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let pairs = raw.split(|byte| *byte == b'&').filter_map(|pair| {
        let at = pair.iter().position(|byte| *byte == b'=')?;
        Some((pair[..at].to_vec(), pair[at + 1..].to_vec()))
    });
    sorted(pairs.filter(|(name, _)| is_own(name)).collect())
}

/// `Shp_…`, in whatever case; older shops write no underscore.
fn is_own(name: &[u8]) -> bool {
    name.get(..3)
        .is_some_and(|start| start.eq_ignore_ascii_case(b"shp"))
}

fn sorted(mut fields: Vec<(Vec<u8>, Vec<u8>)>) -> Vec<(Vec<u8>, Vec<u8>)> {
    fields.sort_by_key(|(name, _)| name.to_ascii_lowercase());
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_fields_are_sorted_without_regard_to_case() {
        let form = Form::parse(b"Shp_merchant_id=2&shp_label=1&OutSum=1&SHP_zone=3").unwrap();
        let names: Vec<_> = own_fields(&form)
            .into_iter()
            .map(|(name, _)| String::from_utf8(name).unwrap())
            .collect();
        assert_eq!(names, ["shp_label", "Shp_merchant_id", "SHP_zone"]);
    }
}
