//! The instruments of the runs: the counter, and the proxy's chance.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use sverka_tests::runs::{Demand, Document, Expected, Fate, Kind, Proxy, Rates, Row, Tally, tally};

fn expected(kind: Kind, amount: i64) -> Expected {
    Expected {
        attempt: "a".into(),
        order_number: "R-1".into(),
        client: "c".into(),
        kind,
        amount,
    }
}

fn row(kind: Kind, state: &str) -> Row {
    Row {
        attempt: "a".into(),
        kind,
        state: state.into(),
        hold: (state == "held").then(|| "unclear".into()),
        tries: 1,
        last_error: None,
    }
}

fn document(key: &str, kind: Kind, amount: i64) -> Document {
    Document {
        key: key.into(),
        client: "c".into(),
        kind,
        amount,
        is_posted: true,
        is_deleted: false,
    }
}

/// One payment of 100, in the journal in that state, with those documents.
fn count(state: &str, documents: &[Document]) -> Tally {
    let (expected, rows) = ([expected(Kind::Payment, 100)], [row(Kind::Payment, state)]);
    tally(&expected, &rows, documents)
}

#[test]
fn what_is_there_once_with_the_right_sum_is_well() {
    let counted = count("synced", &[document("1", Kind::Payment, 100)]);
    assert_eq!(
        counted,
        Tally {
            once: 1,
            ..Tally::default()
        }
    );
    assert!(counted.keeps(Demand::ExactlyOnce));
}

#[test]
fn a_second_document_is_seen_whatever_stands_in_it() {
    for second in [document("2", Kind::Payment, 100), document("2", Kind::Payment, 7)] {
        for state in ["synced", "held", "in_doubt"] {
            let counted = count(state, &[document("1", Kind::Payment, 100), second.clone()]);
            assert_eq!((counted.once, counted.twice.len()), (0, 1), "{state}");
            assert!(!counted.keeps(Demand::NoneTwice));
        }
    }
    let draft = Document {
        is_posted: false,
        ..document("2", Kind::Payment, 100)
    };
    assert_eq!(
        count("synced", &[document("1", Kind::Payment, 100), draft])
            .twice
            .len(),
        1
    );
}

#[test]
fn a_cancelled_document_is_none() {
    let cancelled = Document {
        is_deleted: true,
        ..document("2", Kind::Payment, 100)
    };
    let counted = count("synced", &[document("1", Kind::Payment, 100), cancelled.clone()]);
    assert!(counted.keeps(Demand::ExactlyOnce), "{counted:?}");
    assert_eq!(count("synced", &[cancelled]).missing.len(), 1);
}

#[test]
fn what_the_journal_has_as_posted_and_is_not_there_is_missing() {
    let counted = count("synced", &[]);
    assert_eq!(counted.missing.len(), 1);
    assert!(!counted.keeps(Demand::NoneTwice));
    let unheard_of = tally(&[expected(Kind::Payment, 100)], &[], &[]);
    assert_eq!(unheard_of.missing.len(), 1);
}

#[test]
fn what_waits_for_a_person_is_no_loss_and_still_not_exactly_once() {
    for documents in [vec![], vec![document("1", Kind::Payment, 100)]] {
        let counted = count("held", &documents);
        assert_eq!(counted.held.len(), 1, "{counted:?}");
        assert!(counted.held[0].why.contains("unclear"));
        assert!(counted.keeps(Demand::NoneTwice) && !counted.keeps(Demand::ExactlyOnce));
    }
}

#[test]
fn another_sum_a_draft_and_what_is_still_under_way_are_told_apart() {
    assert_eq!(
        count("synced", &[document("1", Kind::Payment, 101)])
            .amount_differs
            .len(),
        1
    );
    let draft = Document {
        is_posted: false,
        ..document("1", Kind::Payment, 100)
    };
    assert_eq!(count("synced", &[draft]).unposted.len(), 1);
    assert_eq!(count("in_doubt", &[]).unfinished.len(), 1);
    assert_eq!(
        count("in_doubt", &[document("1", Kind::Payment, 100)])
            .unfinished
            .len(),
        1
    );
    assert_eq!(
        count("withdrawn", &[document("1", Kind::Payment, 100)])
            .unknown_to_us
            .len(),
        1
    );
}

#[test]
fn a_refund_comes_after_its_payment() {
    let expected = [expected(Kind::Payment, 100), expected(Kind::Refund, 30)];
    let rows = [row(Kind::Payment, "synced"), row(Kind::Refund, "synced")];
    let (payment, refund) = (document("1", Kind::Payment, 100), document("2", Kind::Refund, 30));
    let well = tally(&expected, &rows, &[payment.clone(), refund.clone()]);
    assert!(well.once == 2 && well.keeps(Demand::ExactlyOnce), "{well:?}");
    let early = tally(&expected, &rows, &[refund.clone(), payment]);
    assert_eq!(early.before_payment.len(), 1);
    let alone = tally(&expected, &rows, &[refund]);
    assert_eq!((alone.before_payment.len(), alone.missing.len()), (1, 1));
}

#[test]
fn a_document_that_nobody_paid_for_is_seen() {
    let stranger = Document {
        client: "other".into(),
        ..document("9", Kind::Payment, 100)
    };
    let counted = count("synced", &[document("1", Kind::Payment, 100), stranger.clone()]);
    assert_eq!(counted.strangers, [stranger]);
    let unasked = count(
        "synced",
        &[document("1", Kind::Payment, 100), document("2", Kind::Refund, 30)],
    );
    assert_eq!(unasked.strangers.len(), 1);
    assert!(!unasked.keeps(Demand::NoneTwice));
}

