import { guarded, page } from '../../guarded'
import { world } from '../../world'

export const listIncidentAttempts = guarded('get', 'incidents/:id/payment-attempts', ({ query }) =>
  page(
    [...world.attempts.values()].filter(
      (one) => one.lost_callback || one.id === 'att-bank-down' || one.id === 'att-lost',
    ),
    query,
  ),
)
