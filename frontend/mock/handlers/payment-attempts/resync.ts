import { HttpResponse, http } from 'msw'
import type { ResyncBody } from '#src/gen/types.gen'
import { signedIn } from '../../access'
import { problem } from '../../problem'
import { actors, entry } from '../../timeline'
import { save, world } from '../../world'

export const resync = http.post('*/api/v1/payment-attempts/:id/resync', async ({ params, request }) => {
  if (!signedIn(request)) return problem(401, 'unauthenticated')
  const attempt = world.attempts.get(String(params.id))
  if (attempt === undefined) return problem(404, 'not_found')
  const { expected_version } = (await request.json()) as ResyncBody
  if (expected_version !== attempt.version) return problem(409, 'version_conflict', { attempt })
  const refusal = attempt.actions.find((one) => one.action === 'resync')?.reason
  if (refusal) return problem(409, refusal)
  const line = entry(new Date().toISOString(), {
    kind: 'resync_requested',
    source: 'operator',
    actor: actors.operator,
    crm_status: { from: attempt.crm_status, to: 'synced' },
    document_ref: 'КА-00001990',
  })
  return HttpResponse.json(save(attempt, { crm_status: 'synced', crm_document_ref: 'КА-00001990' }, line))
})
