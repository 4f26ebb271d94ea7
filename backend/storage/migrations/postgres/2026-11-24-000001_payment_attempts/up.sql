-- Trigrams find a part of a name; btree_gin lets one index hold the time bucket and the trigrams.
create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- Every try of a client to pay, whatever became of it: the row that all others hang on. What each source said is in
-- `facts`; the columns beside it are what the facts come to, kept for filters. Changed only with a greater `version`.
create table payment_attempts (
    id                 uuid        not null primary key, -- time-ordered
    merchant           text        not null,
    order_number       text        not null, -- the merchant's own number of the order
    bank               text        not null,
    bank_account       text        not null, -- one name among the accounts of the bank
    bank_order_id      text,                 -- the bank's id of the same order, once known
    payment_type       text        not null,
    client_name        text        not null,
    client_phone       text,
    client_email       text,
    client_external_id text,
    description        text,
    metadata           json        not null, -- the app's own, never looked into; json keeps it as it came
    amount             bigint      not null, -- minor units
    currency           text        not null,
    facts              json        not null, -- what each source said, by source
    bank_status        text        not null,
    bank_status_source text        not null,
    paid_at            timestamptz,          -- when the client paid
    refunded           bigint      not null, -- minor units
    attention          text,                 -- what in the facts a person has to look at
    crm_status         text        not null,
    crm_document_ref   text,
    passed_on          json        not null, -- what was handed to delivery so far
    needs_attention    boolean     not null, -- the attempt, its CRM status or one of its deliveries asks for a person
    lost_callback      boolean     not null, -- the bank has the money and its notification never came
    next_query_at      timestamptz,          -- null: there is nothing left to ask the bank
    last_query_at      timestamptz,
    last_query_error   text,
    search_text        text        not null, -- folded words and the phone's digits
    phone_digits       text,                 -- the phone without anything but digits
    bucket             integer     not null, -- week of `created_at` since 1970, beginning on a Thursday: search walks it
    created_at         timestamptz not null,
    updated_at         timestamptz not null,
    version            bigint      not null,
    constraint attempts_order_number unique (bank, bank_account, order_number)
) with (fillfactor = 85); -- room for updates in place: an attempt changes several times within its first minutes

create unique index attempts_bank_order_id on payment_attempts (bank, bank_account, bank_order_id)
    where bank_order_id is not null;
create index attempts_newest on payment_attempts (created_at desc, id desc);
-- New entries wait in a list that every search reads whole, once a week that it walks: a short one, 256 kB.
create index attempts_by_text on payment_attempts using gin (bucket, search_text gin_trgm_ops)
    with (gin_pending_list_limit = 256);
create index attempts_by_phone_tail on payment_attempts (reverse(phone_digits) text_pattern_ops, created_at);
create index attempts_to_ask_about on payment_attempts (bank, bank_account, next_query_at)
    where next_query_at is not null;
create index attempts_paid_at_account on payment_attempts (bank, bank_account, paid_at) where paid_at is not null;
create index attempts_needing_attention on payment_attempts (created_at desc, id desc) where needs_attention;
create index attempts_with_lost_callback on payment_attempts (created_at desc, id desc) where lost_callback;
