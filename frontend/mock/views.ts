import type {
  ActionView,
  AttemptView,
  BankStatus,
  CrmStatus,
  DiagnosisCode,
  DiagnosisView,
  ErrorCode,
  NextStep,
} from '#src/gen/types.gen'

/** The few rules of the server that the fake one needs to be believable; the tests never rely on their detail. */
const steps: Partial<Record<DiagnosisCode, NextStep[]>> = {
  waiting_for_client: ['wait'],
  not_paid_yet: ['wait', 'bank_query'],
  bank_silent: ['bank_query', 'override', 'call_bank'],
  declined_by_bank: ['ask_client'],
  money_held: ['wait'],
  accounting_queued: ['wait'],
  accounting_unavailable: ['wait', 'resync', 'posted_by_hand'],
  accounting_in_doubt: ['wait'],
  accounting_refused: ['fix_in_accounting', 'resync', 'posted_by_hand'],
  accounting_not_configured: ['configure_connection'],
  amount_mismatch: ['call_bank', 'override'],
  bank_contradicts_override: ['bank_query', 'call_bank'],
  posted_twice: ['fix_in_accounting'],
  possible_duplicate: ['decide'],
  several_clients: ['decide'],
  client_not_found: ['fix_in_accounting', 'decide'],
  document_differs: ['fix_in_accounting', 'decide'],
  probable_double: ['decide'],
}

const unpaid: Partial<Record<BankStatus, DiagnosisCode>> = {
  created: 'waiting_for_client',
  pending: 'not_paid_yet',
  authorized: 'money_held',
  declined: 'declined_by_bank',
  expired: 'expired_unpaid',
  abandoned: 'abandoned_by_client',
  reversed: 'reversed',
  refunded: 'refunded',
}

const paid: Record<CrmStatus, DiagnosisCode> = {
  not_due: 'synced',
  queued: 'accounting_queued',
  retrying: 'accounting_unavailable',
  in_doubt: 'accounting_in_doubt',
  synced: 'synced',
  needs_attention: 'accounting_refused',
  posted_by_hand: 'posted_by_hand',
}

export const diagnose = (bank: BankStatus, crm: CrmStatus): DiagnosisCode => unpaid[bank] ?? paid[crm]

export const diagnosisOf = (code: DiagnosisCode, since: string, rest: Partial<DiagnosisView> = {}): DiagnosisView => ({
  code,
  next_steps: steps[code] ?? ['none'],
  since,
  next_try_at: null,
  detail: null,
  ...rest,
})

const settled = new Set<BankStatus>(['refunded', 'partially_refunded', 'reversed'])

function refusals(bank: BankStatus, crm: CrmStatus): Record<ActionView['action'], ErrorCode | null> {
  const done: ErrorCode | null =
    crm === 'synced' ? 'already_synced' : crm === 'posted_by_hand' ? 'posted_by_hand' : null
  return {
    bank_query: null,
    status_override: settled.has(bank) || crm === 'synced' ? 'override_refused' : null,
    resync: done ?? (bank === 'paid' ? null : 'not_paid'),
    posted_by_hand: done,
  }
}

/** Everything that follows from the two statuses, worked out again after each change. */
export function withConsequences(attempt: AttemptView, code = diagnose(attempt.bank_status, attempt.crm_status)) {
  const refused = refusals(attempt.bank_status, attempt.crm_status)
  const attention = attempt.crm_status === 'needs_attention' || code === 'amount_mismatch' || code === 'posted_twice'
  const options: BankStatus[] = ['paid', 'declined', 'expired', 'abandoned', 'refunded']
  return {
    ...attempt,
    needs_attention: attention,
    attention: attention ? code : null,
    actions: Object.entries(refused).map(([action, reason]) => ({
      action: action as ActionView['action'],
      allowed: reason === null,
      reason,
    })),
    override_options: refused.status_override === null ? options.filter((one) => one !== attempt.bank_status) : [],
  } satisfies AttemptView
}
