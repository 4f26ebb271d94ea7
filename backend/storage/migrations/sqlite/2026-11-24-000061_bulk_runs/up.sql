-- Actions on many attempts at once. The rows are there before anything is done with them.
create table bulk_runs (
    id          blob    not null primary key,
    action      text    not null,
    is_rehearsal integer not null, -- only asks what would happen
    state       text    not null,
    created_at  integer not null,
    actor_kind  text    not null, -- who wants it
    actor_id    text,
    actor_name  text,
    finished_at integer,
    total       integer not null,
    done        integer not null,
    counts      text    not null, -- JSON: how many rows came to each outcome
    lease_until integer           -- while a worker goes through the rows
) strict;

create index bulk_runs_newest on bulk_runs (created_at desc, id desc);
create index bulk_runs_running on bulk_runs (created_at, id) where state = 'running';

create table bulk_rows (
    run_id       blob    not null references bulk_runs (id),
    position     integer not null, -- 1, 2, 3 …
    attempt_id   blob    not null references payment_attempts (id),
    outcome      text,             -- null: not its turn yet
    detail       text,
    document_ref text,
    primary key (run_id, position)
) strict, without rowid;

create index bulk_rows_open on bulk_rows (run_id, position) where outcome is null;
create index bulk_rows_of_outcome on bulk_rows (run_id, outcome, position);
