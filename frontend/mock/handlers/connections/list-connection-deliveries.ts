import type { AttemptView, DeliveryView } from '#src/gen/types.gen'
import { guarded, page } from '../../guarded'
import { world } from '../../world'

const waiting: Record<string, (attempt: AttemptView) => boolean> = {
  waiting: ({ crm_status }) => ['queued', 'retrying', 'in_doubt'].includes(crm_status),
  held: ({ hold }) => hold !== null,
  refused: ({ crm_status, hold }) => crm_status === 'needs_attention' && hold === null,
}

const states = { queued: 'queued', retrying: 'retrying', in_doubt: 'in_doubt' } as const

function delivery(attempt: AttemptView): DeliveryView {
  const { crm_status, diagnosis } = attempt
  return {
    id: attempt.hold?.delivery_id ?? `delivery-${attempt.id}`,
    attempt,
    kind: 'payment',
    amount: attempt.amount,
    state: attempt.hold !== null ? 'held' : crm_status in states ? (crm_status as 'queued') : 'needs_attention',
    tries: crm_status === 'retrying' ? 4 : 1,
    since: attempt.paid_at ?? attempt.created_at,
    next_try_at: diagnosis.next_try_at,
    last_error: diagnosis.detail,
    document_ref: null,
  }
}

export const listConnectionDeliveries = guarded('get', 'connections/:name/deliveries', ({ params, query }) => {
  const fits = waiting[query.get('state') ?? 'waiting'] ?? (() => false)
  const here = params.name === '1c' ? [...world.attempts.values()].filter(fits) : []
  return page(here.map(delivery).reverse(), query)
})
