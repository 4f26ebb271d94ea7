//! Refusals: the interface's own codes, and -1 for what the configuration or the platform says.

use actix_web::http::StatusCode;

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) code: i32,
    pub(crate) words: String,
}

impl Refusal {
    fn new(status: StatusCode, code: i32, words: impl Into<String>) -> Self {
        Self {
            status,
            code,
            words: words.into(),
        }
    }

    /// The configuration's handler, or the platform itself, gave up.
    pub(crate) fn exception(words: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, -1, words)
    }

    pub(crate) fn unsupported(what: &str) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            0,
            format!("Возможность не поддерживается: {what}"),
        )
    }

    pub(crate) fn unreadable_text(why: &str) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            1,
            format!("Не удалось разобрать строку: {why}"),
        )
    }

    pub(crate) fn format(why: &str) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            2,
            format!("Неверный формат запроса: {why}"),
        )
    }

    pub(crate) fn representation() -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            3,
            "Запрошенный тип представления не поддерживается",
        )
    }

    pub(crate) fn value(attribute: &str) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            4,
            format!("Неверное значение свойства \"{attribute}\""),
        )
    }

    pub(crate) fn required(attribute: &str) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            5,
            format!("Отсутствует обязательное значение свойства \"{attribute}\""),
        )
    }

    pub(crate) fn url() -> Self {
        Self::new(StatusCode::BAD_REQUEST, 6, "Неверный URL")
    }

    pub(crate) fn key_part(name: &str) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            7,
            format!("Не хватает элемента ключа сущности \"{name}\""),
        )
    }

    pub(crate) fn entity(name: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            8,
            format!("Тип сущности \"{name}\" не найден"),
        )
    }

    pub(crate) fn instance(entity: &str) -> Self {
        let name = entity.split_once('_').map_or(entity, |(_, name)| name);
        Self::new(
            StatusCode::NOT_FOUND,
            9,
            format!("Экземпляр сущности \"{name}\" не найден по переданному ключу."),
        )
    }

    pub(crate) fn attribute(name: &str) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            10,
            format!("Запрошенное свойство \"{name}\" не найдено"),
        )
    }

    pub(crate) fn method(name: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, 11, format!("Метод \"{name}\" не найден"))
    }

    pub(crate) fn row() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            13,
            "Создание строк табличных частей напрямую не поддерживается",
        )
    }

    pub(crate) fn options(why: impl std::fmt::Display) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            14,
            format!("Ошибка разбора опций запроса: {why}"),
        )
    }

    pub(crate) fn exists(status: u16) -> Self {
        Self::new(
            StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST),
            15,
            "Сущность с таким ключом уже существует",
        )
    }

    pub(crate) fn http_method() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            19,
            "Использованный HTTP-метод запрещен в данном контексте",
        )
    }

    pub(crate) fn rights() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, 20, "Ошибка прав доступа")
    }

    pub(crate) fn function(name: &str) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            21,
            format!("Вызов нереализованной функции \"{name}\""),
        )
    }

    pub(crate) fn changed() -> Self {
        Self::new(
            StatusCode::PRECONDITION_FAILED,
            -1,
            "Данные были изменены или удалены другим пользователем",
        )
    }
}
