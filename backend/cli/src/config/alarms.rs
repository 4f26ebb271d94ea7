//! Channels of alarms: the common keys here, the rest as their adapter reads them.

use std::collections::HashSet;

use sverka_alarms::ChannelSettings;
use sverka_app::ports::alarm::{Channel, Language};
use sverka_domain::quiet::QuietHours;
use toml::{Spanned, Table, Value};

use super::accounts::{Adapters, FromTable as _, name, text};
use super::error::{ConfigError, line_of};

type Wrong = (String, String);

impl Adapters<'_> {
    /// Reads the channels, and collects what is wrong with them.
    pub(super) fn channels(&mut self, tables: &[Spanned<Table>]) -> Vec<Channel> {
        let mut seen = HashSet::new();
        let mut channels = Vec::new();
        for spanned in tables {
            let line = Some(line_of(self.text, spanned.span().start));
            match self.channel(spanned.get_ref(), &mut seen) {
                Ok(channel) => channels.push(channel),
                Err((problem, remedy)) => self.errors.push(ConfigError::new(line, problem, remedy)),
            }
        }
        channels
    }

    fn channel(&self, table: &Table, seen: &mut HashSet<String>) -> Result<Channel, Wrong> {
        // One of a kind needs no name of its own.
        let name = match table.get("name") {
            Some(_) => name(table, "channel of alarms")?,
            None => text(table, "kind", "channel of alarms")?,
        };
        if !seen.insert(name.clone()) {
            return Err((
                format!("there are two channels of alarms {name}"),
                "give one of them a name of its own: name = \"…\"".to_owned(),
            ));
        }
        let about = |(problem, remedy): Wrong| (format!("alarms {name}: {problem}"), remedy);
        let mut rest = table.clone();
        rest.remove("name");
        let quiet = rest
            .remove("quiet_hours")
            .map(|value| quiet(&value))
            .transpose()
            .map_err(about)?;
        let language = rest
            .remove("language")
            .map(|value| language(&value))
            .transpose()
            .map_err(about)?
            .unwrap_or_default();
        let rest = self.sources.resolve_table(&rest).map_err(about)?;
        let settings = ChannelSettings::deserialize_from(rest).map_err(about)?;
        let port = sverka_alarms::build(&settings)
            .map_err(|error| about((format!("{}: {}", error.field, error.problem), error.remedy)))?;
        Ok(Channel {
            kind: settings.kind(),
            language,
            quiet,
            port,
            name,
        })
    }
}

fn quiet(value: &Value) -> Result<QuietHours, Wrong> {
    let wrong = || {
        (
            format!("quiet_hours: {value} is not a part of a day"),
            "write quiet_hours = \"23:00-08:00\", or leave it out".to_owned(),
        )
    };
    value.as_str().ok_or_else(wrong)?.parse().map_err(|_| wrong())
}

fn language(value: &Value) -> Result<Language, Wrong> {
    match value.as_str() {
        Some("ru") => Ok(Language::Ru),
        Some("en") => Ok(Language::En),
        _ => Err((
            format!("language: {value} is not spoken here"),
            "write language = \"ru\" or language = \"en\"".to_owned(),
        )),
    }
}
