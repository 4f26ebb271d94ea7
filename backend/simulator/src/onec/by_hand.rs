//! What people do in the base, and what there is to count.

use serde_json::{Value as Json, json};

use super::base::Base;
use super::change::{change, delete};
use super::create::{create, create_as};
use super::path::Action;
use super::posting;
use super::refusal::Refusal;
use super::rows::{Object, flag, text};
use super::schema::{self, CLIENTS, ENTITIES, Entity, Kind, PAYMENT, USERS};
use super::select::presentation;
use super::value::{kopecks, number, sum_of};
use crate::api::{OnecByHand, OnecClient, OnecDocument};

/// Adds a client; gives the client as it is then.
pub(crate) fn add_client(base: &mut Base, client: &OnecClient) -> Result<OnecClient, Refusal> {
    let entity = known(CLIENTS)?;
    let mut sent = Object::new();
    let mut set = |name: &str, value: Json| sent.insert(name.to_owned(), value);
    if let Some(key) = &client.ref_key {
        set("Ref_Key", Json::from(key.as_str()));
    }
    set("Description", Json::from(client.name.as_str()));
    set("НаименованиеПолное", Json::from(client.name.as_str()));
    set("ВидКонтрагента", Json::from("ФизическоеЛицо"));
    set("Покупатель", Json::from(true));
    set("Code", Json::from(client.code.as_deref().unwrap_or_default()));
    set(
        "НомерТелефонаДляПоиска",
        Json::from(client.phone.as_deref().unwrap_or_default()),
    );
    set(
        "АдресЭПДляПоиска",
        Json::from(client.email.as_deref().unwrap_or_default()),
    );
    set("КонтактнаяИнформация", contacts(client));
    let ignored = std::mem::take(&mut base.settings.ignore_ref_key);
    let made = create(base, entity, &sent);
    base.settings.ignore_ref_key = ignored;
    let key = made?;
    let object = base.objects.get(CLIENTS, &key);
    Ok(OnecClient {
        code: object.map(|object| text(object, "Code").to_owned()),
        ref_key: Some(key),
        ..client.clone()
    })
}

fn contacts(client: &OnecClient) -> Json {
    let mut rows = Vec::new();
    if let Some(phone) = &client.phone {
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        let short = digits
            .get(digits.len().saturating_sub(7)..)
            .unwrap_or_default()
            .to_owned();
        rows.push(json!({
            "LineNumber": rows.len() + 1, "Тип": "Телефон", "Вид": "Телефон контрагента", "Представление": phone,
            "НомерТелефона": digits, "НомерТелефонаБезКодов": short,
        }));
    }
    if let Some(email) = &client.email {
        rows.push(json!({
            "LineNumber": rows.len() + 1, "Тип": "АдресЭлектроннойПочты", "Вид": "Email контрагента",
            "Представление": email, "АдресЭП": email,
        }));
    }
    Json::Array(rows)
}

/// Enters a document as a person would; gives it as it is then.
pub(crate) fn add_by_hand(base: &mut Base, wish: &OnecByHand, now: i64) -> Result<OnecDocument, Refusal> {
    let entity = known(wish.entity.as_deref().unwrap_or(PAYMENT))?;
    let client = match (&wish.client_key, &wish.client_name) {
        (Some(key), _) => Some(key.clone()),
        (None, Some(name)) => Some(client_of_name(base, name)?),
        (None, None) => None,
    };
    let mut sent = wish.attributes.clone();
    let mut set = |name: &str, value: Json| sent.insert(name.to_owned(), value);
    let date = wish.date.clone().unwrap_or_else(|| base.clock_text(now));
    set("Date", Json::from(date));
    set("СуммаДокумента", sum_of(wish.amount));
    set("Комментарий", Json::from(wish.comment.as_str()));
    set("DeletionMark", Json::from(wish.deletion_mark));
    if let (Some(client), Some(attribute)) = (client, entity.client_attribute()) {
        set(attribute.name, Json::from(client));
        if matches!(attribute.kind, Kind::OneOf(_)) {
            set(&format!("{}_Type", attribute.name), Json::from(CLIENTS));
        }
    }
    let author = wish.author.as_deref().unwrap_or("Администратор");
    let key = create_as(base, entity, &sent, author, wish.posted && !wish.deletion_mark)?;
    let object = base.objects.get(entity.name, &key);
    object
        .map(|object| document(base, entity, object))
        .ok_or_else(|| Refusal::instance(entity.name))
}

