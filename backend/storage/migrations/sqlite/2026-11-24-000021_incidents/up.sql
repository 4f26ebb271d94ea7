-- What is usual at an account is learned from its ended hours. Counted once, some hours after the hour's end, when what
-- was lost has been found by asking; removed after some weeks.
create table account_hours (
    bank         text not null,
    bank_account text not null,
    hour         integer     not null, -- its beginning
    recorded     integer not null, -- attempts
    heard        integer not null, -- payments whose notification came
    lost         integer not null, -- payments whose notification did not
    primary key (bank, bank_account, hour)
) strict;

-- Times in which an account's notifications did not come, or too few of them.
create table incidents (
    id           blob    not null primary key,
    bank         text not null,
    bank_account text not null,
    kind         text not null,
    since        integer     not null, -- the first payment whose notification is missing
    opened_at    integer     not null,
    closed_at    integer    ,          -- null: it goes on
    expected     real             not null, -- why it was opened: what was to be expected,
    observed     integer not null, -- what there was instead,
    probability  real             not null, -- and how probable that is while all is as usual
    share        real             not null, -- of losses, at its opening
    paid         integer not null,
    heard        integer not null,
    healed       integer not null,
    waiting      integer not null,
    counted_at   integer     not null
) strict;

-- However many processes watch, an account has one open incident.
create unique index incidents_open on incidents (bank, bank_account) where closed_at is null;
create index incidents_newest on incidents (opened_at desc, id desc);
create index incidents_of_account on incidents (bank, bank_account, closed_at);

-- Alarms about them, one a channel for the beginning and one for the end: written with the change, sent afterwards.
create table incident_alarms (
    id          blob    not null primary key, -- the receiver knows a repeat by it
    incident_id blob    not null references incidents (id),
    event       text not null, -- opened or closed
    channel     text not null, -- its name in the configuration
    kind        text not null,
    state       text not null,
    tries       integer not null,
    next_try_at integer     not null, -- while it is being sent: when its sender is thought dead
    created_at  integer     not null,
    sent_at     integer    ,
    error       text
) strict;

create unique index incident_alarms_once on incident_alarms (incident_id, channel, event);
create index incident_alarms_queued on incident_alarms (channel, next_try_at) where state = 'queued';

-- What an incident is about, and how many attempts an hour has.
create index attempts_newest_at_account on payment_attempts (bank, bank_account, created_at desc, id desc);
