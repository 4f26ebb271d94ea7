-- Alarms are about more than incidents now: a connection that fails, and what waits at it for a person for too long.
create table alarms (
    id          uuid not null primary key, -- the receiver knows a repeat by it
    topic       text not null, -- incident, outage or stuck
    incident_id uuid references incidents (id),
    connection  text, -- its name
    since       timestamptz, -- when the outage began; what is stuck: when it was noticed
    told        json, -- JSON: how the connection stood then
    event       text not null, -- opened or closed
    channel     text not null, -- its name in the configuration
    kind        text not null,
    state       text not null,
    tries       bigint not null,
    next_try_at timestamptz not null, -- while it is being sent: when its sender is thought dead
    created_at  timestamptz not null,
    sent_at     timestamptz,
    error       text
);

insert into alarms (id, topic, incident_id, event, channel, kind, state, tries, next_try_at, created_at, sent_at, error)
select id, 'incident', incident_id, event, channel, kind, state, tries, next_try_at, created_at, sent_at, error
from incident_alarms;
drop table incident_alarms;

create unique index alarms_of_incident on alarms (incident_id, channel, event) where incident_id is not null;
create unique index alarms_of_connection on alarms (connection, topic, channel, event, since) where connection is not null;
create index alarms_queued on alarms (channel, next_try_at) where state = 'queued';
