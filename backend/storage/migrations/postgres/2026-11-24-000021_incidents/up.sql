-- What is usual at an account is learned from its ended hours. Counted once, some hours after the hour's end, when what
-- was lost has been found by asking; removed after some weeks.
create table account_hours (
    bank         text not null,
    bank_account text not null,
    hour         timestamptz not null, -- its beginning
    recorded     bigint  not null, -- attempts
    heard        bigint  not null, -- payments whose notification came
    lost         bigint  not null, -- payments whose notification did not
    primary key (bank, bank_account, hour)
);

-- Times in which an account's notifications did not come, or too few of them.
create table incidents (
    id           uuid    not null primary key,
    bank         text not null,
    bank_account text not null,
    kind         text not null,
    since        timestamptz not null, -- the first payment whose notification is missing
    opened_at    timestamptz not null,
    closed_at    timestamptz,          -- null: it goes on
    expected     double precision not null, -- why it was opened: what was to be expected,
    observed     bigint  not null, -- what there was instead,
    probability  double precision not null, -- and how probable that is while all is as usual
    share        double precision not null, -- of losses, at its opening
    paid         bigint  not null,
    heard        bigint  not null,
    healed       bigint  not null,
    waiting      bigint  not null,
    counted_at   timestamptz not null
);

-- However many processes watch, an account has one open incident.
create unique index incidents_open on incidents (bank, bank_account) where closed_at is null;
create index incidents_newest on incidents (opened_at desc, id desc);
create index incidents_of_account on incidents (bank, bank_account, closed_at);

-- Alarms about them, one a channel for the beginning and one for the end: written with the change, sent afterwards.
create table incident_alarms (
    id          uuid    not null primary key, -- the receiver knows a repeat by it
    incident_id uuid    not null references incidents (id),
    event       text not null, -- opened or closed
    channel     text not null, -- its name in the configuration
    kind        text not null,
    state       text not null,
    tries       bigint  not null,
    next_try_at timestamptz not null, -- while it is being sent: when its sender is thought dead
    created_at  timestamptz not null,
    sent_at     timestamptz,
    error       text
);

create unique index incident_alarms_once on incident_alarms (incident_id, channel, event);
create index incident_alarms_queued on incident_alarms (channel, next_try_at) where state = 'queued';

-- What an incident is about, and how many attempts an hour has.
create index attempts_newest_at_account on payment_attempts (bank, bank_account, created_at desc, id desc);