#[test]
fn the_fate_of_a_request_is_the_seeds_and_its_numbers() {
    let storm = Rates::storm(Duration::from_secs(2));
    let fates = |seed| -> Vec<Fate> { (0..2_000).map(|nth| storm.fate(seed, nth)).collect() };
    assert_eq!(fates(7), fates(7));
    assert_ne!(fates(7), fates(8));
    let spoiled = fates(7).iter().filter(|fate| **fate != Fate::Pass).count();
    assert!(
        (250..450).contains(&spoiled),
        "{spoiled} of 2000, 350 were to be expected"
    );
    let late = |fate: &&Fate| matches!(fate, Fate::DelayAnswer(by) if *by > Duration::from_secs(2));
    assert!(
        fates(7).iter().filter(late).count() > 0,
        "no answer is later than the client waits"
    );
}

/// A server that answers every request with the same, and tells what it got.
fn server() -> (std::net::SocketAddr, std::sync::mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut bytes = [0; 4096];
            let count = stream.read(&mut bytes).unwrap();
            tell.send(String::from_utf8_lossy(&bytes[..count]).into_owned())
                .unwrap();
            let answer =
                "HTTP/1.1 200 OK\r\ncontent-length: 40\r\n\r\n0123456789012345678901234567890123456789";
            stream.write_all(answer.as_bytes()).unwrap();
        }
    });
    (address, told)
}

/// What a client gets, to the end of the connection; `None` when it was reset.
async fn ask(proxy: &Proxy) -> Option<String> {
    let address = proxy.url.trim_start_matches("http://").to_owned();
    let asked = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).ok()?;
        stream
            .write_all(b"POST /payments HTTP/1.1\r\ncontent-length: 2\r\nConnection: keep-alive\r\n\r\nok")
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        Some(answer)
    });
    asked.await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_fault_of_the_proxy_is_what_its_name_says() {
    let (address, told) = server();
    let mut proxy = Proxy::start(1, address, Rates::calm()).await;
    let heard = |wait: u64| told.recv_timeout(Duration::from_millis(wait)).ok();
    let whole = ask(&proxy).await.unwrap();
    assert!(whole.ends_with("0123456789") && whole.starts_with("HTTP/1.1 200"));
    let request = heard(1_000).unwrap();
    assert!(request.ends_with("connection: close\r\n\r\nok"), "{request}");

    proxy.set(Rates {
        close_before: 1_000,
        ..Rates::calm()
    });
    assert_eq!(ask(&proxy).await.as_deref(), Some(""));
    assert_eq!(heard(200), None, "nothing was forwarded");

    proxy.set(Rates {
        drop_answer: 1_000,
        ..Rates::calm()
    });
    assert_eq!(ask(&proxy).await.as_deref(), Some(""));
    assert!(heard(1_000).is_some(), "it was forwarded");

    proxy.set(Rates {
        cut_answer: 1_000,
        ..Rates::calm()
    });
    let cut = ask(&proxy).await.unwrap();
    assert!(
        whole.starts_with(&cut) && (1..=24).contains(&(whole.len() - cut.len())),
        "{cut}"
    );
    assert!(heard(1_000).is_some());

    proxy.set(Rates {
        reset: 1_000,
        ..Rates::calm()
    });
    assert_eq!(ask(&proxy).await, None, "the connection was reset");
    assert!(heard(1_000).is_some(), "it was forwarded");

    let late = Duration::from_millis(600);
    proxy.set(Rates {
        delay_answer: 1_000,
        answer_delay: late,
        ..Rates::calm()
    });
    let asked = tokio::time::Instant::now();
    assert_eq!(ask(&proxy).await.as_deref(), Some(whole.as_str()));
    assert!(asked.elapsed() >= late && heard(0).is_some());

    proxy.set(Rates {
        delay_request: 1_000,
        request_delay: late..late * 2,
        ..Rates::calm()
    });
    assert_eq!(ask(&proxy).await.as_deref(), Some(whole.as_str()));
    assert!(heard(0).is_some());

    proxy.go_away();
    assert_eq!(ask(&proxy).await, None, "nobody listens");
    proxy.come_back().await;
    proxy.set(Rates::calm());
    assert_eq!(ask(&proxy).await.as_deref(), Some(whole.as_str()));
    let counts = proxy.counts();
    assert_eq!(
        (counts.requests(), counts.faults(), counts.outages),
        (8, 6, 1),
        "{counts}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_is_late_is_forwarded_though_the_client_gave_up() {
    let (address, told) = server();
    let delay = Duration::from_millis(500);
    let rates = Rates {
        delay_request: 1_000,
        request_delay: delay..delay * 2,
        ..Rates::calm()
    };
    let proxy = Proxy::start(1, address, rates).await;
    let mut client = TcpStream::connect(proxy.url.trim_start_matches("http://")).unwrap();
    client.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    drop(client);
    assert!(told.try_recv().is_err(), "it came too soon");
    let late = tokio::task::spawn_blocking(move || told.recv_timeout(Duration::from_secs(3)));
    assert!(late.await.unwrap().is_ok(), "it never came");
}
