import { HttpResponse } from 'msw'
import { guarded } from '../../guarded'
import { problem } from '../../problem'
import { world } from '../../world'

export const resumeConnection = guarded('post', 'connections/:name/resume', ({ params }) => {
  const found = world.connections.get(params.name ?? '')
  if (found === undefined) return problem(404, 'not_found')
  if (found.state === 'working') return problem(409, 'connection_not_paused')
  const after = { ...found, state: 'working', paused: null, failing_since: null, next_try_at: null } as const
  world.connections.set(found.name, after)
  return HttpResponse.json(after)
})
