drop table bank_health;
