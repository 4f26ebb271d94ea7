-- The extensions stay: other schemas of the database may use them.
drop table payment_attempts;
