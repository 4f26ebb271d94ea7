import type { AttemptView, DiagnosisCode } from '#src/gen/types.gen'
import { diagnose, diagnosisOf, withConsequences } from './views'

const base: AttemptView = {
  id: 'att-1',
  merchant: 'main',
  order_number: 'A-10452',
  bank: 'sber',
  bank_account: 'main',
  rrn: null,
  bank_order_id: 'b8d7c0de-51f2-4a06-9d3c-0a1c5be4a452',
  payment_type: 'membership',
  amount: { amount: 450000, currency: 'RUB' },
  refunded: null,
  client: { name: 'Иванова Мария Петровна', phone: '+79161234567', email: null, external_id: null },
  description: null,
  metadata: {},
  payment_url: null,
  bank_status: 'pending',
  bank_status_source: 'app',
  paid_at: null,
  lost_callback: false,
  crm_status: 'not_due',
  crm_document_ref: null,
  crm_linked_by: null,
  hold: null,
  needs_attention: false,
  attention: null,
  diagnosis: diagnosisOf('not_paid_yet', '2026-11-24T08:15:02Z'),
  actions: [],
  override_options: [],
  next_bank_query_at: null,
  created_at: '2026-11-24T08:15:02Z',
  updated_at: '2026-11-24T08:15:02Z',
  version: 1,
}

type Change = Partial<AttemptView> & { code?: DiagnosisCode; detail?: string; next_try_at?: string }

/** An attempt in a state of one's choice, with everything that follows from it. */
export function attempt({ code, detail, next_try_at, ...change }: Change = {}): AttemptView {
  const merged = { ...base, ...change }
  const why = code ?? diagnose(merged.bank_status, merged.crm_status)
  const diagnosis = diagnosisOf(why, merged.updated_at, { detail: detail ?? null, next_try_at: next_try_at ?? null })
  return withConsequences({ ...merged, diagnosis }, why)
}
