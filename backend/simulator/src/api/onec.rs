//! A 1C base: its settings and faults, and what is in it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// How a base behaves, apart from faults.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OnecSettings {
    /// The 1C user; when not given the old one stays.
    pub user: Option<String>,
    /// Its password; when not given the old one stays.
    pub password: Option<String>,
    /// The `whsec_` secret of the HTTP service; when not given the old one stays.
    pub secret: Option<String>,
    /// The server's zone, by which `Date` is meant (IANA, `Europe/Moscow`); when not given the old one stays.
    pub time_zone: Option<String>,
    /// A base that makes a `Ref_Key` of its own, whatever it is sent.
    pub ignore_ref_key: bool,
    /// A base that writes over what has the sent `Ref_Key` already, instead of code 15.
    pub overwrite_ref_key: bool,
    /// The status that comes with code 15: 400 when not given. No source tells which it is.
    pub exists_status: Option<u16>,
    /// Nothing dated on this day (`2026-10-31`) or before it can be written, posted or deleted.
    pub closed_until: Option<String>,
    /// The configuration's handler refuses to post, in these words.
    pub refuse_posting: Option<String>,
    /// Attributes without which a document is not posted, besides the sum and the client.
    pub required: Vec<String>,
    /// Entities that are not published: code 8.
    pub hidden: Vec<String>,
    /// What the user may do.
    pub rights: OnecRights,
    /// How long writing an object takes: it is there at the end only, whether the caller waits or not.
    pub write_delay_ms: u64,
    /// The same for posting.
    pub post_delay_ms: u64,
    /// `If-Match` is looked at, and 412 said.
    pub honour_if_match: bool,
    /// The HTTP service refuses payments of clients whom the base does not know.
    pub service_demands_client: bool,
}

/// What the 1C user may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnecRights {
    /// Everything.
    #[default]
    Full,
    /// Read only.
    Read,
    /// Nothing.
    None,
}

/// How a base answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnecMode {
    /// As it should.
    #[default]
    Ok,
    /// The connection is closed at once.
    Down,
    /// Closed after `hang_ms`, nothing done.
    Hang,
    /// A login page with status 200, nothing done.
    HtmlLogin,
    /// 401, nothing done.
    Unauthorized,
    /// 500 and code -1: no free licence, nothing done.
    NoLicence,
    /// 500 and code -1: the handler refuses in the words of `text`, nothing done.
    Refuse,
    /// 500 and code -1: somebody else has locked the data, nothing done.
    Locked,
    /// 503 with `Retry-After`, nothing done.
    Busy503,
    /// 502 of the web server, nothing done.
    BadGateway502,
    /// 500 of the web server, nothing done.
    Error500,
    /// Done, then 500 of the web server.
    Error500After,
    /// Done, then 502 of the web server.
    BadGateway502After,
    /// Done, then the connection is closed without a byte.
    DropAfter,
    /// Done; the headers and half of the answer, then closed.
    CutAfter,
    /// Done, then the answer comes after `hang_ms`.
    HangAfter,
    /// Done, then a login page with status 200.
    HtmlAfter,
}

/// A kind of call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnecCall {
    /// A GET.
    Read,
    /// A POST that makes an object.
    Create,
    /// A PATCH, PUT or DELETE.
    Change,
    /// `/Post` or `/Unpost`.
    Post,
    /// A POST to the HTTP service.
    Service,
}

/// The faults of a base.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OnecFaults {
    /// How it answers.
    pub mode: OnecMode,
    /// Only calls of these kinds; all when empty.
    pub only: Vec<OnecCall>,
    /// After so many calls that met it, it is `ok` again.
    pub times: Option<u64>,
    /// So many calls of those kinds go well first.
    pub skip: u64,
    /// How long the hanging modes hold a call, 60 000 when not given.
    pub hang_ms: Option<u64>,
    /// The words of `refuse`.
    pub text: Option<String>,
}

impl OnecFaults {
    /// The next call of this kind, and no other.
    pub fn once(mode: OnecMode, call: OnecCall) -> Self {
        Self {
            mode,
            only: vec![call],
            times: Some(1),
            ..Self::default()
        }
    }

