-- What a bank lists of an account: a settlement file, or its own list call. Written in several transactions, and seen
-- only when it is complete; what a load that died left behind is removed.
create table registries (
    id                 blob not null primary key, -- time-ordered
    bank               text not null,
    bank_account       text not null,
    source             text not null, -- file or bank
    file_name          text,
    digest             blob, -- SHA-256 of the file: the same one is loaded once
    layout             text not null,
    period_from        integer,
    period_to          integer, -- not in the period itself
    loaded_at          integer not null,
    loaded_by_kind     text not null,
    loaded_by_id       text,
    loaded_by_name     text,
    state              text not null, -- loading or complete
    alive_at           integer not null, -- when the load last wrote
    lines              integer not null,
    matched            integer not null,
    healed             integer not null,
    differs            integer not null,
    no_attempt         integer not null,
    missing            integer not null,
    noted              integer not null,
    currency           text not null, -- of the sums, which are in minor units
    payments           integer not null,
    refunds            integer not null,
    other              integer not null, -- chargebacks and corrections, with their sign
    fees               integer not null,
    declared_payments  integer, -- what the file says of itself
    declared_refunds   integer,
    declared_fees      integer,
    declared_payout    integer,
    declared_lines     integer,
    adds_up            integer check (adds_up in (0, 1))
) strict;

create unique index registries_of_file on registries (bank, bank_account, digest)
    where state = 'complete' and digest is not null;
create index registries_newest on registries (loaded_at desc, id desc);
create index registries_loading on registries (alive_at) where state = 'loading';

-- The lines of registries, compared with the journal. Those behind the last line of the file are attempts that it does
-- not list.
create table registry_lines (
    registry_id      blob not null references registries (id),
    position         integer not null,
    number           integer, -- the line in the file; null: missing there
    kind             text not null,
    bank_order_id    text,
    order_number     text,
    rrn              text,
    amount           integer not null, -- minor units
    currency         text not null,
    fee              integer, -- minor units
    at               integer not null,
    result           text not null,
    attempt_id       blob references payment_attempts (id),
    problem          text,
    problem_expected text,
    problem_found    text,
    primary key (registry_id, position)
) strict;

create index registry_lines_by_result on registry_lines (registry_id, result, position);
create index registry_lines_of_attempt on registry_lines (attempt_id, registry_id) where attempt_id is not null;

-- How the columns of banks' own tables are read, as people set it up.
create table registry_mappings (
    name       text not null primary key,
    mapping    text not null,
    updated_at integer not null
) strict;
