alter table payment_attempts add column payment_url text; -- where the client pays, if we registered the order

-- The registration of an attempt's order at the bank. The row is committed before the bank is called, so that whoever finds
-- it after a cut knows that the order may exist, and looks it up before registering it again.
create table checkouts (
    attempt_id   blob    not null primary key references payment_attempts (id),
    bank         text    not null,
    bank_account text    not null,
    state        text    not null, -- calling, unknown, clear, registered
    key          text    not null, -- for banks that key on it: the same for every call that may have reached them
    return_url   text    not null,
    valid_until  integer,
    begun_at     integer not null, -- under this key; a part of what is sent
    calls        integer not null,
    called_at    integer,          -- when the newest call began; null: the bank was only asked so far
    lease_until  integer,          -- past, while calling: whoever called was cut off
    error        text                  -- why there is no page yet
) strict;
-- How this account's pages are addressed: the newest one tells.
create index checkouts_newest_registered on checkouts (bank, bank_account, begun_at) where state = 'registered';
