//! Requests stay out of networks that the operator did not allow.

use sverka_accounting::WebhookSettings;
use sverka_domain::delivery::Verdict;

use crate::server::{Server, ok};
use crate::verdicts::{outgoing, port, webhook};

fn public(url: &str) -> WebhookSettings {
    WebhookSettings {
        allow_private_network: false,
        ..webhook(url)
    }
}

#[tokio::test]
async fn a_private_address_is_refused_whether_written_out_or_behind_a_name() {
    let server = Server::start(vec![ok("")]).await;
    let (_, number) = server.base.trim_end_matches('/').rsplit_once(':').unwrap();
    for host in [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "2130706433",
        "[::ffff:127.0.0.1]",
        "169.254.169.254",
    ] {
        let sent = port(public(&format!("https://{host}:{number}/")))
            .send(&outgoing(b"{}"))
            .await;
        let Verdict::ConnectionRefused { reason } = sent.verdict else {
            panic!("{host}: {sent:?}")
        };
        assert!(reason.contains("allow_private_network"), "{reason}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_private_address_that_is_allowed_is_reached_by_number_and_by_name() {
    let server = Server::start(vec![ok("")]).await;
    for url in [server.base.clone(), server.base.replace("127.0.0.1", "localhost")] {
        let sent = port(webhook(&url)).send(&outgoing(b"{}")).await;
        assert_eq!(sent.verdict, Verdict::Applied { document_ref: None });
    }
    assert_eq!(server.requests().len(), 2);
}
