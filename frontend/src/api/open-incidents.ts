import { queryOptions } from '@tanstack/react-query'
import { draft } from './draft'

/** Shown in the header of every page, so it is asked for once and often. */
export const openIncidentsQuery = () =>
  queryOptions({
    queryKey: ['incidents', 'open'],
    queryFn: ({ signal }) => draft.incidents({ state: 'open', limit: 50 }, { signal }),
    refetchInterval: 30_000,
  })
