//! Alarms arrive at a real webhook and a real mail server, once, after failures too, and not in quiet hours.

use jiff::tz::TimeZone;
use serde_json::json;
use sverka_alarms::ChannelSettings;
use sverka_app::incidents::Alarmed;
use sverka_app::ports::alarm::{Channel, Channels, Language};
use sverka_tests::whole::{Engine, Setup, TestApp, attempt};

#[path = "../../backend/alarms/tests/contract/server.rs"]
pub(crate) mod server;

use server::Server;

const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

fn channel(name: &str, language: Language, settings: serde_json::Value) -> Channel {
    let settings: ChannelSettings = serde_json::from_value(settings).unwrap();
    Channel {
        name: name.to_owned(),
        kind: settings.kind(),
        language,
        quiet: None,
        port: sverka_alarms::build(&settings).unwrap(),
    }
}

fn webhook(port: u16) -> Channel {
    let url = format!("http://127.0.0.1:{port}/");
    let settings = json!({"kind": "webhook", "url": url, "secret": SECRET, "allow_private_network": true});
    channel("monitoring", Language::En, settings)
}

fn email(port: u16) -> Channel {
    let settings = json!({
        "kind": "email",
        "host": "127.0.0.1",
        "port": port,
        "tls": "none",
        "from": "sverka@example.ru",
        "to": ["duty@example.ru"],
    });
    channel("duty", Language::Ru, settings)
}

async fn with_channels(engine: Engine, channels: Vec<Channel>) -> TestApp {
    let app = TestApp::set_up(Setup {
        channels: Channels::new(channels),
        ..Setup::on(engine)
    })
    .await;
    for _ in 0..7 {
        let paid = app.given(attempt()).await;
        app.pays_in_silence(&paid).await;
    }
    app.advance(200);
    app.poll().await;
    app.deliver().await;
    for _ in 0..3 {
        app.sverka.watch_callbacks().await.unwrap();
    }
    app
}

async fn callbacks_come_back(app: &TestApp) {
    for _ in 0..4 {
        let paid = app.given(attempt()).await;
        app.pays(&paid).await;
    }
    app.deliver().await;
    app.sverka.watch_callbacks().await.unwrap();
}

/// What the turns of a channel come to until nothing is due.
async fn send(app: &TestApp, channel: &str) -> Vec<Alarmed> {
    let mut turns = Vec::new();
    loop {
        match app.sverka.send_alarm(channel).await.unwrap() {
            Alarmed::Nothing => return turns,
            turn => turns.push(turn),
        }
    }
}

async fn told(app: &TestApp) -> Vec<String> {
    let page = app.viewer().get("/api/v1/incidents").await.ok();
    let alarms = page["items"][0]["alarms"].as_array().unwrap().clone();
    let line = |alarm: &serde_json::Value| {
        let text = |name: &str| alarm[name].as_str().unwrap_or("-").to_owned();
        format!(
            "{} {} {} {}",
            text("name"),
            text("channel"),
            text("event"),
            text("state")
        )
    };
    alarms.iter().map(line).collect()
}

async fn an_alarm_arrives_once_by_every_channel(engine: Engine) {
    let (web, mail) = (
        Server::http(vec![("200 OK", "")]).await,
        Server::smtp("354 Go on").await,
    );
    let app = with_channels(engine, vec![webhook(web.port), email(mail.port)]).await;
    assert_eq!(send(&app, "monitoring").await, [Alarmed::Sent]);
    assert_eq!(send(&app, "duty").await, [Alarmed::Sent]);
    app.sverka.watch_callbacks().await.unwrap();
    assert_eq!(send(&app, "monitoring").await, []);
    callbacks_come_back(&app).await;
    assert_eq!(send(&app, "monitoring").await, [Alarmed::Sent]);
    assert_eq!(send(&app, "duty").await, [Alarmed::Sent]);
    let requests = web.seen();
    assert_eq!(requests.len(), 2);
    assert!(
        requests[0].contains("\"type\":\"incident.opened\""),
        "{}",
        requests[0]
    );
    assert!(
        requests[0].contains(" / main: no notifications since "),
        "{}",
        requests[0]
    );
    assert!(requests[0].contains("https://pay.example.ru/incidents/"));
    assert!(
        requests[1].contains("\"type\":\"incident.closed\""),
        "{}",
        requests[1]
    );
    let letters = mail.seen();
    assert_eq!(letters.len(), 2);
    assert!(letters[0].contains("RCPT TO:<duty@example.ru>") && letters[0].contains("Subject: "));
    for personal in ["Иванова", "9161234567"] {
        assert!(!requests.concat().contains(personal));
    }
    let mut alarms = told(&app).await;
    alarms.sort();
    assert_eq!(
        alarms,
        [
            "duty email closed sent",
            "duty email opened sent",
            "monitoring webhook closed sent",
            "monitoring webhook opened sent",
        ]
    );
    app.finish().await;
}

