//! One call of the interface: faults, the user, then what is asked.

use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::Value as Json;
use tokio::sync::oneshot;

use super::answer::{self, Reply};
use super::base::Base;
use super::change::{change, delete};
use super::create::create;
use super::list;
use super::path::Resource;
use super::posting;
use super::query::{Format, Query, pairs};
use super::refusal::Refusal;
use super::rows::{Object, rows_of, text};
use super::schema::Entity;
use super::select::{Of, Selection};
use super::{fault, log, metadata};
use crate::api::{OnecCall, OnecMode, OnecRights};
use crate::simulator::Simulator;
use crate::{clock, credentials};

/// What is asked, free of the framework, so that it can wait in a task.
struct Asked {
    base: String,
    method: String,
    resource: String,
    pairs: Vec<(String, String)>,
    format: Result<Format, Refusal>,
    user: Option<(String, String)>,
    content_type: String,
    if_match: Option<String>,
    body: Bytes,
    /// Before the names of entities in links.
    root: String,
}

/// The list of what is published.
pub(super) async fn root(
    request: HttpRequest,
    simulator: Data<Simulator>,
    base: Path<String>,
    body: Bytes,
) -> HttpResponse {
    answer(&request, &simulator, (base.into_inner(), String::new()), body).await
}

/// Anything below it.
pub(super) async fn resource(
    request: HttpRequest,
    simulator: Data<Simulator>,
    at: Path<(String, String)>,
    body: Bytes,
) -> HttpResponse {
    answer(&request, &simulator, at.into_inner(), body).await
}

async fn answer(
    request: &HttpRequest,
    simulator: &Simulator,
    (base_name, resource): (String, String),
    body: Bytes,
) -> HttpResponse {
    let asked = Asked::read(request, simulator, (base_name, resource), body);
    let kind = asked.kind();
    let met = simulator.world().onec.get_mut(&asked.base).map(|base| {
        let mode = base.meet(kind);
        let query = asked.pairs.iter().map(|(name, value)| format!("{name}={value}"));
        let query = query.collect::<Vec<_>>().join("&");
        let called = log::called(clock::now_ms(), &asked.method, &asked.resource, &query, mode);
        let number = base.log_call(called);
        let session = base.take_session(cookie(request).as_deref(), header(request, "IBSession"));
        let delay = match kind {
            OnecCall::Create | OnecCall::Change => base.settings.write_delay_ms,
            OnecCall::Post => base.settings.post_delay_ms,
            OnecCall::Read | OnecCall::Service => 0,
        };
        (mode, base.faults.clone(), number, session, delay)
    });
    let Some((mode, faults, number, session, delay)) = met else {
        return HttpResponse::NotFound().body("there is no such base");
    };
    let name = asked.base.clone();
    let format = asked.shown();
    let response = match fault::instead(request, format, mode, &faults).await {
        Some(instead) => instead,
        None => {
            let mut reply = late(simulator, delay, move |simulator| asked.run(simulator)).await;
            if let Some(session) = session {
                reply = reply.with("Set-Cookie", format!("ibsession={session}; path=/"));
            }
            fault::after(request, mode, &faults, reply).await
        }
    };
    let silent = matches!(
        mode,
        OnecMode::Down | OnecMode::Hang | OnecMode::DropAfter | OnecMode::CutAfter
    );
    let status = (!silent).then_some(response.status().as_u16());
    if let Some(base) = simulator.world().onec.get_mut(&name) {
        base.log_answer(number, status);
    }
    response
}

/// Does the work when its time has come, whether the caller still waits or not.
pub(super) async fn late(
    simulator: &Simulator,
    ms: u64,
    work: impl FnOnce(&Simulator) -> Reply + Send + 'static,
) -> Reply {
    if ms == 0 {
        return work(simulator);
    }
    let (tell, told) = oneshot::channel();
    let own = simulator.clone();
    simulator.spawn(async move {
        clock::sleep_ms(ms).await;
        // Nobody may be waiting any more; the work is done all the same.
        let _ = tell.send(work(&own));
    });
    told.await
        .unwrap_or_else(|_| Reply::empty(StatusCode::SERVICE_UNAVAILABLE))
}

fn header<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    request.headers().get(name)?.to_str().ok()
}

fn cookie(request: &HttpRequest) -> Option<String> {
    let cookies = header(request, "Cookie")?;
    cookies
        .split(';')
        .find_map(|cookie| cookie.trim().strip_prefix("ibsession="))
        .map(str::to_owned)
}

impl Asked {
    fn read(
        request: &HttpRequest,
        simulator: &Simulator,
        (base, resource): (String, String),
        body: Bytes,
    ) -> Self {
        let pairs = pairs(request.query_string());
        let told = |name| header(request, name).unwrap_or_default().to_owned();
        Self {
            method: request.method().to_string(),
            format: Format::asked(&pairs, &told("Accept")),
            user: credentials::basic(request),
            content_type: told("Content-Type"),
            if_match: header(request, "If-Match").map(str::to_owned),
            root: format!("{}/onec/{base}/odata/standard.odata/", simulator.base_url()),
            base,
            resource,
            pairs,
            body,
        }
    }

    fn kind(&self) -> OnecCall {
        let is_action = self.resource.contains(")/");
        match self.method.as_str() {
            "POST" if is_action => OnecCall::Post,
            "POST" => OnecCall::Create,
            "PATCH" | "PUT" | "DELETE" | "MERGE" => OnecCall::Change,
            _ => OnecCall::Read,
        }
    }

    /// How answers are written; refusals of an unknown form too.
    fn shown(&self) -> Format {
        *self.format.as_ref().unwrap_or(&Format::Atom)
    }

