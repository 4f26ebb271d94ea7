import { HttpResponse } from 'msw'
import type { CrmStatus, DecisionBody } from '#src/gen/types.gen'
import { guarded } from '../../guarded'
import { problem } from '../../problem'
import { actors, entry } from '../../timeline'
import { save, world } from '../../world'

export const decide = guarded('post', 'payment-attempts/:id/decision', async ({ params, request }) => {
  const attempt = world.attempts.get(params.id ?? '')
  if (attempt === undefined) return problem(404, 'not_found')
  const body = (await request.json()) as DecisionBody
  if (body.expected_version !== attempt.version) return problem(409, 'version_conflict', { attempt })
  const { hold } = attempt
  if (hold === null || hold.delivery_id !== body.delivery_id) return problem(409, 'nothing_to_decide')
  if (!hold.decisions.includes(body.decision)) return problem(409, 'unfit_decision')
  const document = hold.documents.find((one) => one.key === body.document_key)
  if (body.decision === 'link' && document === undefined) return problem(409, 'not_among_found')
  const { decision, reason, document_key, client_key, until } = body
  const settled = decision === 'link' || decision === 'dismiss'
  const to: CrmStatus = settled ? 'synced' : 'queued'
  const details = { decision, hold: hold.reason, document_key, client_key, until }
  const number = document?.number ?? attempt.crm_document_ref
  const line = entry(new Date().toISOString(), {
    kind: 'decision',
    source: 'operator',
    actor: actors.operator,
    crm_status: attempt.crm_status === to ? null : { from: attempt.crm_status, to },
    document_ref: settled ? number : null,
    reason,
    details: Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined)),
  })
  const linked = decision === 'link' ? { crm_document_ref: number, crm_linked_by: document?.rule } : {}
  return HttpResponse.json(save(attempt, { crm_status: to, hold: null, ...linked }, line))
})
