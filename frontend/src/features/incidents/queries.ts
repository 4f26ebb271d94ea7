import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { getIncident, type IncidentState, listIncidentAttempts, listIncidents } from '#src/gen'
import { type IncidentsSearch, pageSize } from './search'

const of = ({ bank, account }: IncidentsSearch) => ({
  bank: bank === undefined ? undefined : [bank],
  bank_account: account === undefined ? undefined : [account],
})

/** Open ones are few and stand first, all of them, so only the closed ones are turned by pages. */
const pageOf = (search: IncidentsSearch, state: IncidentState) =>
  state === 'open' ? { limit: 200 } : { limit: pageSize, cursor: search.after?.at(-1) }

export const incidentsQuery = (search: IncidentsSearch, state: IncidentState) =>
  queryOptions({
    queryKey: ['incidents', 'list', state, of(search), state === 'closed' ? search.after : undefined],
    queryFn: async ({ signal }) => {
      const query = { ...of(search), ...pageOf(search, state), state }
      return (await listIncidents({ query, signal, throwOnError: true })).data
    },
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  })

export const incidentQuery = (id: string) =>
  queryOptions({
    queryKey: ['incidents', 'one', id],
    queryFn: async ({ signal }) => (await getIncident({ path: { id }, signal, throwOnError: true })).data,
    refetchInterval: (query) => (query.state.data?.state === 'closed' ? false : 5_000),
  })

export const incidentAttemptsQuery = (id: string, after: ReadonlyArray<string> | undefined) =>
  queryOptions({
    queryKey: ['incidents', 'attempts', id, after ?? []],
    queryFn: async ({ signal }) => {
      const query = { limit: pageSize, cursor: after?.at(-1) }
      return (await listIncidentAttempts({ path: { id }, query, signal, throwOnError: true })).data
    },
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  })
