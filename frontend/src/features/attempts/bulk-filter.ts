import type { JournalFilter } from '#src/gen/types.gen'
import { type PaymentsSearch, toQuery } from './search'

/** The search as a filter of a bulk action: all its rows, not the page of them that is on the screen. */
export function toFilter(search: PaymentsSearch, now = new Date()): JournalFilter {
  const { cursor: _, limit: __, ...filter } = toQuery(search, now)
  return filter
}
