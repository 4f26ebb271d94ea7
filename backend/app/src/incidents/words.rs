//! An incident in a sentence. Times are the merchant's; there are no clients in it.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use sverka_domain::incident::IncidentKind;

use crate::App;
use crate::ports::alarm::{AlarmEvent, Language};
use crate::ports::bank::AccountKey;
use crate::ports::store::Incident;
use crate::words::{clock, plural};

/// What a sentence is about.
pub(super) struct About<'a> {
    pub(super) incident: &'a Incident,
    pub(super) bank: String,
    pub(super) zone: &'a TimeZone,
    pub(super) now: Timestamp,
}

impl App {
    /// The time zone of the merchant whose account it is.
    pub(super) fn zone_of(&self, account: &AccountKey) -> TimeZone {
        let merchant = self.banks().get(account).map(|account| account.merchant.as_str());
        let found = self
            .catalog()
            .merchants
            .iter()
            .find(|known| Some(known.code.as_str()) == merchant);
        found
            .and_then(|merchant| TimeZone::get(&merchant.timezone).ok())
            .unwrap_or(TimeZone::UTC)
    }

    /// The bank's name.
    pub(super) fn bank_title(&self, bank: &str, language: Language) -> String {
        let known = self.catalog().banks.iter().find(|known| known.code == bank);
        known.map_or_else(
            || bank.to_owned(),
            |known| match language {
                Language::Ru => known.title.ru.clone(),
                Language::En => known.title.en.clone(),
            },
        )
    }
}

/// «Сбер / main: уведомления не приходят с 14:05, 37 оплат, 35 восстановлено опросом, 2 ждут».
pub(super) fn subject(about: &About<'_>, event: AlarmEvent, language: Language) -> String {
    let incident = about.incident;
    let whose = format!("{} / {}", about.bank, incident.account.account);
    let since = clock(about.zone, incident.since, about.now);
    let until = clock(about.zone, incident.closed_at.unwrap_or(about.now), about.now);
    let what = match (language, event, incident.kind) {
        (Language::Ru, AlarmEvent::Opened, IncidentKind::Silent) => {
            format!("уведомления не приходят с {since}")
        }
        (Language::Ru, AlarmEvent::Opened, IncidentKind::Losing) => {
            format!("уведомления теряются чаще обычного с {since}")
        }
        (Language::Ru, AlarmEvent::Closed, _) => {
            format!("уведомления снова приходят; терялись с {since} до {until}")
        }
        (Language::En, AlarmEvent::Opened, IncidentKind::Silent) => format!("no notifications since {since}"),
        (Language::En, AlarmEvent::Opened, IncidentKind::Losing) => {
            format!("more notifications than usual are lost since {since}")
        }
        (Language::En, AlarmEvent::Closed, _) => {
            format!("notifications are back; they were lost from {since} to {until}")
        }
    };
    format!("{whose}: {what}, {}", counts(incident, language))
}

fn counts(incident: &Incident, language: Language) -> String {
    let counts = incident.counts;
    match language {
        Language::Ru => format!(
            "{} {}, {} восстановлено опросом, {} {}",
            counts.paid,
            plural(counts.paid, ["оплата", "оплаты", "оплат"]),
            counts.healed,
            counts.waiting,
            plural(counts.waiting, ["ждёт", "ждут", "ждут"]),
        ),
        Language::En => format!(
            "{} {}, {} recovered by asking, {} waiting",
            counts.paid,
            if counts.paid == 1 { "payment" } else { "payments" },
            counts.healed,
            counts.waiting,
        ),
    }
}

#[cfg(test)]
mod tests {
    use sverka_domain::ids::IncidentId;
    use sverka_domain::incident::{Counts, Evidence};

    use super::*;

    fn incident() -> Incident {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        Incident {
            id: IncidentId(uuid::Uuid::nil()),
            account: AccountKey {
                bank: "sber".to_owned(),
                account: "main".to_owned(),
            },
            kind: IncidentKind::Silent,
            since: at("2026-11-24T11:05:40Z"),
            opened_at: at("2026-11-24T11:20:00Z"),
            closed_at: None,
            evidence: Evidence {
                expected: 5.0,
                observed: 0,
                probability: 1e-8,
            },
            share: 0.8,
            counts: Counts {
                paid: 37,
                heard: 2,
                healed: 35,
                waiting: 2,
            },
            counted_at: at("2026-11-24T11:20:00Z"),
        }
    }

    fn said(incident: &Incident, event: AlarmEvent, language: Language, now: &str) -> String {
        let about = About {
            incident,
            bank: "Сбер".to_owned(),
            zone: &TimeZone::get("Europe/Moscow").unwrap(),
            now: now.parse().unwrap(),
        };
        subject(&about, event, language)
    }

    #[test]
    fn an_alarm_is_one_sentence_in_the_merchants_time() {
        let (now, tomorrow) = ("2026-11-24T12:00:00Z", "2026-11-25T05:00:00Z");
        let silent = incident();
        assert_eq!(
            said(&silent, AlarmEvent::Opened, Language::Ru, now),
            "Сбер / main: уведомления не приходят с 14:05, 37 оплат, 35 восстановлено опросом, 2 ждут"
        );
        assert_eq!(
            said(&silent, AlarmEvent::Opened, Language::En, tomorrow),
            "Сбер / main: no notifications since 24.11 14:05, 37 payments, 35 recovered by asking, 2 waiting"
        );
        let closed = Incident {
            closed_at: Some("2026-11-24T11:50:00Z".parse().unwrap()),
            kind: IncidentKind::Losing,
            counts: Counts {
                paid: 21,
                healed: 1,
                heard: 20,
                waiting: 1,
            },
            ..silent
        };
        assert_eq!(
            said(&closed, AlarmEvent::Opened, Language::Ru, now),
            "Сбер / main: уведомления теряются чаще обычного с 14:05, 21 оплата, 1 восстановлено опросом, 1 ждёт"
        );
        assert_eq!(
            said(&closed, AlarmEvent::Closed, Language::Ru, now),
            "Сбер / main: уведомления снова приходят; терялись с 14:05 до 14:50, 21 оплата, 1 восстановлено опросом, 1 ждёт"
        );
    }
}
