import * as v from 'valibot'
import { NotificationVerdict } from '#src/gen/types.gen'
import { rangeOf } from '#src/lib/period'
import { after, lenient, oneOf, parseWith, periodFields, text } from '#src/lib/search-schema'

export const pageSize = 50

const schema = v.object({
  q: lenient(text),
  bank: lenient(text),
  account: lenient(text),
  verdict: lenient(oneOf(Object.values(NotificationVerdict))),
  ...periodFields,
  after,
})

export type NotificationsSearch = v.InferOutput<typeof schema>
export const parseNotificationsSearch = (raw: Record<string, unknown>): NotificationsSearch => parseWith(schema, raw)

export function toQuery(search: NotificationsSearch, now = new Date()) {
  const range = rangeOf(search, now)
  return {
    q: search.q,
    bank: search.bank === undefined ? undefined : [search.bank],
    bank_account: search.account === undefined ? undefined : [search.account],
    verdict: search.verdict,
    received_from: range.from?.toISOString(),
    received_to: range.to?.toISOString(),
    cursor: search.after?.at(-1),
    limit: pageSize,
  }
}

/** A changed filter starts from the first page: a cursor belongs to the list it was cut from. */
export const withFilters = (search: NotificationsSearch, change: Partial<NotificationsSearch>) =>
  parseNotificationsSearch({ ...search, after: undefined, ...change })
