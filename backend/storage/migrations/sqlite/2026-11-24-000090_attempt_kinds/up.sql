-- Which kinds of attempts there are or were: the values of the columns of `attempts_by_kind`. Some hundreds, whatever the
-- journal's size, so that a search finds those it asks for at once. A kind that no attempt has any more does no harm.
--
-- Kept by triggers, for a kind that is missing hides attempts.
create table attempt_kinds (
    bank_status     text    not null,
    crm_status      text    not null,
    needs_attention boolean not null,
    lost_callback   boolean not null,
    payment_type    text    not null,
    merchant        text    not null,
    bank            text    not null,
    bank_account    text    not null,
    primary key (bank_status, crm_status, needs_attention, lost_callback, payment_type, merchant, bank, bank_account)
) without rowid;

insert into attempt_kinds
select distinct bank_status, crm_status, needs_attention, lost_callback, payment_type, merchant, bank, bank_account
from payment_attempts;

create trigger attempts_note_kind_insert after insert on payment_attempts begin
    insert into attempt_kinds values (new.bank_status, new.crm_status, new.needs_attention, new.lost_callback,
        new.payment_type, new.merchant, new.bank, new.bank_account) on conflict do nothing;
end;
create trigger attempts_note_kind_update after update on payment_attempts
when (old.bank_status, old.crm_status, old.needs_attention, old.lost_callback, old.payment_type, old.merchant, old.bank,
    old.bank_account) is not (new.bank_status, new.crm_status, new.needs_attention, new.lost_callback, new.payment_type,
    new.merchant, new.bank, new.bank_account)
begin
    insert into attempt_kinds values (new.bank_status, new.crm_status, new.needs_attention, new.lost_callback,
        new.payment_type, new.merchant, new.bank, new.bank_account) on conflict do nothing;
end;
