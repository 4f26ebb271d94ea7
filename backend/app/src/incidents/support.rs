//! A letter to the bank's support: numbers, times, sums; never a client.

use jiff::tz::TimeZone;
use sverka_domain::attempt::Attempt;

use crate::App;
use crate::ports::alarm::Language;
use crate::ports::store::Incident;

/// So many payments are listed; the bank finds the others by the time.
pub(super) const LISTED: u32 = 50;

/// The letter in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupportText {
    /// Russian.
    pub ru: String,
    /// English.
    pub en: String,
}

impl App {
    /// The letter about an incident and the payments whose notifications are missing, the newest first.
    pub(super) fn support_text(
        &self,
        incident: &Incident,
        lost: &[Attempt],
        last_notification_at: Option<jiff::Timestamp>,
    ) -> SupportText {
        let zone = self.zone_of(&incident.account);
        let letter = Letter {
            address: self.callback_url(&incident.account),
            since: moment(incident.since, &zone),
            until: incident.closed_at.map(|at| moment(at, &zone)),
            last: last_notification_at.map(|at| moment(at, &zone)),
            healed: incident.counts.healed,
            rows: lost.iter().map(|attempt| row(attempt, &zone)).collect(),
        };
        SupportText {
            ru: letter.write(Language::Ru),
            en: letter.write(Language::En),
        }
    }
}

struct Letter {
    address: String,
    since: String,
    until: Option<String>,
    last: Option<String>,
    healed: u64,
    rows: Vec<String>,
}

impl Letter {
    fn write(&self, language: Language) -> String {
        let ru = language == Language::Ru;
        let mut lines = vec![match (ru, &self.until) {
            (true, None) => format!(
                "Здравствуйте! С {} к нам не приходят уведомления об оплатах.",
                self.since
            ),
            (true, Some(until)) => format!(
                "Здравствуйте! С {} до {until} к нам не приходили уведомления об оплатах.",
                self.since
            ),
            (false, None) => format!(
                "Hello! Since {} we do not receive notifications of payments.",
                self.since
            ),
            (false, Some(until)) => format!(
                "Hello! From {} to {until} we did not receive notifications of payments.",
                self.since
            ),
        }];
        lines.push(if ru {
            format!("Адрес для уведомлений: {}", self.address)
        } else {
            format!("Our callback address: {}", self.address)
        });
        if let Some(last) = &self.last {
            lines.push(if ru {
                format!("Последнее уведомление: {last}")
            } else {
                format!("The last notification: {last}")
            });
        }
        lines.push(if ru {
            format!("Оплачено, но уведомления не было: {}", self.healed)
        } else {
            format!("Paid without a notification: {}", self.healed)
        });
        if !self.rows.is_empty() {
            lines.push(String::new());
            lines.push(if ru {
                "Номер заказа; номер в банке; сумма; оплачен".to_owned()
            } else {
                "Order number; bank's number; amount; paid at".to_owned()
            });
            lines.extend(self.rows.iter().cloned());
        }
        lines.push(String::new());
        lines.push(if ru {
            "Просим проверить отправку уведомлений и прислать недостающие.".to_owned()
        } else {
            "Please check the sending of notifications, and send the missing ones.".to_owned()
        });
        lines.join("\n")
    }
}

fn row(attempt: &Attempt, zone: &TimeZone) -> String {
    let amount = attempt.state.amount;
    format!(
        "{}; {}; {} {}; {}",
        attempt.order_number,
        attempt.bank_order_id.as_deref().unwrap_or("—"),
        amount.to_decimal(),
        amount.currency,
        attempt
            .state
            .paid_at
            .map_or_else(|| "—".to_owned(), |at| moment(at, zone)),
    )
}

/// With the offset: the bank may count in another zone.
fn moment(at: jiff::Timestamp, zone: &TimeZone) -> String {
    let local = zone.to_datetime(at).strftime("%d.%m.%Y %H:%M:%S").to_string();
    format!("{local} (UTC{})", zone.to_offset(at))
}
