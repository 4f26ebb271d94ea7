import { queryOptions } from '@tanstack/react-query'
import { listIncidents } from '#src/gen'

/** Shown in the header of every page, so it is asked for once and often. */
export const openIncidentsQuery = () =>
  queryOptions({
    queryKey: ['incidents', 'open'],
    queryFn: async ({ signal }) =>
      (await listIncidents({ query: { state: 'open', limit: 50 }, signal, throwOnError: true })).data,
    refetchInterval: 30_000,
  })
