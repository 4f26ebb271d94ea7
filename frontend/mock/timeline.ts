import type { AttemptView, BankStatus, EventKind, TimelineEntryView } from '#src/gen/types.gen'

type Part = Partial<TimelineEntryView> & Pick<TimelineEntryView, 'kind' | 'source' | 'actor'>

let count = 0

export function entry(at: string, part: Part): TimelineEntryView {
  count += 1
  return {
    id: `event-${count}`,
    at,
    bank_status: null,
    crm_status: null,
    reason: null,
    document_ref: null,
    notification: null,
    bank_answer: null,
    delivery: null,
    details: {},
    ...part,
  }
}

export const actors = {
  app: { kind: 'api_key', id: 'key-1', name: 'Приложение клуба' },
  bank: { kind: 'bank', id: null, name: null },
  accounting: { kind: 'accounting', id: null, name: '1С:Бухгалтерия' },
  system: { kind: 'system', id: null, name: null },
  operator: { kind: 'user', id: 'user-1', name: 'Ольга Миронова' },
} as const satisfies Record<string, TimelineEntryView['actor']>

const later = (at: string, seconds: number) => new Date(new Date(at).getTime() + seconds * 1000).toISOString()

function callback(attempt: AttemptView, at: string, status: BankStatus): TimelineEntryView {
  return entry(at, {
    kind: 'callback_accepted',
    source: 'callback',
    actor: actors.bank,
    bank_status: { from: 'pending', to: status },
    notification: {
      id: 'note-1',
      received_at: at,
      method: 'GET',
      query: `mdOrder=${attempt.bank_order_id}&orderNumber=${attempt.order_number}&operation=deposited&status=1&amount=${attempt.amount.amount}&checksum=7C1A5D0E4F`,
      body: '',
      headers: { host: 'sverka.example', 'user-agent': 'Apache-HttpClient/4.5.13', accept: '*/*' },
      verdict: 'accepted',
      repeats: 1,
      remote_addr: '185.157.97.1',
      raw_dropped_at: null,
    },
  })
}

function sent(attempt: AttemptView, at: string, number: number): TimelineEntryView {
  const synced = attempt.crm_status === 'synced'
  const refused = attempt.crm_status === 'needs_attention'
  const doubt = attempt.crm_status === 'in_doubt'
  return entry(at, {
    kind: 'delivery_sent',
    source: 'delivery',
    actor: actors.accounting,
    crm_status: number === 1 ? { from: 'queued', to: attempt.crm_status } : null,
    delivery: {
      delivery_id: 'delivery-1',
      kind: 'payment',
      try: number,
      verdict: synced ? 'applied' : refused ? 'refused' : doubt ? 'unknown' : 'not_applied',
      http_status: synced ? 200 : refused ? 422 : doubt ? null : 503,
      answer: attempt.diagnosis.detail ?? null,
      next_try_at: attempt.diagnosis.next_try_at ?? null,
    },
    document_ref: attempt.crm_document_ref ?? null,
  })
}

/** A plausible past for an attempt that begins its life in the middle of things. Newest first. */
export function pastOf(attempt: AttemptView): TimelineEntryView[] {
  const start = attempt.created_at
  const past = [
    entry(start, { kind: 'recorded', source: 'app', actor: actors.app }),
    entry(later(start, 4), {
      kind: 'reported_by_app',
      source: 'app',
      actor: actors.app,
      bank_status: { from: 'created', to: 'pending' },
    }),
  ]
  if (attempt.bank_status_source === 'callback') past.push(callback(attempt, later(start, 41), attempt.bank_status))
  if (attempt.crm_status !== 'not_due') {
    const queued: EventKind = 'delivery_queued'
    past.push(
      entry(later(start, 41), {
        kind: queued,
        source: 'system',
        actor: actors.system,
        crm_status: { from: 'not_due', to: 'queued' },
      }),
    )
  }
  if (['synced', 'needs_attention', 'in_doubt', 'retrying'].includes(attempt.crm_status)) {
    past.push(sent(attempt, later(start, 43), 1))
  }
  if (attempt.crm_status === 'retrying') past.push(sent(attempt, later(start, 104), 2))
  if (attempt.crm_status === 'posted_by_hand') {
    past.push(
      entry(later(start, 640), {
        kind: 'posted_by_hand',
        source: 'operator',
        actor: actors.operator,
        crm_status: { from: 'retrying', to: 'posted_by_hand' },
        document_ref: attempt.crm_document_ref ?? null,
        reason: 'Бухгалтер внёс платёж по просьбе клиента, пока 1С стояла',
      }),
    )
  }
  return past.reverse()
}
