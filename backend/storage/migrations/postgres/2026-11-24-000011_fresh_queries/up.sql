-- Attempts in their first hour: their bank is asked first, whatever else is due. A small index, which an attempt leaves
-- when its next question comes later than that.
create index attempts_fresh_to_ask_about on payment_attempts (bank, bank_account, next_query_at)
    where next_query_at - created_at < interval '1 hour';
