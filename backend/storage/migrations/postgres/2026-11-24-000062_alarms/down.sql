create table incident_alarms (
    id          uuid not null primary key,
    incident_id uuid not null references incidents (id),
    event       text not null,
    channel     text not null,
    kind        text not null,
    state       text not null,
    tries       bigint not null,
    next_try_at timestamptz not null,
    created_at  timestamptz not null,
    sent_at     timestamptz,
    error       text
);

insert into incident_alarms
select id, incident_id, event, channel, kind, state, tries, next_try_at, created_at, sent_at, error
from alarms where topic = 'incident';
drop table alarms;

create unique index incident_alarms_once on incident_alarms (incident_id, channel, event);
create index incident_alarms_queued on incident_alarms (channel, next_try_at) where state = 'queued';
