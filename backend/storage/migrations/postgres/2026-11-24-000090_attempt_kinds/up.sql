-- Which kinds of attempts there are or were: the values of the columns of `attempts_by_kind`. Some hundreds, whatever the
-- journal's size, so that a search finds those it asks for at once. A kind that no attempt has any more does no harm.
--
-- Kept by triggers, for a kind that is missing hides attempts: whoever writes, also an older version that still serves.
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
);

create function note_attempt_kind() returns trigger language plpgsql as $$
begin
    -- Nearly always it is there, and to look is cheaper than to try.
    perform 1 from attempt_kinds k
    where k.bank_status = new.bank_status and k.crm_status = new.crm_status and k.needs_attention = new.needs_attention
        and k.lost_callback = new.lost_callback and k.payment_type = new.payment_type and k.merchant = new.merchant
        and k.bank = new.bank and k.bank_account = new.bank_account;
    if not found then
        insert into attempt_kinds values (new.bank_status, new.crm_status, new.needs_attention, new.lost_callback,
            new.payment_type, new.merchant, new.bank, new.bank_account)
        on conflict do nothing;
    end if;
    return null;
end
$$;
create trigger attempts_note_kind_insert after insert on payment_attempts for each row execute function note_attempt_kind();
create trigger attempts_note_kind_update after update on payment_attempts for each row
when ((old.bank_status, old.crm_status, old.needs_attention, old.lost_callback, old.payment_type, old.merchant, old.bank,
    old.bank_account) is distinct from (new.bank_status, new.crm_status, new.needs_attention, new.lost_callback,
    new.payment_type, new.merchant, new.bank, new.bank_account))
execute function note_attempt_kind();

-- From one kind to the next through the index: a few milliseconds, however long the journal is. Nobody else writes since
-- the triggers were made.
insert into attempt_kinds
with recursive kinds as (
    (select bank_status, crm_status, needs_attention, lost_callback, payment_type, merchant, bank, bank_account
    from payment_attempts
    order by bank_status, crm_status, needs_attention, lost_callback, payment_type, merchant, bank, bank_account
    limit 1)
    union all
    select next.* from kinds cross join lateral (
        select p.bank_status, p.crm_status, p.needs_attention, p.lost_callback, p.payment_type, p.merchant, p.bank,
            p.bank_account
        from payment_attempts p
        where (p.bank_status, p.crm_status, p.needs_attention, p.lost_callback, p.payment_type, p.merchant, p.bank,
            p.bank_account) > (kinds.bank_status, kinds.crm_status, kinds.needs_attention, kinds.lost_callback,
            kinds.payment_type, kinds.merchant, kinds.bank, kinds.bank_account)
        order by p.bank_status, p.crm_status, p.needs_attention, p.lost_callback, p.payment_type, p.merchant, p.bank,
            p.bank_account
        limit 1) next
)
select * from kinds;
analyze attempt_kinds;
