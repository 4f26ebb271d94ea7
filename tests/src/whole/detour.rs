//! The way to the public address: to the very server of the test, or to somebody who spoils it.

use std::sync::{Mutex, OnceLock};
use std::time::Duration;

use async_trait::async_trait;
use sverka_app::ports::bank::RawCallback;
use sverka_app::ports::callback_sender::{CallbackSender, NotSent, SentAnswer};
use sverka_banks::HttpCallbackSender;

use super::adapters::PUBLIC_URL;

/// What happens on the way to the public address and back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Way {
    /// Nothing.
    #[default]
    Home,
    /// It leads to another server, such as `http://127.0.0.1:1`.
    To(String),
    /// The query loses its last character.
    Spoiled,
    /// It comes home, and another answer goes back.
    Answered(SentAnswer),
    /// It comes home, and no answer goes back.
    Swallowed,
}

/// A sender whose way can be changed.
#[derive(Default)]
pub(super) struct Detour {
    way: Mutex<Way>,
    home: OnceLock<String>,
}

impl Detour {
    /// Where the server of the test listens.
    pub(super) fn lead_to(&self, home: &str) {
        self.home.set(home.to_owned()).expect("told once");
    }

    pub(super) fn set(&self, way: Way) {
        *self.way.lock().unwrap() = way;
    }
}

#[async_trait]
impl CallbackSender for Detour {
    async fn send(&self, url: &str, raw: &RawCallback) -> Result<SentAnswer, NotSent> {
        let way = self.way.lock().unwrap().clone();
        let home = self.home.get().expect("the server listens");
        let to = match &way {
            Way::To(elsewhere) => elsewhere,
            Way::Home | Way::Spoiled | Way::Answered(_) | Way::Swallowed => home,
        };
        let url = url.replace(PUBLIC_URL, to);
        let mut raw = raw.clone();
        if way == Way::Spoiled {
            raw.query.pop();
        }
        let answer = HttpCallbackSender::within(Duration::from_secs(5))
            .send(&url, &raw)
            .await;
        match way {
            Way::Answered(other) => Ok(other),
            Way::Swallowed => Err(NotSent("no answer within the time allowed".to_owned())),
            Way::Home | Way::To(_) | Way::Spoiled => answer,
        }
    }
}
