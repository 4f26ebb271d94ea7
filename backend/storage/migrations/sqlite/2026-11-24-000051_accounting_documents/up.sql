-- What a search of the accounting system found, what a person has to decide, and which document it came to.
alter table deliveries add column look_ups     integer not null default 0;    -- that found nothing, since the last try of unknown end
alter table deliveries add column slow_tries   integer not null default 0;    -- refusals of the system's own handler in a row
alter table deliveries add column is_cleared   integer not null default 0; -- a person decided to send though nobody knows
alter table deliveries add column document_key text;                          -- the system's own key of the document, posted or not
alter table deliveries add column linked_by    text;                          -- by what it was found; null: made by us
alter table deliveries add column client_key   text;                          -- the system's key of the client
alter table deliveries add column ruled_out    text    not null default '[]'; -- JSON: documents that are other payments
alter table deliveries add column hold         text;                          -- JSON: what a person has to decide
alter table deliveries add column sweep_at     integer;                       -- when doubles are searched for
alter table deliveries add column sweeps       integer not null default 0;

-- Each document is linked once only.
create unique index deliveries_document on deliveries (connection, document_key) where document_key is not null;
create index deliveries_to_sweep on deliveries (connection, sweep_at) where sweep_at is not null;
create index deliveries_held on deliveries (updated_at, id) where hold is not null;
create index deliveries_dead on deliveries (connection, updated_at)
    where state in ('needs_attention', 'held');

-- A connection that a person paused, and what its last self-test said.
alter table connections add column held_since integer; -- null: not paused by a person
alter table connections add column held_by    text;    -- who
alter table connections add column held_why   text;
alter table connections add column last_good_at integer; -- the last answer that was none of its failures
alter table connections add column tested_at  integer;
alter table connections add column test       text;    -- JSON: the lines of the last self-test
