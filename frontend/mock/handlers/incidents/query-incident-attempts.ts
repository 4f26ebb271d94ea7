import { HttpResponse } from 'msw'
import { guarded } from '../../guarded'
import { problem } from '../../problem'
import { world } from '../../world'

export const queryIncidentAttempts = guarded('post', 'incidents/:id/bank-query', ({ params }) => {
  const found = world.incidents.get(params.id ?? '')
  if (found === undefined) return problem(404, 'not_found')
  const { counts } = found
  const after = { ...counts, healed: counts.healed + counts.waiting, waiting: 0 }
  world.incidents.set(found.id, { ...found, counts: after })
  return HttpResponse.json({ queued: counts.waiting }, { status: 202 })
})
