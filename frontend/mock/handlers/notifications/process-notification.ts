import { HttpResponse } from 'msw'
import type { ProcessedAgainView } from '#src/gen/types.gen'
import { guarded } from '../../guarded'
import { problem } from '../../problem'
import { world } from '../../world'

/** Somebody has recorded the orphan's attempt meanwhile; nothing has changed for the others. */
export const processNotification = guarded('post', 'notifications/:id/process', ({ params }) => {
  const found = world.notifications.get(params.id ?? '')
  if (found === undefined) return problem(404, 'not_found')
  const changed = found.verdict === 'orphan'
  const notification = changed ? { ...found, verdict: 'accepted' as const, attempt_id: 'att-lost' } : found
  world.notifications.set(notification.id, notification)
  const result: ProcessedAgainView = { notification, changed, attempt_id: notification.attempt_id }
  return HttpResponse.json(result)
})
