drop index attempts_by_amount;
