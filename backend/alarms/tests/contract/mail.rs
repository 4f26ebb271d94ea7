//! Mail.

use std::sync::Arc;

use sverka_alarms::{ChannelSettings, EmailSettings, Protection, build};
use sverka_app::ports::alarm::AlarmPort;

use crate::notice::{notice, refusal};
use crate::server::Server;

pub(crate) fn settings(port: u16) -> EmailSettings {
    EmailSettings {
        host: "127.0.0.1".to_owned(),
        port: Some(port),
        tls: Protection::None,
        user_name: None,
        password: None,
        ca_certificates: None,
        from: "Sverka <sverka@example.ru>".to_owned(),
        to: vec![
            "duty@example.ru".to_owned(),
            "Смена <shift@example.ru>".to_owned(),
        ],
    }
}

fn email(settings: EmailSettings) -> Arc<dyn AlarmPort> {
    build(&ChannelSettings::Email(settings)).unwrap()
}

#[tokio::test]
async fn a_letter_comes_to_everybody_with_one_id_for_all_tries() {
    let server = Server::smtp("354 Go on").await;
    let port = email(settings(server.port));
    port.send(&notice()).await.unwrap();
    port.send(&notice()).await.unwrap();
    let letters = server.seen();
    let letter = &letters[0];
    for part in [
        "MAIL FROM:<sverka@example.ru>",
        "RCPT TO:<duty@example.ru>",
        "RCPT TO:<shift@example.ru>",
        "Message-ID: <0190a1b2-0000-7000-8000-000000000001@example.ru>",
        "Date: Tue, 24 Nov 2026 11:20:01 +0000",
        "Subject: =?utf-8?b?",
        "Content-Type: text/plain; charset=utf-8",
    ] {
        assert!(letter.contains(part), "{part} is not in {letter}");
    }
    assert_eq!(letters[0], letters[1]);
}

#[tokio::test]
async fn what_the_server_does_not_take_is_told_in_its_words() {
    let server = Server::smtp("451 4.3.0 Mailbox is busy").await;
    let refused = refusal(&*email(settings(server.port))).await;
    assert!(refused.contains("Mailbox is busy"), "{refused}");
    let nobody = refusal(&*email(settings(1))).await;
    assert!(nobody.starts_with("the mail server did not take it"), "{nobody}");
}

#[tokio::test]
async fn a_server_that_cannot_protect_the_connection_gets_no_letter() {
    let server = Server::smtp("354 Go on").await;
    let protected = EmailSettings {
        tls: Protection::Starttls,
        ..settings(server.port)
    };
    refusal(&*email(protected)).await;
    assert_eq!(server.seen(), [""; 0]);
}
