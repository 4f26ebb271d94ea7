-- What banks sent to us, raw, kept before anything is made of it: no notification that was answered is ever lost.
-- The very same one again is counted in `repeats`, not kept twice.
create table bank_notifications (
    id            blob    not null primary key,
    bank          text    not null,
    bank_account  text    not null, -- the account whose address it came to
    attempt_id    blob    references payment_attempts (id), -- null: not known (yet)
    order_number  text,             -- the one in it, to match an orphan later
    bank_order_id text,             -- likewise
    received_at   integer not null, -- the first time
    method        text    not null,
    query         text    not null, -- the raw query string, without the question mark
    body          blob    not null,
    headers       text    not null, -- pairs of name and value, without credentials
    remote_addr   text,
    verdict       text    not null, -- what became of it
    repeats       integer not null,
    dedupe_key    blob    not null  -- digest of query and body
) strict;

create unique index notifications_dedupe_key on bank_notifications (bank, bank_account, dedupe_key);
create index notifications_of_attempt on bank_notifications (attempt_id) where attempt_id is not null;
create index notifications_by_order_number on bank_notifications (bank, bank_account, order_number)
    where order_number is not null;
create index notifications_by_bank_order_id on bank_notifications (bank, bank_account, bank_order_id)
    where bank_order_id is not null;
create index notifications_by_verdict on bank_notifications (bank, bank_account, verdict, received_at);
create index notifications_unprocessed on bank_notifications (received_at, id) where verdict = 'received';
