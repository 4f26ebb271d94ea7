drop table incident_alarms;
drop table incidents;
drop table account_hours;
drop index attempts_newest_at_account;
