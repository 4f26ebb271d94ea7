create table incident_alarms (
    id          blob not null primary key,
    incident_id blob not null references incidents (id),
    event       text not null,
    channel     text not null,
    kind        text not null,
    state       text not null,
    tries       integer not null,
    next_try_at integer not null,
    created_at  integer not null,
    sent_at     integer,
    error       text
) strict;

insert into incident_alarms
select id, incident_id, event, channel, kind, state, tries, next_try_at, created_at, sent_at, error
from alarms where topic = 'incident';
drop table alarms;

create unique index incident_alarms_once on incident_alarms (incident_id, channel, event);
create index incident_alarms_queued on incident_alarms (channel, next_try_at) where state = 'queued';
