import { HttpResponse } from 'msw'
import type { AttemptView, ErrorCode, FieldError, Problem } from '#src/gen/types.gen'

type Extra = { detail?: string; attempt?: AttemptView; errors?: FieldError[] }

let count = 0

export function problem(status: number, code: ErrorCode, extra: Extra = {}) {
  count += 1
  const body: Problem = {
    type: `urn:sverka:problem:${code}`,
    title: code.replaceAll('_', ' '),
    status,
    code: code as ErrorCode,
    detail: '',
    request_id: `req-${String(count).padStart(6, '0')}`,
    ...extra,
  }
  return HttpResponse.json(body, { status, headers: { 'Content-Type': 'application/problem+json' } })
}
