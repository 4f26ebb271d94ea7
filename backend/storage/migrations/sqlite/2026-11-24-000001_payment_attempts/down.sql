drop table attempts_by_text;
drop table payment_attempts;
