-- Attempts of one kind, newest first. There are some hundreds of kinds, so that a search by any of these columns goes from
-- kind to kind, and reads no row that does not match.
create index attempts_by_kind on payment_attempts (bank_status, crm_status, needs_attention, lost_callback,
    payment_type, merchant, bank, bank_account, created_at desc, id desc);
