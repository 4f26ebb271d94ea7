-- Actions on many attempts at once. The rows are there before anything is done with them.
create table bulk_runs (
    id           uuid        not null primary key,
    action       text        not null,
    is_rehearsal boolean     not null, -- only asks what would happen
    state        text        not null,
    created_at   timestamptz not null,
    actor_kind   text        not null, -- who wants it
    actor_id     text,
    actor_name   text,
    finished_at  timestamptz,
    total        bigint      not null,
    done         bigint      not null,
    counts       json        not null, -- JSON: how many rows came to each outcome
    lease_until  timestamptz           -- while a worker goes through the rows
);

create index bulk_runs_newest on bulk_runs (created_at desc, id desc);
create index bulk_runs_running on bulk_runs (created_at, id) where state = 'running';

create table bulk_rows (
    run_id       uuid   not null references bulk_runs (id),
    position     bigint not null, -- 1, 2, 3 …
    attempt_id   uuid   not null references payment_attempts (id),
    outcome      text,            -- null: not its turn yet
    detail       text,
    document_ref text,
    primary key (run_id, position)
);

create index bulk_rows_open on bulk_rows (run_id, position) where outcome is null;
create index bulk_rows_of_outcome on bulk_rows (run_id, outcome, position);
