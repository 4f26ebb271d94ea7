import { useState } from 'react'
import type { AttemptView, PageOfAttemptView } from '#src/gen/types.gen'
import { pageSize } from './search'

export type CalmRow = { attempt: AttemptView; gone: boolean }

/**
 * Rows never move under the operator's cursor. A refetch updates the rows in place; new ones are counted
 * and shown when asked for; one that no longer fits the filter stays, dimmed, until then.
 */
export function calmRows(base: ReadonlyArray<AttemptView>, fresh: ReadonlyArray<AttemptView>) {
  const byId = new Map(fresh.map((attempt) => [attempt.id, attempt]))
  const known = new Set(base.map((attempt) => attempt.id))
  const lastFresh = fresh.at(-1)?.created_at ?? ''
  const lastBase = base.length < pageSize ? '' : (base.at(-1)?.created_at ?? '')
  const pushedOff = (attempt: AttemptView) => fresh.length >= pageSize && attempt.created_at < lastFresh
  return {
    rows: base.map((old): CalmRow => {
      const now = byId.get(old.id)
      return { attempt: now ?? old, gone: now === undefined && !pushedOff(old) }
    }),
    newcomers: fresh.filter((attempt) => !known.has(attempt.id) && attempt.created_at > lastBase).length,
  }
}

export function useCalmRows(page: PageOfAttemptView | undefined, key: string, isPlaceholder: boolean) {
  const [base, setBase] = useState<{ key: string; items: AttemptView[] } | null>(null)
  const settled = isPlaceholder ? undefined : page
  const filled = base !== null && base.key === key && base.items.length > 0 ? base.items : null
  const items = settled?.items ?? []
  if (settled !== undefined && (base === null || base.key !== key || (base.items.length === 0 && items.length > 0))) {
    setBase({ key, items })
  }
  return {
    ...(isPlaceholder ? calmRows(page?.items ?? [], page?.items ?? []) : calmRows(filled ?? items, items)),
    showNew: () => setBase(null),
  }
}
