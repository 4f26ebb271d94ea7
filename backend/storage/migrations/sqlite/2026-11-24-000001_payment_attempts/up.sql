-- Every try of a client to pay, whatever became of it: the row that all others hang on. What each source said is in
-- `facts`; the columns beside it are what the facts come to, kept for filters. Changed only with a greater `version`.
-- Times are microseconds since 1970, identifiers 16 bytes, json is text.
create table payment_attempts (
    seq                integer not null primary key, -- second of `created_at` * 2^20 + a number: the index of texts
                                                     -- yields rows by it, so it yields them by time
    id                 blob    not null unique,      -- time-ordered
    merchant           text    not null,
    order_number       text    not null, -- the merchant's own number of the order
    bank               text    not null,
    bank_account       text    not null, -- one name among the accounts of the bank
    bank_order_id      text,             -- the bank's id of the same order, once known
    payment_type       text    not null,
    client_name        text    not null,
    client_phone       text,
    client_email       text,
    client_external_id text,
    description        text,
    metadata           text    not null, -- the app's own, never looked into
    amount             integer not null, -- minor units
    currency           text    not null,
    facts              text    not null, -- what each source said, by source
    bank_status        text    not null,
    bank_status_source text    not null,
    paid_at            integer,          -- when the client paid
    refunded           integer not null, -- minor units
    attention          text,             -- what in the facts a person has to look at
    crm_status         text    not null,
    crm_document_ref   text,
    passed_on          text    not null, -- what was handed to delivery so far
    needs_attention    integer not null check (needs_attention in (0, 1)), -- it, its CRM status or a delivery asks for a person
    lost_callback      integer not null check (lost_callback in (0, 1)),   -- the bank has the money, its notification never came
    next_query_at      integer,          -- null: there is nothing left to ask the bank
    last_query_at      integer,
    last_query_error   text,
    search_text        text    not null, -- folded words and the phone's digits
    phone_digits       text,             -- the phone without anything but digits
    bucket             integer not null, -- week of `created_at` since 1970, beginning on a Thursday
    created_at         integer not null,
    updated_at         integer not null,
    version            integer not null
) strict;

create unique index attempts_order_number on payment_attempts (bank, bank_account, order_number);
create unique index attempts_bank_order_id on payment_attempts (bank, bank_account, bank_order_id)
    where bank_order_id is not null;
create index attempts_newest on payment_attempts (created_at desc, id desc);
create index attempts_to_ask_about on payment_attempts (bank, bank_account, next_query_at)
    where next_query_at is not null;
create index attempts_paid_at_account on payment_attempts (bank, bank_account, paid_at) where paid_at is not null;
create index attempts_needing_attention on payment_attempts (created_at desc, id desc) where needs_attention;
create index attempts_with_lost_callback on payment_attempts (created_at desc, id desc) where lost_callback;

-- Trigrams find a part of a name. Only the row numbers are kept (`detail = none`): the text is looked at again.
create virtual table attempts_by_text using fts5 (
    search_text,
    content = 'payment_attempts',
    content_rowid = 'seq',
    tokenize = 'trigram case_sensitive 1',
    detail = none
);
create trigger attempts_by_text_insert after insert on payment_attempts begin
    insert into attempts_by_text (rowid, search_text) values (new.seq, new.search_text);
end;
create trigger attempts_by_text_delete after delete on payment_attempts begin
    insert into attempts_by_text (attempts_by_text, rowid, search_text) values ('delete', old.seq, old.search_text);
end;
create trigger attempts_by_text_update after update of search_text on payment_attempts
when old.search_text <> new.search_text begin
    insert into attempts_by_text (attempts_by_text, rowid, search_text) values ('delete', old.seq, old.search_text);
    insert into attempts_by_text (rowid, search_text) values (new.seq, new.search_text);
end;
