import { HttpResponse } from 'msw'
import { guarded } from '../../guarded'
import { problem } from '../../problem'
import { world } from '../../world'
import { begin, runOf } from './runs'

export const startBulkRun = guarded('post', 'bulk-runs/:id/start', ({ params }) => {
  const found = runOf(params.id)
  if (found === undefined) return problem(404, 'not_found')
  const attempts = found.rows.flatMap((row) => world.attempts.get(row.attempt_id) ?? [])
  return HttpResponse.json(begin(attempts, { action: 'resync', rehearsal: false }), { status: 202 })
})

export const stopBulkRun = guarded('post', 'bulk-runs/:id/stop', ({ params }) => {
  const found = runOf(params.id)
  if (found === undefined) return problem(404, 'not_found')
  const run = { ...found.run, state: 'stopped', finished_at: new Date().toISOString() } as const
  world.runs.set(run.id, { ...found, run })
  return HttpResponse.json(run)
})
