//! How the columns of banks' own tables are read.

use diesel::prelude::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use jiff::Timestamp;
use sverka_app::ports::store::{RegistryMappings, StoreError};
use sverka_domain::registry::Mapping;

use crate::column::{from_json, text, to_json};
use crate::query::{Cached, OrIgnore};
use crate::schema::registry_mappings::dsl;
use crate::types::{Json, Time};
use crate::work::Work;

impl RegistryMappings for Work<'_> {
    fn list(&mut self) -> Result<Vec<Mapping>, StoreError> {
        let query = dsl::registry_mappings.order(dsl::name.asc()).select(dsl::mapping);
        let rows: Vec<Json> = self.query(|conn| query.load(conn))?;
        rows.iter().map(mapping).collect()
    }

    fn get(&mut self, name: &str) -> Result<Option<Mapping>, StoreError> {
        let query = dsl::registry_mappings
            .filter(dsl::name.eq(text(name)))
            .select(dsl::mapping);
        let row: Option<Json> = self.query(|conn| query.get_result(conn).optional())?;
        row.as_ref().map(mapping).transpose()
    }

    fn put(&mut self, mapping: &Mapping, now: Timestamp) -> Result<(), StoreError> {
        let name = text(&mapping.name);
        let (json, at) = (to_json(mapping)?, Time::from(now));
        let target = dsl::registry_mappings.filter(dsl::name.eq(name.clone()));
        let changed = diesel::update(target).set((dsl::mapping.eq(json.clone()), dsl::updated_at.eq(at)));
        if self.query(|conn| Cached(changed).execute(conn))? == 1 {
            return Ok(());
        }
        let row = (dsl::name.eq(name), dsl::mapping.eq(json), dsl::updated_at.eq(at));
        let insert = diesel::insert_into(dsl::registry_mappings).values(row);
        match self.query(|conn| OrIgnore(insert).execute(conn))? {
            1 => Ok(()),
            // Somebody saved one of that name at the same moment; theirs stands, and the caller may repeat.
            _ => Err(StoreError::Stale),
        }
    }

    fn remove(&mut self, name: &str) -> Result<bool, StoreError> {
        let target = dsl::registry_mappings.filter(dsl::name.eq(text(name)));
        Ok(self.query(|conn| diesel::delete(target).execute(conn))? == 1)
    }
}

fn mapping(json: &Json) -> Result<Mapping, StoreError> {
    from_json(json, "registry_mappings.mapping")
}
