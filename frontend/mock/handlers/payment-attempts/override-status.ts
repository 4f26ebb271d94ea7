import { HttpResponse, http } from 'msw'
import type { OverrideBody } from '#src/gen/types.gen'
import { signedIn } from '../../access'
import { problem } from '../../problem'
import { actors, entry } from '../../timeline'
import { save, world } from '../../world'

export const overrideStatus = http.post(
  '*/api/v1/payment-attempts/:id/status-override',
  async ({ params, request }) => {
    if (!signedIn(request)) return problem(401, 'unauthenticated')
    const attempt = world.attempts.get(String(params.id))
    if (attempt === undefined) return problem(404, 'not_found')
    const { bank_status, reason, evidence, expected_version } = (await request.json()) as OverrideBody
    const now = new Date().toISOString()
    const line = (to: typeof bank_status, why: string) =>
      entry(now, {
        kind: 'overridden',
        source: 'operator',
        actor: actors.operator,
        bank_status: { from: attempt.bank_status, to },
        reason: why,
        details: evidence ? { evidence } : {},
      })
    // att-conflict: somebody else is always quicker, once.
    if (attempt.id === 'att-conflict' && attempt.version === 3) {
      const fresh = save(attempt, { bank_status: 'expired' }, line('expired', 'Клиент передумал, сказал по телефону'))
      return problem(409, 'version_conflict', { attempt: fresh })
    }
    if (expected_version !== attempt.version) return problem(409, 'version_conflict', { attempt })
    if (bank_status === attempt.bank_status) return problem(409, 'status_unchanged')
    const paid = bank_status === 'paid' ? ({ crm_status: 'queued', paid_at: now } as const) : {}
    const change = { bank_status, bank_status_source: 'operator', ...paid } as const
    return HttpResponse.json(save(attempt, change, line(bank_status, reason)))
  },
)
