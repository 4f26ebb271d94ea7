//! Settings: what is wrong is named, and no secret is shown.

use super::*;

fn refused(change: impl FnOnce(&mut TrytonSettings)) -> &'static str {
    let mut told = settings("http://erp.lan/");
    change(&mut told);
    match build(ConnectionSettings::Tryton(told)) {
        Ok(_) => panic!("accepted"),
        Err(error) => {
            assert!(!error.to_string().contains("hunter2"), "{error}");
            error.field
        }
    }
}

#[test]
fn what_is_wrong_is_named() {
    for url in [
        "",
        "erp",
        "ftp://erp.example/",
        "https://user:hunter2@erp.example/",
    ] {
        assert_eq!(refused(|told| told.url = url.to_owned()), "url", "{url}");
    }
    assert_eq!(refused(|told| told.database = "a/b".to_owned()), "database");
    assert_eq!(refused(|told| told.user = String::new()), "user");
    assert_eq!(refused(|told| told.company = 0), "company");
    assert_eq!(refused(|told| told.payment_journal = -1), "payment_journal");
    assert_eq!(
        refused(|told| told.currency = Some("roubles".to_owned())),
        "currency"
    );
    assert_eq!(
        refused(|told| told.timezone = Some("Mars/Olympus".to_owned())),
        "timezone"
    );
    assert_eq!(refused(|told| told.timeout_seconds = Some(0)), "timeout_seconds");
    assert_eq!(
        refused(|told| told.try_timeout_seconds = Some(1)),
        "try_timeout_seconds"
    );
    assert_eq!(
        refused(|told| told.settling_seconds = Some(0)),
        "settling_seconds"
    );
}

#[test]
fn the_password_is_in_no_text() {
    let mut told = settings("http://erp.lan/");
    told.password = Secret::new("hunter2");
    assert!(!format!("{told:?}").contains("hunter2"));
}
