//! A gateway that is down, slow, overloaded or somebody else.

use sverka_app::ports::bank::BankError;
use sverka_banks::{BankSettings, build};

use crate::rbs_answers::question;
use crate::rbs_callbacks::rbs;
use crate::server::{Play, Server, ok};

async fn ask(play: Play) -> BankError {
    let server = Server::start(vec![play]).await;
    let port = build(BankSettings::Sber(rbs(&server.base))).unwrap();
    let error = port.ask(&question(None)).await.unwrap_err();
    assert_eq!(server.requests().len(), 1, "asked once");
    assert!(!error.to_string().contains("127.0.0.1"), "{error}");
    error
}

#[tokio::test]
async fn troubles_of_the_other_side_are_no_answer() {
    for play in [
        Play::Answer("500 Internal Server Error", "{}".to_owned()),
        Play::Answer("502 Bad Gateway", "<html>".to_owned()),
        Play::With("302 Found", "location: /other\r\n", String::new()),
        Play::Hang,
        Play::Close,
        Play::Cut(r#"{"orderStatus":2}"#.to_owned()),
        ok("<html>works</html>"),
        ok(""),
        ok(&"x".repeat(2 * 1024 * 1024)),
    ] {
        let error = ask(play).await;
        assert!(matches!(error, BankError::Unavailable(_)), "{error:?}");
    }
}

#[tokio::test]
async fn an_overloaded_gateway_is_left_alone_for_as_long_as_it_asks() {
    let plain = Play::Answer("429 Too Many Requests", String::new());
    assert_eq!(ask(plain).await, BankError::Busy { retry_after: None });
    let told = Play::With("429 Too Many Requests", "retry-after: 30\r\n", String::new());
    assert_eq!(
        ask(told).await,
        BankError::Busy {
            retry_after: Some(30)
        }
    );
}

#[tokio::test]
async fn a_refusal_at_the_door_is_for_a_person_to_mend() {
    for status in ["401 Unauthorized", "403 Forbidden", "404 Not Found"] {
        let error = ask(Play::Answer(status, String::new())).await;
        assert!(matches!(error, BankError::Refused(_)), "{error:?}");
    }
}

#[tokio::test]
async fn a_port_where_nobody_listens_is_no_answer() {
    let port = build(BankSettings::Sber(rbs("http://127.0.0.1:1/"))).unwrap();
    let error = port.ask(&question(None)).await.unwrap_err();
    assert!(matches!(error, BankError::Unavailable(_)), "{error:?}");
}
