drop table connections;
drop table delivery_tries;
drop table deliveries;
