//! One base: what is in it, how it behaves, and what came to it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::by_hand::add_client;
use super::journal::{Change, Journal, JournalError};
use super::refusal::Refusal;
use super::rows::{Objects, flag, text};
use super::schema::{self, CLIENTS, ENTITIES, Entity};
use crate::api::{OnecBase, OnecCall, OnecCalled, OnecFaults, OnecMode, OnecSettings, OnecSummary};

/// How many objects of one entity a base takes.
const MOST_OBJECTS: usize = 200_000;

/// Under this every key is made.
const KEYS: Uuid = Uuid::from_u128(0x6f1d_2a51_94c0_5b0e_8f2b_1c7a_55d3_0e41);

/// A base.
#[derive(Clone, Debug, Default)]
pub(crate) struct Base {
    pub(crate) name: String,
    pub(crate) settings: OnecSettings,
    pub(crate) faults: OnecFaults,
    pub(crate) objects: Objects,
    pub(crate) calls: VecDeque<OnecCalled>,
    pub(crate) unauthorized: u64,
    pub(crate) repeated_keys: u64,
    pub(super) last_call: u64,
    pub(super) sessions: u64,
    pub(super) open_sessions: BTreeSet<String>,
    numbers: BTreeMap<&'static str, u64>,
    version: u64,
    journal: Option<Journal>,
}

impl Base {
    pub(crate) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    /// A base to start with.
    pub(crate) fn from_start(start: &OnecBase) -> Self {
        let mut base = Self {
            settings: start.settings.clone(),
            ..Self::new(&start.name)
        };
        for client in &start.clients {
            if let Err(refusal) = add_client(&mut base, client) {
                tracing::warn!(words = refusal.words, "a client to start with was refused");
            }
        }
        base
    }

    /// Goes on from what is in the file of this base, and writes to it from now on.
    pub(crate) fn keep_in(&mut self, directory: &Path) -> Result<(), JournalError> {
        let journal = Journal::of(directory, &self.name);
        for changes in journal.read()? {
            changes.into_iter().for_each(|change| self.apply(change));
        }
        self.journal = Some(journal);
        Ok(())
    }

    /// A transaction: all of it is in the file before any of it is seen, or none of it is.
    pub(crate) fn commit(&mut self, changes: Vec<Change>) -> Result<(), Refusal> {
        if let Some(journal) = &self.journal {
            journal
                .append(&changes)
                .map_err(|error| Refusal::exception(format!("Ошибка СУБД: {error}")))?;
        }
        changes.into_iter().for_each(|change| self.apply(change));
        Ok(())
    }

    fn apply(&mut self, change: Change) {
        self.version += 1;
        match change {
            Change::Put { entity, key, object } => {
                self.remember_number(&entity, text(&object, "Number"), text(&object, "Code"));
                self.objects.put(&entity, &key, object);
            }
            Change::Remove { entity, key } => self.objects.remove(&entity, &key),
            Change::Settings(settings) => self.settings = *settings,
        }
    }

    fn remember_number(&mut self, entity: &str, number: &str, code: &str) {
        let Some(entity) = schema::entity(entity) else {
            return;
        };
        let told = if entity.is_document() { number } else { code };
        let digits: Option<u64> = told
            .strip_prefix(entity.prefix)
            .and_then(|digits| digits.parse().ok());
        let last = self.numbers.entry(entity.name).or_default();
        *last = digits.unwrap_or_default().max(*last);
    }

    /// The number or code that comes next.
    pub(crate) fn next_number(&self, entity: &'static Entity) -> String {
        let last = self.numbers.get(entity.name).copied().unwrap_or_default();
        format!("{}{:06}", entity.prefix, last + 1)
    }

    /// A key that nothing has.
    pub(crate) fn new_key(&self, entity: &Entity) -> String {
        self.key_of(&format!("{}/{}", entity.name, self.version))
    }

    /// The key that these words lead to.
    pub(crate) fn key_of(&self, words: &str) -> String {
        Uuid::new_v5(&KEYS, format!("{}/{words}", self.name).as_bytes()).to_string()
    }

    /// `DataVersion` of what is written now.
    pub(crate) fn next_version(&self) -> String {
        STANDARD.encode((self.version + 1).to_be_bytes())
    }

    /// Whether there is room for one more.
    pub(crate) fn has_room(&self, entity: &Entity) -> bool {
        self.objects.count(entity.name) < MOST_OBJECTS
    }

    /// The moment on the server's clock.
    pub(crate) fn clock_text(&self, now_ms: i64) -> String {
        let name = self.settings.time_zone.as_deref().unwrap_or("Europe/Moscow");
        let zone = TimeZone::get(name).unwrap_or(TimeZone::UTC);
        let moment = Timestamp::from_millisecond(now_ms).unwrap_or_default();
        zone.to_datetime(moment).strftime("%Y-%m-%dT%H:%M:%S").to_string()
    }

    /// Refuses to touch a day that is closed.
    pub(crate) fn is_open(&self, date: &str) -> Result<(), Refusal> {
        match &self.settings.closed_until {
            // The day is the beginning of the moment's text.
            Some(day) if date.get(..10).unwrap_or_default() <= day.as_str() => {
                Err(Refusal::exception(format!(
                    "Изменение данных за период до {day} запрещено: период закрыт датой запрета изменения"
                )))
            }
            _ => Ok(()),
        }
    }

    /// New settings; secrets and the zone that are not given stay.
    pub(crate) fn set(&mut self, mut settings: OnecSettings) -> Result<(), Refusal> {
        let old = &self.settings;
        settings.user = settings.user.or_else(|| old.user.clone());
        settings.password = settings.password.or_else(|| old.password.clone());
        settings.secret = settings.secret.or_else(|| old.secret.clone());
        settings.time_zone = settings.time_zone.or_else(|| old.time_zone.clone());
        self.commit(vec![Change::Settings(Box::new(settings))])
    }

    /// The mode that a call of this kind meets.
    pub(crate) fn meet(&mut self, call: OnecCall) -> OnecMode {
        let faults = &mut self.faults;
        if faults.mode == OnecMode::Ok || (!faults.only.is_empty() && !faults.only.contains(&call)) {
            return OnecMode::Ok;
        }
        if faults.skip > 0 {
            faults.skip -= 1;
            return OnecMode::Ok;
        }
        match &mut faults.times {
            Some(0) => {
                *faults = OnecFaults::default();
                return OnecMode::Ok;
            }
            Some(left) => *left -= 1,
            None => {}
        }
        faults.mode
    }

    /// At a glance.
    pub(crate) fn summary(&self) -> OnecSummary {
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let documents = || {
            ENTITIES
                .iter()
                .filter(|entity| entity.is_document())
                .flat_map(|entity| self.objects.all(entity.name))
        };
        OnecSummary {
            settings: self.settings.clone(),
            faults: self.faults.clone(),
            documents: count(documents().count()),
            posted: count(documents().filter(|(_, object)| flag(object, "Posted")).count()),
            clients: count(self.objects.count(CLIENTS)),
            calls: self.last_call,
            unauthorized: self.unauthorized,
            sessions: self.sessions,
            repeated_keys: self.repeated_keys,
        }
    }
}
