import { HttpResponse, http } from 'msw'
import type { AttemptView, PageOfAttemptView } from '#src/gen/types.gen'
import { signedIn } from '../../access'
import { problem } from '../../problem'
import { world } from '../../world'

const digits = (text: string) => text.replaceAll(/\D/g, '')

export function matches(attempt: AttemptView, params: URLSearchParams): boolean {
  const q = params.get('q')?.toLowerCase() ?? ''
  const number = digits(q).replace(/^8(?=\d{10}$)/, '7')
  const found =
    q === '' ||
    attempt.client.name.toLowerCase().includes(q) ||
    attempt.order_number.toLowerCase() === q ||
    attempt.bank_order_id === q ||
    (number.length >= 4 && digits(attempt.client.phone ?? '').endsWith(number))
  const among = (name: string, value: string) => !params.has(name) || params.getAll(name).includes(value)
  const from = params.get('created_from')
  const to = params.get('created_to')
  return (
    found &&
    among('payment_type', attempt.payment_type) &&
    among('merchant', attempt.merchant) &&
    among('bank', attempt.bank) &&
    among('bank_account', attempt.bank_account) &&
    among('bank_status', attempt.bank_status) &&
    among('crm_status', attempt.crm_status) &&
    among('needs_attention', String(attempt.needs_attention)) &&
    among('lost_callback', String(attempt.lost_callback)) &&
    (from === null || attempt.created_at >= from) &&
    (to === null || attempt.created_at < to)
  )
}

export const searchAttempts = http.get('*/api/v1/payment-attempts', ({ request }) => {
  if (!signedIn(request)) return problem(401, 'unauthenticated')
  const params = new URL(request.url).searchParams
  const found = [...world.attempts.values()].filter((attempt) => matches(attempt, params))
  found.sort((a, b) => (a.created_at < b.created_at ? 1 : -1))
  const limit = Number(params.get('limit') ?? 50)
  const start = Number(params.get('cursor')?.replace('c', '') ?? 0)
  const page: PageOfAttemptView = {
    items: found.slice(start, start + limit),
    next_cursor: start + limit < found.length ? `c${start + limit}` : null,
    total: { value: found.length, relation: 'eq' },
  }
  return HttpResponse.json(page)
})