    /// Every call, until told otherwise.
    pub fn mode(mode: OnecMode) -> Self {
        Self {
            mode,
            ..Self::default()
        }
    }
}

/// A client to add, or one that is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OnecClient {
    /// `Ref_Key`; made up when not given.
    pub ref_key: Option<String>,
    /// `Description`.
    pub name: String,
    /// `НомерТелефонаДляПоиска` and a row of `КонтактнаяИнформация`, as given.
    pub phone: Option<String>,
    /// `АдресЭПДляПоиска` and a row of `КонтактнаяИнформация`, as given.
    pub email: Option<String>,
    /// `Code`; the next one when not given.
    pub code: Option<String>,
}

/// A document that somebody enters by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OnecByHand {
    /// The entity, `Document_ПоступлениеБезналичныхДенежныхСредств` when not given.
    pub entity: Option<String>,
    /// `Ref_Key` of the client; or nobody.
    pub client_key: Option<String>,
    /// The client by name, added when there is none of it; only without `client_key`.
    pub client_name: Option<String>,
    /// Kopecks.
    pub amount: i64,
    /// `2026-11-24T10:00:00` by the server's clock; now when not given.
    pub date: Option<String>,
    /// Who, added to `Catalog_Пользователи` when not there; `Администратор` when not given.
    pub author: Option<String>,
    /// `Комментарий`.
    pub comment: String,
    /// Whether it is posted.
    pub posted: bool,
    /// Whether it is marked for deletion.
    pub deletion_mark: bool,
    /// Further attributes, as OData would take them.
    pub attributes: Map<String, Value>,
}

impl Default for OnecByHand {
    fn default() -> Self {
        Self {
            entity: None,
            client_key: None,
            client_name: None,
            amount: 0,
            date: None,
            author: None,
            comment: String::new(),
            posted: true,
            deletion_mark: false,
            attributes: Map::new(),
        }
    }
}

/// A document of a base, for those who count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OnecDocument {
    /// The entity.
    pub entity: String,
    /// `Ref_Key`.
    pub ref_key: String,
    /// `Number`.
    pub number: String,
    /// `Date`, by the server's clock.
    pub date: String,
    /// `Posted`.
    pub posted: bool,
    /// `DeletionMark`.
    pub deletion_mark: bool,
    /// `СуммаДокумента` in kopecks.
    pub amount: i64,
    /// The client's key, when there is one.
    pub client_key: Option<String>,
    /// The client's name, when the base knows it.
    pub client_name: Option<String>,
    /// The author's name.
    pub author: Option<String>,
    /// `Комментарий`.
    pub comment: String,
    /// Everything, as OData gives it.
    pub attributes: Map<String, Value>,
}

/// A call that came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnecCalled {
    /// When, epoch ms.
    pub at: i64,
    /// `GET` and so on.
    pub method: String,
    /// What follows the base in the address, decoded.
    pub resource: String,
    /// The query, decoded.
    pub query: String,
    /// The mode that it met.
    pub mode: OnecMode,
    /// The status; none when there was no answer.
    pub status: Option<u16>,
}

/// A base at a glance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnecSummary {
    /// Its settings.
    pub settings: OnecSettings,
    /// Its faults.
    pub faults: OnecFaults,
    /// Documents, with those marked for deletion.
    pub documents: u64,
    /// How many of them are posted.
    pub posted: u64,
    /// Elements of `Catalog_Контрагенты`.
    pub clients: u64,
    /// Calls, but for those of the control API.
    pub calls: u64,
    /// Calls with a wrong user or password, or a wrong signature.
    pub unauthorized: u64,
    /// Calls that opened a 1C session of their own.
    pub sessions: u64,
    /// How often a key that was there was sent again.
    pub repeated_keys: u64,
}

/// A base to start with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnecBase {
    /// Its name in addresses: letters of ASCII, digits, `-` and `_`.
    pub name: String,
    /// How it behaves.
    pub settings: OnecSettings,
    /// Whom it knows.
    pub clients: Vec<OnecClient>,
}
