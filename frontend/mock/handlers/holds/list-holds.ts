import { among, guarded, page } from '../../guarded'
import { world } from '../../world'

export const listHolds = guarded('get', 'holds', ({ query }) =>
  page(
    [...world.attempts.values()]
      .flatMap((attempt) => (attempt.hold === null ? [] : [{ attempt, hold: attempt.hold }]))
      .filter(({ hold }) => among(query, { reason: hold.reason, connection: hold.connection ?? '' }))
      .reverse(),
    query,
  ),
)
