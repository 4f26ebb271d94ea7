drop table bank_self_tests;

drop index notifications_newest_of_account;
drop index notifications_newest;
drop index notifications_by_verdict;
create index notifications_by_verdict on bank_notifications (bank, bank_account, verdict, received_at);
drop index notifications_by_bank_order_id;
create index notifications_by_bank_order_id on bank_notifications (bank, bank_account, bank_order_id)
    where bank_order_id is not null;
drop index notifications_by_order_number;
create index notifications_by_order_number on bank_notifications (bank, bank_account, order_number)
    where order_number is not null;
