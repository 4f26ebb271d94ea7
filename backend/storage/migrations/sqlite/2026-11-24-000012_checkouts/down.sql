drop table checkouts;
alter table payment_attempts drop column payment_url;
