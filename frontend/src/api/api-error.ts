import { ErrorCode, type FieldError, type Problem } from '#src/gen/types.gen'

/** The connection broke before an answer came: there is no problem document to read, so the client makes one. */
export type ClientErrorCode = ErrorCode | 'network'

const known = new Set<string>(Object.values(ErrorCode))

/** Every failed request ends as this, whatever came over the wire: a problem, a proxy's HTML, nothing at all. */
export class ApiError extends Error {
  readonly status: number
  readonly code: ClientErrorCode
  readonly detail: string | null
  readonly errors: ReadonlyArray<FieldError>
  readonly attempt: Problem['attempt']
  readonly requestId: string | null

  constructor(status: number, code: ClientErrorCode, problem: Partial<Problem> = {}) {
    super(problem.title ?? code)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.detail = problem.detail || null
    this.errors = problem.errors ?? []
    this.attempt = problem.attempt ?? null
    this.requestId = problem.request_id ?? null
  }
}

function fallbackCode(status: number): ClientErrorCode {
  if (status === 0) return 'network'
  if (status === 401) return 'unauthenticated'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'not_found'
  if (status === 429) return 'rate_limited'
  return 'internal'
}

export function toApiError(error: unknown, response: Response | undefined): unknown {
  if (error instanceof ApiError) return error
  // A cancelled request is not a failure: TanStack Query must see it as it is.
  if (typeof error === 'object' && error !== null && 'name' in error && error.name === 'AbortError') return error
  const status = response?.status ?? 0
  const problem = (typeof error === 'object' && error !== null ? error : {}) as Partial<Problem>
  const code = problem.code !== undefined && known.has(problem.code) ? problem.code : fallbackCode(status)
  const requestId = problem.request_id ?? response?.headers.get('x-request-id') ?? undefined
  return new ApiError(status, code, requestId === undefined ? problem : { ...problem, request_id: requestId })
}
