//! What the receiver gets: stored bytes under a signature that another implementation accepts.

use sverka_accounting::{Secret, Secrets};

use crate::server::{Server, ok};
use crate::verdicts::{SECRET, outgoing, port, webhook};

const OLD: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

fn header<'a>(request: &'a str, name: &str) -> &'a str {
    let found = request.lines().find_map(|line| {
        line.split_once(": ")
            .filter(|(known, _)| known.eq_ignore_ascii_case(name))
    });
    found.unwrap_or_else(|| panic!("no {name}")).1
}

#[tokio::test]
async fn the_bytes_go_as_they_are_under_the_delivery_s_id_and_the_time_of_the_try() {
    let server = Server::start(vec![ok("")]).await;
    let body = "{ \"имя\" :\t1}";
    port(webhook(&format!("{}payments?a=1", server.base)))
        .send(&outgoing(body.as_bytes()))
        .await;
    let requests = server.requests();
    let (head, sent) = requests[0].split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /payments?a=1 HTTP/1.1"));
    assert_eq!(sent, body);
    assert_eq!(header(head, "content-type"), "application/json");
    assert_eq!(header(head, "webhook-id"), "0190a1b2-0000-7000-8000-000000000001");
    assert_eq!(header(head, "webhook-timestamp"), "1795514400");
}

/// The published library knows nothing of ours. It checks the time too, so only the signatures are compared.
#[tokio::test]
async fn the_signature_is_that_of_the_published_library_for_every_secret() {
    let server = Server::start(vec![ok("")]).await;
    let mut settings = webhook(&server.base);
    settings.secret = Secrets::Several(vec![Secret::new(SECRET), Secret::new(OLD)]);
    let try_of_it = outgoing("{\"data\":{\"client\":\"Иванов Иван\"}}".as_bytes());
    port(settings).send(&try_of_it).await;
    let requests = server.requests();
    let told = header(&requests[0], "webhook-signature");
    let id = try_of_it.delivery_id.to_string();
    let expected = [SECRET, OLD].map(|secret| {
        standardwebhooks::Webhook::new(secret)
            .unwrap()
            .sign(&id, 1_795_514_400, &try_of_it.body)
            .unwrap()
    });
    assert_eq!(told, expected.join(" "));
}

#[tokio::test]
async fn every_try_has_a_connection_of_its_own() {
    let server = Server::start(vec![ok("")]).await;
    let port = port(webhook(&server.base));
    for _ in 0..3 {
        port.send(&outgoing(b"{}")).await;
    }
    assert_eq!(server.requests().len(), 3);
}

/// What receivers' authors are given to check themselves by.
#[test]
fn the_vectors_of_the_document_are_those_of_the_published_library() {
    let document = include_str!("../../../../docs/webhook.md");
    let vectors: Vec<Vec<&str>> = document
        .lines()
        .filter(|line| line.starts_with("| `whsec_"))
        .map(|line| line.trim_matches(['|', ' ', '`']).split("` | `").collect())
        .collect();
    assert_eq!(vectors.len(), 3);
    for vector in vectors {
        let [secret, id, seconds, body, signature] = vector.as_slice() else {
            panic!("{vector:?}")
        };
        let signed = standardwebhooks::Webhook::new(secret)
            .unwrap()
            .sign(id, seconds.parse().unwrap(), body.as_bytes())
            .unwrap();
        assert_eq!(&signed, signature, "{id}");
    }
}
