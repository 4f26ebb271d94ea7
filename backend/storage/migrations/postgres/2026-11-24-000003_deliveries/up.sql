-- Payments and refunds to pass on to an accounting system. Written in the transaction of the change that caused it,
-- so that none is forgotten; its id is the key by which the other system knows a repeat.
create table deliveries (
    queue_number bigint      generated always as identity, -- the order in which they were queued
    id           uuid        not null primary key,
    attempt_id   uuid        not null references payment_attempts (id),
    kind         text        not null, -- payment or refund
    after_id     uuid        references deliveries (id), -- goes first: the payment of a refund
    connection   text,                 -- null: none is configured yet
    amount       bigint      not null, -- minor units
    currency     text        not null,
    body         bytea,                -- the very bytes to send, fixed at the first try
    state        text        not null,
    attention    text,                 -- something to look at though it ended
    tries        bigint      not null,
    doubts       bigint      not null, -- how many of the last ones in a row ended unknown
    next_try_at  timestamptz not null,
    lease_id     uuid,                 -- null: nobody holds it
    lease_until  timestamptz,          -- past: its holder died
    document_ref text,
    last_error   text,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    version      bigint      not null,
    check ((lease_id is null) = (lease_until is null))
) with (fillfactor = 85);

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
    delivery_id uuid        not null references deliveries (id),
    number      bigint      not null, -- 1, 2, 3 …
    attempt_id  uuid        not null references payment_attempts (id),
    kind        text        not null,
    started_at  timestamptz not null,
    ended_at    timestamptz,
    verdict     text,
    http_status integer,
    answer      text,                 -- raw and trimmed, or why there is none
    next_try_at timestamptz,
    primary key (delivery_id, number)
);

-- How each accounting system is doing, shared by all workers: back-off belongs to it, not to a payment.
create table connections (
    name          text        not null primary key,
    failures      bigint      not null, -- in a row
    failing_since timestamptz,
    paused_until  timestamptz,
    stopped       text,                 -- why it waits for a person to mend it
    last_error    text
);