fn known(name: &str) -> Result<&'static Entity, Refusal> {
    schema::entity(name).ok_or_else(|| Refusal::entity(name))
}

fn client_of_name(base: &mut Base, name: &str) -> Result<String, Refusal> {
    let found = base
        .objects
        .all(CLIENTS)
        .find(|(_, client)| text(client, "Description") == name);
    if let Some((key, _)) = found {
        return Ok(key.clone());
    }
    let client = OnecClient {
        name: name.to_owned(),
        ..OnecClient::default()
    };
    Ok(add_client(base, &client)?.ref_key.unwrap_or_default())
}

/// Every client, in the order of their codes.
pub(crate) fn clients(base: &Base) -> Vec<OnecClient> {
    let told =
        |client: &Object, name: &str| Some(text(client, name).to_owned()).filter(|told| !told.is_empty());
    let mut clients: Vec<OnecClient> = base
        .objects
        .all(CLIENTS)
        .map(|(key, client)| OnecClient {
            ref_key: Some(key.clone()),
            name: text(client, "Description").to_owned(),
            phone: told(client, "НомерТелефонаДляПоиска"),
            email: told(client, "АдресЭПДляПоиска"),
            code: told(client, "Code"),
        })
        .collect();
    clients.sort_by(|left, right| left.code.cmp(&right.code));
    clients
}

/// What a person does to a document: `post`, `unpost`, `mark` (for deletion), `unmark`, `delete`, or `change` of attributes.
/// Gives the document as it is then; nothing when it is gone.
pub(crate) fn act_by_hand(
    base: &mut Base,
    (key, verb): (&str, &str),
    attributes: &Object,
) -> Result<Option<OnecDocument>, Refusal> {
    let entity = ENTITIES
        .iter()
        .copied()
        .find(|entity| entity.is_document() && base.objects.get(entity.name, key).is_some())
        .ok_or_else(|| Refusal::instance("Document"))?;
    let marked = |mark: bool| Object::from_iter([("DeletionMark".to_owned(), Json::from(mark))]);
    match verb {
        "post" => posting::act(base, entity, key, Action::Post)?,
        "unpost" => posting::act(base, entity, key, Action::Unpost)?,
        "mark" => change(base, entity, key, &marked(true), (false, None))?,
        "unmark" => change(base, entity, key, &marked(false), (false, None))?,
        "change" => change(base, entity, key, attributes, (false, None))?,
        "delete" => delete(base, entity, key, None)?,
        other => return Err(Refusal::method(other)),
    }
    let object = base.objects.get(entity.name, key);
    Ok(object.map(|object| document(base, entity, object)))
}

/// Documents of one entity, or of all, in the order of their dates.
pub(crate) fn documents(base: &Base, entity: Option<&str>) -> Vec<OnecDocument> {
    let mut documents: Vec<OnecDocument> = ENTITIES
        .iter()
        .copied()
        .filter(|known| known.is_document() && entity.is_none_or(|name| name == known.name))
        .flat_map(|known| {
            base.objects
                .all(known.name)
                .map(move |(_, object)| document(base, known, object))
        })
        .collect();
    documents.sort_by(|left, right| (&left.date, &left.number).cmp(&(&right.date, &right.number)));
    documents
}

fn document(base: &Base, entity: &'static Entity, object: &Object) -> OnecDocument {
    let told = |name: &str| text(object, name).to_owned();
    let client = entity.client_attribute();
    let client_key = client.filter(|client| !super::make::is_unfilled(object, client));
    let client_name = client
        .map(|client| presentation(&base.objects, object, client.name, client.kind))
        .filter(|name| !name.is_empty());
    let author = base.objects.get(USERS, text(object, "Автор_Key"));
    OnecDocument {
        entity: entity.name.to_owned(),
        ref_key: told("Ref_Key"),
        number: told("Number"),
        date: told("Date"),
        posted: flag(object, "Posted"),
        deletion_mark: flag(object, "DeletionMark"),
        amount: object.get("СуммаДокумента").and_then(number).map_or(0, kopecks),
        client_key: client_key.map(|client| told(client.name)),
        client_name,
        author: author.map(|author| text(author, "Description").to_owned()),
        comment: told("Комментарий"),
        attributes: object.clone(),
    }
}
