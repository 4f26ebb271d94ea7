//! Alarms about connections arrive at a real webhook and a real mail server: an outage, its end, and what waits for a
//! person for too long.

use serde_json::{Value, json};
use sverka_alarms::ChannelSettings;
use sverka_app::connections::ConnectionNews;
use sverka_app::incidents::Alarmed;
use sverka_app::ports::alarm::{Channel, Channels, Language};
use sverka_app::ports::store::ConnectionState;
use sverka_simulator::api::AccountingMode;
use sverka_tests::whole::{Engine, Setup, TestApp, attempt};

use crate::alarms::server::Server;

const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

fn channel(name: &str, language: Language, settings: Value) -> Channel {
    let settings: ChannelSettings = serde_json::from_value(settings).unwrap();
    Channel {
        name: name.to_owned(),
        kind: settings.kind(),
        language,
        quiet: None,
        port: sverka_alarms::build(&settings).unwrap(),
    }
}

async fn with_channels(engine: Engine, web: &Server, mail: &Server) -> TestApp {
    let url = format!("http://127.0.0.1:{}/", web.port);
    let webhook = json!({"kind": "webhook", "url": url, "secret": SECRET, "allow_private_network": true});
    let email = json!({
        "kind": "email",
        "host": "127.0.0.1",
        "port": mail.port,
        "tls": "none",
        "from": "sverka@example.ru",
        "to": ["duty@example.ru"],
    });
    let channels = vec![
        channel("monitoring", Language::En, webhook),
        channel("duty", Language::Ru, email),
    ];
    TestApp::set_up(Setup {
        channels: Channels::new(channels),
        ..Setup::on(engine)
    })
    .await
}

/// What a look makes, and how many alarms each channel then takes.
async fn look(app: &TestApp) -> (Vec<ConnectionNews>, usize) {
    let news = app.sverka.watch_connections().await.unwrap();
    let mut taken = 0;
    for channel in ["monitoring", "duty"] {
        let mut turns = 0;
        loop {
            match app.sverka.send_alarm(channel).await.unwrap() {
                Alarmed::Nothing => break,
                Alarmed::Sent => turns += 1,
                other => panic!("{channel}: {other:?}"),
            }
        }
        taken = turns;
    }
    let news = news.into_iter().map(|(connection, news)| {
        assert_eq!(connection, "crm");
        news
    });
    (news.collect(), taken)
}

async fn an_outage_and_its_end_are_told_once(engine: Engine) {
    let (web, mail) = (
        Server::http(vec![("200 OK", "")]).await,
        Server::smtp("354 Go on").await,
    );
    let app = with_channels(engine, &web, &mail).await;
    app.accounting_answers(AccountingMode::Busy503).await;
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    app.deliver().await;
    app.advance(14 * 60);
    assert_eq!(look(&app).await, (vec![], 0), "fourteen minutes are no outage");
    app.advance(61);
    app.deliver().await;
    assert_eq!(look(&app).await, (vec![ConnectionNews::Failing], 1));
    assert_eq!(look(&app).await, (vec![], 0), "it is told once");

    // The receiver's own clock stands, and would refuse what is signed half an hour later.
    let is_well = ConnectionState {
        name: "crm".to_owned(),
        last_good_at: Some(app.sverka.now()),
        ..ConnectionState::default()
    };
    let store = app.sverka.store();
    let saved = store.write(move |tx| tx.deliveries().save_connection(&is_well));
    saved.await.unwrap();
    assert_eq!(look(&app).await, (vec![ConnectionNews::Recovered], 1));
    assert_eq!(look(&app).await, (vec![], 0));

    let requests = web.seen();
    assert_eq!(requests.len(), 2);
    assert!(
        requests[0].contains("\"type\":\"connection.failing\""),
        "{}",
        requests[0]
    );
    assert!(requests[0].contains("Connection crm: does not take anything since "));
    assert!(
        requests[0].contains("1 payment waiting (4500.00 RUB)"),
        "{}",
        requests[0]
    );
    assert!(requests[0].contains("last error: "), "{}", requests[0]);
    assert!(requests[0].contains("https://pay.example.ru/connections"));
    assert!(
        requests[1].contains("\"type\":\"connection.recovered\""),
        "{}",
        requests[1]
    );
    let letters = mail.seen();
    assert_eq!(letters.len(), 2);
    assert!(letters[0].contains("RCPT TO:<duty@example.ru>"));
    for personal in ["Иванова", "9161234567"] {
        assert!(!requests.concat().contains(personal));
    }
    let incidents = app.viewer().get("/api/v1/incidents").await.ok();
    assert_eq!(incidents["items"], json!([]), "it is no incident of a bank");
    app.leave_deliveries_open();
    app.finish().await;
}

async fn a_paused_connection_is_no_outage(engine: Engine) {
    let (web, mail) = (
        Server::http(vec![("200 OK", "")]).await,
        Server::smtp("354 Go on").await,
    );
    let app = with_channels(engine, &web, &mail).await;
    app.accounting_answers(AccountingMode::Busy503).await;
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    app.deliver().await;
    let pause = json!({"reason": "Moving to another server"});
    let path = "/api/v1/connections/crm/pause";
    app.supervisor().post(path, &pause).await.ok();
    app.advance(60 * 60);
    assert_eq!(look(&app).await, (vec![], 0), "whoever paused it knows");
    app.leave_deliveries_open();
    app.finish().await;
}

async fn what_waits_for_a_person_is_told_once_a_day(engine: Engine) {
    let (web, mail) = (
        Server::http(vec![("200 OK", "")]).await,
        Server::smtp("354 Go on").await,
    );
    let app = with_channels(engine, &web, &mail).await;
    app.accounting_answers(AccountingMode::Reject422).await;
    for _ in 0..2 {
        let paid = app.given(attempt()).await;
        app.pays(&paid).await;
    }
    app.deliver().await;
    app.advance(14 * 60);
    assert_eq!(look(&app).await, (vec![], 0));
    app.advance(60);
    assert_eq!(look(&app).await, (vec![ConnectionNews::Stuck], 1));
    app.advance(23 * 3600);
    assert_eq!(look(&app).await, (vec![], 0), "a day has not passed");
    app.advance(3600);
    assert_eq!(look(&app).await, (vec![ConnectionNews::Stuck], 1));
    let requests = web.seen();
    assert!(
        requests[0].contains("\"type\":\"connection.stuck\""),
        "{}",
        requests[0]
    );
    assert!(
        requests[0].contains("2 payments wait for a person"),
        "{}",
        requests[0]
    );
    assert_eq!(requests.len(), 2);
    app.finish().await;
}

macro_rules! on {
    ($($engine:ident $name:ident),+) => {
        $(mod $name {
            use super::*;

            fn run(scenario: impl AsyncFnOnce(Engine)) {
                tokio::runtime::Builder::new_multi_thread()
                    .worker_threads(2)
                    .enable_all()
                    .build()
                    .unwrap()
                    .block_on(scenario(Engine::$engine));
            }

            #[test]
            fn an_outage_and_its_end_are_told_once() {
                run(super::an_outage_and_its_end_are_told_once);
            }

            #[test]
            fn a_paused_connection_is_no_outage() {
                run(super::a_paused_connection_is_no_outage);
            }

            #[test]
            fn what_waits_for_a_person_is_told_once_a_day() {
                run(super::what_waits_for_a_person_is_told_once_a_day);
            }
        })+
    };
}

on! { Sqlite sqlite, Postgres postgres }
