//! A notification of our own on its way to the public address.

use std::time::Duration;

use sverka_app::ports::bank::RawCallback;
use sverka_app::ports::callback_sender::{CallbackSender, NotSent, SentAnswer};
use sverka_banks::HttpCallbackSender;

use crate::server::{Play, Server, ok};

fn posted() -> RawCallback {
    RawCallback {
        method: "POST".to_owned(),
        query: "a=%D0%96&b=1+2".to_owned(),
        body: b"{\"OrderId\":\"X\"}".to_vec(),
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        from: None,
    }
}

async fn send(server: &Server, raw: &RawCallback) -> Result<SentAnswer, NotSent> {
    let url = format!("{}callbacks/sber/main", server.base);
    HttpCallbackSender::within(Duration::from_secs(1))
        .send(&url, raw)
        .await
}

#[tokio::test]
async fn a_notification_goes_out_as_it_is_and_the_answer_comes_back() {
    let server = Server::start(vec![ok("OK")]).await;
    let answer = send(&server, &posted()).await.unwrap();
    assert_eq!((answer.status, answer.body.as_str()), (200, "OK"));
    let request = server.requests().remove(0);
    assert!(
        request.starts_with("POST /callbacks/sber/main?a=%D0%96&b=1+2 HTTP/1.1\r\n"),
        "{request}"
    );
    assert!(
        request.contains("content-type: application/json\r\n"),
        "{request}"
    );
    assert!(request.ends_with("\r\n\r\n{\"OrderId\":\"X\"}"), "{request}");
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let redirect = Play::With("301 Moved Permanently", "location: /other\r\n", String::new());
    let server = Server::start(vec![redirect]).await;
    assert_eq!(send(&server, &posted()).await.unwrap().status, 301);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn of_a_long_answer_only_the_beginning_is_read() {
    let server = Server::start(vec![ok(&"x".repeat(1024 * 1024))]).await;
    assert_eq!(send(&server, &posted()).await.unwrap().body.len(), 4 * 1024);
}

#[tokio::test]
async fn silence_is_told_in_words_without_the_address() {
    for play in [Play::Hang, Play::Close] {
        let server = Server::start(vec![play]).await;
        let NotSent(why) = send(&server, &posted()).await.unwrap_err();
        assert!(!why.is_empty() && !why.contains("127.0.0.1"), "{why}");
    }
    let sender = HttpCallbackSender::default();
    let NotSent(why) = sender
        .send("http://127.0.0.1:1/callbacks", &posted())
        .await
        .unwrap_err();
    assert!(why.starts_with("no connection"), "{why}");
    assert!(sender.send("pay.example.ru", &posted()).await.is_err());
}
