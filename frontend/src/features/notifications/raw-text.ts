import type { NotificationDetail } from '#src/gen/types.gen'

export type Field = { key: string; name: string; value: string }

const fromForm = (text: string) => [...new URLSearchParams(text)]

function fromJson(text: string): Array<[string, string]> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
    return Object.entries(value).map(([name, one]) => [name, typeof one === 'string' ? one : JSON.stringify(one)])
  } catch {
    return []
  }
}

const looksLikeForm = (text: string) => /^[^\s=&{}[\]]+=/.test(text)

/** What a query and a body say, field by field; nothing when they are in a form that has none. */
export function fieldsOf(query: string, body: string): Field[] {
  const inBody = looksLikeForm(body) ? fromForm(body) : fromJson(body)
  return [...fromForm(query), ...inBody].map(([name, value], index) => ({ key: `${index}-${name}`, name, value }))
}

/** The notification as it came, so that it can be sent to the bank's support word for word. */
export function wholeText({ method, query, body, headers }: NotificationDetail): string {
  const start = `${method} ${query === '' ? '' : `?${query}`}`.trim()
  return [start, ...headers.map(([name, value]) => `${name}: ${value}`), '', body].join('\n').trimEnd()
}
