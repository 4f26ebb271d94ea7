-- What a search of the accounting system found, what a person has to decide, and which document it came to.
alter table deliveries
    add column look_ups     bigint  not null default 0,     -- that found nothing, since the last try of unknown end
    add column slow_tries   bigint  not null default 0,     -- refusals of the system's own handler in a row
    add column is_cleared   boolean not null default false, -- a person decided to send though nobody knows
    add column document_key text,                           -- the system's own key of the document, posted or not
    add column linked_by    text,                           -- by what it was found; null: made by us
    add column client_key   text,                           -- the system's key of the client
    add column ruled_out    json    not null default '[]',  -- JSON: documents that are other payments
    add column hold         json,                           -- JSON: what a person has to decide
    add column sweep_at     timestamptz,                    -- when doubles are searched for
    add column sweeps       bigint  not null default 0;

-- Each document is linked once only.
create unique index deliveries_document on deliveries (connection, document_key) where document_key is not null;
create index deliveries_to_sweep on deliveries (connection, sweep_at) where sweep_at is not null;
create index deliveries_held on deliveries (updated_at, id) where hold is not null;
create index deliveries_dead on deliveries (connection, updated_at)
    where state in ('needs_attention', 'held');

-- A connection that a person paused, and what its last self-test said.
alter table connections
    add column held_since timestamptz, -- null: not paused by a person
    add column held_by    text,        -- who
    add column held_why   text,
    add column last_good_at timestamptz, -- the last answer that was none of its failures
    add column tested_at  timestamptz,
    add column test       json;        -- JSON: the lines of the last self-test
