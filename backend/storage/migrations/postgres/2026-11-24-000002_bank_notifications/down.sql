drop table bank_notifications;
