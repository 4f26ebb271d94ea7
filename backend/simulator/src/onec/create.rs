//! Making an object.

use serde_json::Value as Json;

use super::base::Base;
use super::make::{fill, fresh, put, user};
use super::refusal::Refusal;
use super::rows::{Object, text};
use super::schema::Entity;
use super::value::{self, NEVER, NOTHING};

/// Makes an object as the user of the interface; gives its key.
pub(super) fn create(base: &mut Base, entity: &'static Entity, sent: &Object) -> Result<String, Refusal> {
    let author = base.settings.user.clone().unwrap_or_default();
    create_as(base, entity, sent, &author, false)
}

/// The same as somebody, posted at once or not.
pub(super) fn create_as(
    base: &mut Base,
    entity: &'static Entity,
    sent: &Object,
    author: &str,
    posted: bool,
) -> Result<String, Refusal> {
    let key = key(base, entity, sent)?;
    if !base.has_room(entity) {
        return Err(Refusal::exception("Ошибка СУБД: нет места"));
    }
    let mut object = fresh(entity, &key);
    fill(&mut object, entity, sent)?;
    let mut changes = Vec::new();
    if entity.is_document() {
        number(base, entity, &mut object)?;
        if text(&object, "Date") == NEVER {
            return Err(Refusal::exception("Поле \"Дата\" не заполнено"));
        }
        base.is_open(text(&object, "Date"))?;
        if posted {
            object.insert("Posted".to_owned(), Json::from(true));
        }
        if text(&object, "Автор_Key") == NOTHING && !author.is_empty() {
            let (author, added) = user(base, author);
            object.insert("Автор_Key".to_owned(), Json::from(author));
            changes.extend(added);
        }
    } else if text(&object, "Code").is_empty() {
        object.insert("Code".to_owned(), Json::from(base.next_number(entity)));
    }
    object.insert("DataVersion".to_owned(), Json::from(base.next_version()));
    changes.push(put(entity, &key, object));
    base.commit(changes)?;
    Ok(key)
}

/// The sender's key, if it has one and the base heeds it.
fn key(base: &mut Base, entity: &'static Entity, sent: &Object) -> Result<String, Refusal> {
    let key = match sent.get("Ref_Key") {
        None | Some(Json::Null) => return Ok(base.new_key(entity)),
        Some(sent) => sent
            .as_str()
            .and_then(value::guid)
            .ok_or_else(|| Refusal::value("Ref_Key"))?,
    };
    if base.settings.ignore_ref_key || key == NOTHING {
        return Ok(base.new_key(entity));
    }
    if base.objects.get(entity.name, &key).is_some() {
        base.repeated_keys += 1;
        if !base.settings.overwrite_ref_key {
            return Err(Refusal::exists(base.settings.exists_status.unwrap_or(400)));
        }
    }
    Ok(key)
}

/// The next number, or the sender's, which nothing of that year may have.
fn number(base: &Base, entity: &'static Entity, object: &mut Object) -> Result<(), Refusal> {
    if text(object, "Number").is_empty() {
        object.insert("Number".to_owned(), Json::from(base.next_number(entity)));
        return Ok(());
    }
    let key = |object: &Object| {
        let year = text(object, "Date").get(..4).unwrap_or_default().to_owned();
        (text(object, "Number").to_owned(), year)
    };
    let (mine, own) = (key(object), text(object, "Ref_Key"));
    let taken = base
        .objects
        .all(entity.name)
        .any(|(other, object)| other != own && key(object) == mine);
    if taken {
        return Err(Refusal::exception(format!("Номер \"{}\" не уникален", mine.0)));
    }
    Ok(())
}
