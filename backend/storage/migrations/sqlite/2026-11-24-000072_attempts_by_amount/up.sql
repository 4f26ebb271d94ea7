-- Amounts, week by week: a search by amount goes through them, newest week first.
create index attempts_by_amount on payment_attempts (bucket, amount);
