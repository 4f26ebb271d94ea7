drop index attempts_by_rrn;
alter table payment_attempts drop column rrn;
