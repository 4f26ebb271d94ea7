//! Posting a document, and taking that back.

use serde_json::Value as Json;

use super::base::Base;
use super::change::{found, is_open, write};
use super::make::is_unfilled;
use super::path::Action;
use super::refusal::Refusal;
use super::rows::{Object, flag};
use super::schema::Entity;

/// `/Post` and `/Unpost`. Both may be repeated.
pub(super) fn act(
    base: &mut Base,
    entity: &'static Entity,
    key: &str,
    action: Action,
) -> Result<(), Refusal> {
    let mut object = found(base, entity, key, None)?;
    is_open(base, entity, &object)?;
    if action == Action::Post {
        may_post(base, entity, &object)?;
    }
    object.insert("Posted".to_owned(), Json::from(action == Action::Post));
    write(base, entity, key, object)
}

/// What the configuration's handler looks at.
fn may_post(base: &Base, entity: &'static Entity, object: &Object) -> Result<(), Refusal> {
    if flag(object, "DeletionMark") {
        return Err(Refusal::exception(
            "Помеченный на удаление документ не может быть проведен",
        ));
    }
    if let Some(words) = &base.settings.refuse_posting {
        return Err(Refusal::exception(words.clone()));
    }
    let usual = entity
        .client_attribute()
        .into_iter()
        .chain(entity.attribute("СуммаДокумента"));
    let asked = base
        .settings
        .required
        .iter()
        .filter_map(|name| entity.attribute(name));
    match usual
        .chain(asked)
        .find(|attribute| is_unfilled(object, attribute))
    {
        Some(attribute) => Err(Refusal::exception(format!(
            "Не удалось провести документ. Поле \"{}\" не заполнено",
            attribute.name.trim_end_matches("_Key")
        ))),
        None => Ok(()),
    }
}
