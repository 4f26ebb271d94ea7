import { HttpResponse, http } from 'msw'
import type { BankAnswer, BankQueryResult } from '#src/gen/types.gen'
import { signedIn } from '../../access'
import { problem } from '../../problem'
import { actors, entry } from '../../timeline'
import { save, world } from '../../world'

/** att-lost turns out paid; att-bank-down gets no answer; the rest hear what they knew. */
export const queryBank = http.post('*/api/v1/payment-attempts/:id/bank-query', ({ params, request }) => {
  if (!signedIn(request)) return problem(401, 'unauthenticated')
  const attempt = world.attempts.get(String(params.id))
  if (attempt === undefined) return problem(404, 'not_found')
  if (attempt.id === 'att-bank-down')
    return problem(502, 'bank_unavailable', { detail: 'Превышено время ожидания: 10 с' })
  const lost = attempt.id === 'att-lost' && attempt.bank_status === 'pending'
  const now = new Date().toISOString()
  const bankStatus = lost ? 'paid' : attempt.bank_status
  const answer: BankAnswer = {
    found: true,
    bank_status: bankStatus,
    amount: attempt.amount,
    refunded: null,
    bank_order_id: attempt.bank_order_id ?? null,
    code: lost ? '2' : '0',
    message: lost ? 'Проведена полная авторизация суммы заказа' : 'Заказ зарегистрирован, но не оплачен',
    asked_at: now,
  }
  const line = entry(now, {
    kind: 'bank_queried',
    source: 'bank_query',
    actor: actors.bank,
    bank_status: lost ? { from: attempt.bank_status, to: 'paid' } : null,
    bank_answer: answer,
  })
  const found = {
    bank_status: 'paid',
    bank_status_source: 'bank_query',
    lost_callback: true,
    crm_status: 'queued',
    paid_at: now,
  } as const
  const after = lost ? save(attempt, found, line) : attempt
  if (!lost) world.events.set(attempt.id, [line, ...(world.events.get(attempt.id) ?? [])])
  const result: BankQueryResult = { answer, changed: lost, attempt: after }
  return HttpResponse.json(result)
})
