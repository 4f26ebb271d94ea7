import { HttpResponse, http } from 'msw'
import { signedIn } from './access'
import { problem } from './problem'

type Call = { params: Record<string, string>; query: URLSearchParams; request: Request }
type Answer = (call: Call) => Response | Promise<Response>

/** An operation for those who have signed in, as every one of the banks' side is. */
export const guarded = (method: 'get' | 'post' | 'put' | 'delete', path: string, answer: Answer) =>
  http[method](`*/api/v1/${path}`, ({ params, request }) => {
    if (!signedIn(request)) return problem(401, 'unauthenticated')
    return answer({
      params: Object.fromEntries(
        Object.entries(params).map(([name, value]) => [name, decodeURIComponent(String(value))]),
      ),
      query: new URL(request.url).searchParams,
      request,
    })
  })

/** A keyset page of a list that is all in memory. */
export function page<Item>(items: ReadonlyArray<Item>, query: URLSearchParams) {
  const limit = Number(query.get('limit') ?? 50)
  const start = Number(query.get('cursor')?.replace('c', '') ?? 0)
  return HttpResponse.json({
    items: items.slice(start, start + limit),
    next_cursor: start + limit < items.length ? `c${start + limit}` : null,
    total: { value: items.length, relation: 'eq' },
  })
}

/** Whether a row passes the filters named; a filter that is not given lets everything through. */
export const among = (query: URLSearchParams, filters: Record<string, string>) =>
  Object.entries(filters).every(([name, value]) => !query.has(name) || query.getAll(name).includes(value))
