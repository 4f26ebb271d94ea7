drop table attempt_events;
drop function attempt_events_refuse_change();
