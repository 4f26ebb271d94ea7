-- Dropping a table with rows deletes them first, which the trigger would refuse.
drop trigger attempt_events_append_only_delete;
drop table attempt_events;
