import { HttpResponse, http } from 'msw'
import type { PageOfTimelineEntryView } from '#src/gen/types.gen'
import { signedIn } from '../../access'
import { problem } from '../../problem'
import { world } from '../../world'

export const listEvents = http.get('*/api/v1/payment-attempts/:id/events', ({ params, request }) => {
  if (!signedIn(request)) return problem(401, 'unauthenticated')
  const items = world.events.get(String(params.id))
  if (items === undefined) return problem(404, 'not_found')
  const page: PageOfTimelineEntryView = { items, next_cursor: null, total: { value: items.length, relation: 'eq' } }
  return HttpResponse.json(page)
})
