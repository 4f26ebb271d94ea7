-- Payments and refunds to pass on to an accounting system. Written in the transaction of the change that caused it,
-- so that none is forgotten; its id is the key by which the other system knows a repeat.
create table deliveries (
    queue_number integer not null primary key, -- the order in which they were queued
    id           blob    not null unique,
    attempt_id   blob    not null references payment_attempts (id),
    kind         text    not null, -- payment or refund
    after_id     blob    references deliveries (id), -- goes first: the payment of a refund
    connection   text,             -- null: none is configured yet
    amount       integer not null, -- minor units
    currency     text    not null,
    body         blob,             -- the very bytes to send, fixed at the first try
    state        text    not null,
    attention    text,             -- something to look at though it ended
    tries        integer not null,
    doubts       integer not null, -- how many of the last ones in a row ended unknown
    next_try_at  integer not null,
    lease_id     blob,             -- null: nobody holds it
    lease_until  integer,          -- past: its holder died
    document_ref text,
    last_error   text,
    created_at   integer not null,
    updated_at   integer not null,
    version      integer not null,
    check ((lease_id is null) = (lease_until is null))
) strict;

create index deliveries_of_attempt on deliveries (attempt_id, queue_number);
create index deliveries_waiting_oldest on deliveries (connection, created_at, queue_number)
    where state in ('queued', 'retrying', 'in_doubt');
create index deliveries_waiting_soonest on deliveries (connection, next_try_at)
    where state in ('queued', 'retrying', 'in_doubt');
create index deliveries_sending on deliveries (lease_until) where state = 'sending';
create index deliveries_unrouted on deliveries (queue_number) where connection is null;

-- Each try to pass a delivery on: the row is committed before the first byte is sent, its verdict afterwards.
-- A row without a verdict after its lease means that nobody knows.
create table delivery_tries (
    delivery_id blob    not null references deliveries (id),
    number      integer not null, -- 1, 2, 3 …
    attempt_id  blob    not null references payment_attempts (id),
    kind        text    not null,
    started_at  integer not null,
    ended_at    integer,
    verdict     text,
    http_status integer,
    answer      text,             -- raw and trimmed, or why there is none
    next_try_at integer,
    primary key (delivery_id, number)
) strict;

-- How each accounting system is doing, shared by all workers: back-off belongs to it, not to a payment.
create table connections (
    name          text    not null primary key,
    failures      integer not null, -- in a row
    failing_since integer,
    paused_until  integer,
    stopped       text,             -- why it waits for a person to mend it
    last_error    text
) strict;
