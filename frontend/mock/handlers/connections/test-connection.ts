import { HttpResponse } from 'msw'
import { guarded } from '../../guarded'
import { problem } from '../../problem'
import { world } from '../../world'

export const testConnection = guarded('post', 'connections/:name/self-test', ({ params }) => {
  const found = world.connections.get(params.name ?? '')
  if (found === undefined) return problem(404, 'not_found')
  const checks = found.self_test?.checks ?? [
    { kind: 'reach', outcome: 'passed', detail: null } as const,
    { kind: 'log_in', outcome: 'failed', detail: 'HTTP 401 Unauthorized' } as const,
  ]
  const passed = checks.every((check) => check.outcome !== 'failed')
  const self_test = { at: new Date().toISOString(), passed, checks }
  world.connections.set(found.name, { ...found, self_test })
  return HttpResponse.json(self_test)
})
