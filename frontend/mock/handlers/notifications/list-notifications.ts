import type { NotificationDetail } from '#src/gen/types.gen'
import { among, guarded, page } from '../../guarded'
import { world } from '../../world'

function matches(one: NotificationDetail, query: URLSearchParams): boolean {
  const q = query.get('q')
  const from = query.get('received_from')
  const to = query.get('received_to')
  return (
    (q === null || one.order_number === q || one.bank_order_id === q) &&
    (from === null || one.received_at >= from) &&
    (to === null || one.received_at < to) &&
    among(query, { bank: one.bank, bank_account: one.bank_account, verdict: one.verdict })
  )
}

export const listNotifications = guarded('get', 'notifications', ({ query }) =>
  page(
    [...world.notifications.values()].filter((one) => matches(one, query)),
    query,
  ),
)
