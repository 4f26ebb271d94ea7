-- How each bank account answers our questions, shared by all workers: a bank that needs a rest gets it from all of them.
create table bank_health (
    bank         text not null,
    bank_account text not null,
    failures     bigint not null, -- in a row
    rest_until   timestamptz,           -- it is not asked before
    primary key (bank, bank_account)
);