    fn run(&self, simulator: &Simulator) -> Reply {
        let mut world = simulator.world();
        let Some(base) = world.onec.get_mut(&self.base) else {
            return Reply::empty(StatusCode::NOT_FOUND);
        };
        let known = base.settings.user.clone().zip(base.settings.password.clone());
        if known.is_none() || known != self.user {
            base.unauthorized += 1;
            return fault::unauthorized();
        }
        self.done(base)
            .unwrap_or_else(|refusal| answer::refusal(self.shown(), &refusal))
    }

    fn done(&self, base: &mut Base) -> Result<Reply, Refusal> {
        let format = self.format.clone()?;
        let writes = self.kind() != OnecCall::Read;
        match base.settings.rights {
            OnecRights::None => return Err(Refusal::rights()),
            OnecRights::Read if writes => return Err(Refusal::rights()),
            _ => {}
        }
        if self.resource.is_empty() {
            self.is("GET")?;
            return Ok(answer::list_of_sets(
                format,
                &self.root,
                &metadata::sets(&base.settings.hidden),
            ));
        }
        let query = Query::read(&self.pairs)?;
        match Resource::read(&self.resource, &base.settings.hidden)? {
            Resource::Metadata => self.metadata(base),
            Resource::Set(entity) if self.method == "POST" => self.create(base, entity, format),
            Resource::Set(entity) => {
                self.is("GET")?;
                let found = list::objects(&base.objects, entity, &query)?;
                Ok(answer::many(format, &self.root, entity.name, found))
            }
            Resource::Count(entity) => {
                self.is("GET")?;
                let count = list::count(&base.objects, entity, &query)?.to_string();
                Ok(Reply::new(StatusCode::OK, "text/plain;charset=utf-8", count))
            }
            Resource::One(entity, key) => self.one(base, (entity, &key), &query, format),
            Resource::Action(entity, key, action) => {
                self.is("POST")?;
                posting::act(base, entity, &key, action)?;
                Ok(Reply::empty(StatusCode::OK))
            }
            Resource::Rows(..) | Resource::Row(..) if writes => Err(Refusal::row()),
            Resource::Rows(entity, part) => {
                let found = list::rows(&base.objects, entity, part, &query)?;
                let name = format!("{}_{}", entity.name, part.name);
                Ok(answer::many(format, &self.root, &name, found))
            }
            Resource::Row(entity, part, key, line) => {
                let name = format!("{}_{}", entity.name, part.name);
                let row = base
                    .objects
                    .get(entity.name, &key)
                    .and_then(|object| rows_of(object, part.name).find(|row| text(row, "LineNumber") == line))
                    .ok_or_else(|| Refusal::instance(&name))?;
                Ok(answer::one(
                    format,
                    &self.root,
                    &name,
                    row.clone(),
                    StatusCode::OK,
                ))
            }
        }
    }

    fn is(&self, method: &str) -> Result<(), Refusal> {
        if self.method == method {
            return Ok(());
        }
        Err(Refusal::http_method())
    }

    fn metadata(&self, base: &Base) -> Result<Reply, Refusal> {
        self.is("GET")?;
        if self
            .pairs
            .iter()
            .any(|(name, value)| name == "$format" && value.contains("json"))
        {
            return Err(Refusal::representation());
        }
        let body = metadata::document(&base.settings.hidden);
        Ok(Reply::new(StatusCode::OK, "application/xml;charset=utf-8", body))
    }

    fn create(&self, base: &mut Base, entity: &'static Entity, format: Format) -> Result<Reply, Refusal> {
        let key = create(base, entity, &self.sent()?)?;
        let location = answer::location(&self.root, entity, &key);
        let object = self.found(base, entity, &key)?;
        Ok(
            answer::one(format, &self.root, entity.name, object, StatusCode::CREATED)
                .with("Location", location),
        )
    }

    fn one(
        &self,
        base: &mut Base,
        (entity, key): (&'static Entity, &str),
        query: &Query,
        format: Format,
    ) -> Result<Reply, Refusal> {
        match self.method.as_str() {
            "GET" => {
                if query.expand.is_some() {
                    return Err(Refusal::unsupported("$expand одной сущности"));
                }
                let selection = Selection::read(Of::Entity(entity), query.select.as_deref())?;
                let object = selection.of(&base.objects, &self.found(base, entity, key)?);
                Ok(answer::one(
                    format,
                    &self.root,
                    entity.name,
                    object,
                    StatusCode::OK,
                ))
            }
            "PATCH" | "MERGE" | "PUT" => {
                let how = (self.method == "PUT", self.if_match.as_deref());
                change(base, entity, key, &self.sent()?, how)?;
                let object = self.found(base, entity, key)?;
                Ok(answer::one(
                    format,
                    &self.root,
                    entity.name,
                    object,
                    StatusCode::OK,
                ))
            }
            "DELETE" => {
                delete(base, entity, key, self.if_match.as_deref())?;
                Ok(Reply::empty(StatusCode::NO_CONTENT))
            }
            _ => Err(Refusal::http_method()),
        }
    }

    fn found(&self, base: &Base, entity: &'static Entity, key: &str) -> Result<Object, Refusal> {
        let found = base.objects.get(entity.name, key).cloned();
        found.ok_or_else(|| Refusal::instance(entity.name))
    }

    /// The body. Atom is not read.
    fn sent(&self) -> Result<Object, Refusal> {
        if self.content_type.contains("xml") {
            return Err(Refusal::representation());
        }
        match serde_json::from_slice(&self.body) {
            Ok(Json::Object(object)) => Ok(object),
            Ok(_) => Err(Refusal::format("ожидается объект")),
            Err(error) => Err(Refusal::format(&error.to_string())),
        }
    }
}
