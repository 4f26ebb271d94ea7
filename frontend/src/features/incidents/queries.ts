import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { draft } from '#src/api/draft'
import { type IncidentsSearch, pageSize } from './search'

const of = ({ bank, account }: IncidentsSearch) => ({ bank, bank_account: account })

/** Open ones are few and stand first, all of them, so only the closed ones are turned by pages. */
export const incidentsQuery = (search: IncidentsSearch, state: 'open' | 'closed') =>
  queryOptions({
    queryKey: ['incidents', 'list', state, of(search), state === 'closed' ? search.after : undefined],
    queryFn: ({ signal }) =>
      draft.incidents(
        state === 'open'
          ? { ...of(search), state, limit: 200 }
          : { ...of(search), state, limit: pageSize, cursor: search.after?.at(-1) },
        { signal },
      ),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  })

export const incidentQuery = (id: string) =>
  queryOptions({
    queryKey: ['incidents', 'one', id],
    queryFn: ({ signal }) => draft.incident(id, { signal }),
    refetchInterval: (query) => (query.state.data?.state === 'closed' ? false : 5_000),
  })

export const incidentAttemptsQuery = (id: string, after: ReadonlyArray<string> | undefined) =>
  queryOptions({
    queryKey: ['incidents', 'attempts', id, after ?? []],
    queryFn: ({ signal }) => draft.incidentAttempts(id, { limit: pageSize, cursor: after?.at(-1) }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  })
