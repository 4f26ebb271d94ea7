import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { listHolds } from '#src/gen'
import { type HoldsSearch, pageSize } from './search'

export const holdsQuery = ({ reason, connection, after }: HoldsSearch) =>
  queryOptions({
    queryKey: ['holds', 'list', reason, connection, after ?? []],
    queryFn: async ({ signal }) => {
      const query = { reason, connection, limit: pageSize, cursor: after?.at(-1) }
      return (await listHolds({ query, signal, throwOnError: true })).data
    },
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  })