async fn an_alarm_that_was_not_taken_is_sent_again_under_its_id(engine: Engine) {
    let answers = vec![("500 Oops", "later"), ("503 Busy", ""), ("200 OK", "")];
    let web = Server::http(answers).await;
    let app = with_channels(engine, vec![webhook(web.port)]).await;
    callbacks_come_back(&app).await;
    assert_eq!(
        send(&app, "monitoring").await,
        [Alarmed::Failed],
        "the end waits for the beginning"
    );
    let page = app.viewer().get("/api/v1/incidents").await.ok();
    let alarm = &page["items"][0]["alarms"][0];
    assert_eq!(
        (&alarm["state"], &alarm["error"]),
        (&"queued".into(), &"HTTP 500: later".into())
    );
    assert!(alarm["next_try_at"].is_string());
    app.advance(11);
    assert_eq!(send(&app, "monitoring").await, [Alarmed::Failed]);
    assert_eq!(send(&app, "monitoring").await, [], "it is not hurried");
    app.advance(31);
    assert_eq!(send(&app, "monitoring").await, [Alarmed::Sent, Alarmed::Sent]);
    let requests = web.seen();
    let id = |request: &String| {
        let line = request.lines().find(|line| line.starts_with("webhook-id: "));
        line.unwrap().to_owned()
    };
    assert_eq!(id(&requests[0]), id(&requests[2]));
    assert_ne!(id(&requests[2]), id(&requests[3]));
    app.finish().await;
}

async fn an_alarm_waits_for_the_end_of_quiet_hours(engine: Engine) {
    let web = Server::http(vec![("200 OK", "")]).await;
    let (quiet, loud) = (Server::http(vec![("200 OK", "")]).await, &web);
    let mut sleeper = webhook(quiet.port);
    sleeper.name = "sleeper".to_owned();
    let probe = TestApp::spawn(engine).await;
    let now = TimeZone::get("Europe/Moscow")
        .unwrap()
        .to_datetime(probe.sverka.now());
    probe.finish().await;
    // From an hour ago until two hours from now, by the merchant's clock.
    let hour = |by: i8| format!("{:02}:{:02}", (now.hour() + 24 + by) % 24, now.minute());
    sleeper.quiet = Some(format!("{}-{}", hour(-1), hour(2)).parse().unwrap());
    let app = with_channels(engine, vec![sleeper, webhook(loud.port)]).await;
    assert_eq!(send(&app, "sleeper").await, [Alarmed::Quiet]);
    assert_eq!(send(&app, "monitoring").await, [Alarmed::Sent]);
    app.advance(3600);
    assert_eq!(send(&app, "sleeper").await, []);
    app.advance(3600 + 60);
    assert_eq!(send(&app, "sleeper").await, [Alarmed::Sent]);
    assert_eq!((quiet.seen().len(), loud.seen().len()), (1, 1));
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
            fn an_alarm_arrives_once_by_every_channel() {
                run(super::an_alarm_arrives_once_by_every_channel);
            }

            #[test]
            fn an_alarm_that_was_not_taken_is_sent_again_under_its_id() {
                run(super::an_alarm_that_was_not_taken_is_sent_again_under_its_id);
            }

            #[test]
            fn an_alarm_waits_for_the_end_of_quiet_hours() {
                run(super::an_alarm_waits_for_the_end_of_quiet_hours);
            }
        })+
    };
}

on! { Sqlite sqlite, Postgres postgres }
