import { HttpResponse } from 'msw'
import type { PauseBody } from '#src/gen/types.gen'
import { signedInUser } from '../../access'
import { guarded } from '../../guarded'
import { problem } from '../../problem'
import { world } from '../../world'

export const pauseConnection = guarded('post', 'connections/:name/pause', async ({ params, request }) => {
  const found = world.connections.get(params.name ?? '')
  if (found === undefined) return problem(404, 'not_found')
  if (found.paused !== null) return problem(409, 'connection_paused')
  const { reason } = (await request.json()) as PauseBody
  const paused = { since: new Date().toISOString(), by: signedInUser().name, reason }
  const after = { ...found, state: 'paused', paused } as const
  world.connections.set(found.name, after)
  return HttpResponse.json(after)
})
