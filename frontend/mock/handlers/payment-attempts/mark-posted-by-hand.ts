import { HttpResponse, http } from 'msw'
import type { PostedByHandBody } from '#src/gen/types.gen'
import { signedIn } from '../../access'
import { problem } from '../../problem'
import { actors, entry } from '../../timeline'
import { save, world } from '../../world'

export const markPostedByHand = http.post(
  '*/api/v1/payment-attempts/:id/posted-by-hand',
  async ({ params, request }) => {
    if (!signedIn(request)) return problem(401, 'unauthenticated')
    const attempt = world.attempts.get(String(params.id))
    if (attempt === undefined) return problem(404, 'not_found')
    const { document_ref, reason, expected_version } = (await request.json()) as PostedByHandBody
    if (expected_version !== attempt.version) return problem(409, 'version_conflict', { attempt })
    const line = entry(new Date().toISOString(), {
      kind: 'posted_by_hand',
      source: 'operator',
      actor: actors.operator,
      crm_status: { from: attempt.crm_status, to: 'posted_by_hand' },
      reason,
      document_ref: document_ref ?? null,
    })
    return HttpResponse.json(
      save(attempt, { crm_status: 'posted_by_hand', crm_document_ref: document_ref ?? null }, line),
    )
  },
)
