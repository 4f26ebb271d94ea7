-- The card network's number of a payment, from the bank's answer: settlement files name a payment by it. It is unique
-- only together with the day and the sum.
alter table payment_attempts add column rrn text;

create index attempts_by_rrn on payment_attempts (bank, bank_account, rrn) where rrn is not null;
