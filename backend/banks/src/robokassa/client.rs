//! A shop at Robokassa, as the bank port.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use sverka_app::ports::bank::{
    Abilities, Answered, BankError, BankPort, CallbackReply, NewOrder, Question, RawCallback, Reading,
    Registered,
};
use sverka_domain::polling::{LateSuccess, PollPolicy, Rechecks};

use super::callback::{self, Keys};
use super::page::{self, Shop};
use super::settings::RobokassaSettings;
use super::{map, number, self_test, wire};
use crate::settings::{SettingsError, base_url, questions_per_second};
use crate::transport::Transport;

/// A shop at Robokassa.
#[derive(Debug)]
pub(crate) struct Robokassa {
    transport: Transport,
    shop: Shop,
    keys: Keys,
    policy: PollPolicy,
    questions_per_second: u32,
}

/// A shop at Robokassa.
pub(crate) fn account(settings: RobokassaSettings) -> Result<Robokassa, SettingsError> {
    settings.check()?;
    let verifier = settings.verifier()?;
    let hash = settings.hash.unwrap_or_default();
    let test_mode = settings.test_mode.unwrap_or(false);
    Ok(Robokassa {
        transport: Transport::new(settings.ca_certificates.as_deref(), settings.timeout_seconds)?,
        shop: Shop {
            base_url: base_url(&settings.base_url)?,
            login: settings.merchant_login.clone(),
            password1: settings.password1,
            hash,
            test_mode,
            hold: settings.hold.unwrap_or(false),
            result_url2: settings.result_url2,
            language: settings.language.unwrap_or_else(|| "ru".to_owned()),
        },
        keys: Keys {
            login: settings.merchant_login,
            password2: settings.password2,
            hash,
            test_mode,
            verifier,
        },
        policy: policy(),
        questions_per_second: questions_per_second(settings.questions_per_second)?,
    })
}

/// Bills are also paid at terminals and by invoices, hours after the page was left. A refund is shown by no state, so a
/// payment is not looked at again.
fn policy() -> PollPolicy {
    PollPolicy {
        order_life: SignedDuration::from_hours(24),
        late_success: LateSuccess::within(SignedDuration::from_hours(7 * 24)),
        rechecks: Rechecks {
            days: Vec::new(),
            ..Rechecks::card_payments()
        },
        ..PollPolicy::card_gateway()
    }
}

#[async_trait]
impl BankPort for Robokassa {
    fn read(&self, raw: &RawCallback) -> Reading {
        callback::read(raw, &self.keys)
    }

    fn acknowledge(&self, raw: &RawCallback) -> CallbackReply {
        reply(200, &format!("OK{}", callback::number(raw)))
    }

    /// Anything but `OK…` is sent again.
    fn refuse(&self) -> CallbackReply {
        reply(403, "bad sign")
    }

    async fn ask(&self, question: &Question) -> Result<Answered, BankError> {
        let number = number::required(&question.order_number)?;
        let login = self.shop.login.as_str();
        let text = [login, number, self.keys.password2.expose()].join(":");
        let signature = self.keys.hash.hex(text.as_bytes());
        let url = self.shop.base_url.join("WebService/Service.asmx/OpStateExt");
        let url = url.map_err(|_| BankError::Refused("base_url is not an address".to_owned()))?;
        let fields = [
            ("MerchantLogin", login),
            ("InvoiceID", number),
            ("Signature", &signature),
        ];
        map::answered(&wire::answer(&self.transport.post_form(url, &fields).await?)?)
    }

    async fn register(&self, order: &NewOrder) -> Result<Registered, BankError> {
        page::page(&self.shop, order)
    }

    fn abilities(&self) -> Abilities {
        Abilities {
            repeats_registration: true,
            signs_self_test: true,
            ..Abilities::default()
        }
    }

    fn self_test(&self, order_number: &str, _: Timestamp) -> RawCallback {
        self_test::notification(&self.keys, order_number)
    }

    fn policy(&self) -> &PollPolicy {
        &self.policy
    }

    fn questions_per_second(&self) -> u32 {
        self.questions_per_second
    }
}

fn reply(status: u16, body: &str) -> CallbackReply {
    CallbackReply {
        status,
        content_type: "text/plain; charset=utf-8",
        body: body.to_owned(),
    }
}
