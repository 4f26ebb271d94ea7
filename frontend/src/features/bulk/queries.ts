import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { type BulkRunView, getBulkRun, listBulkRows, listBulkRuns } from '#src/gen'
import { type BulkRunSearch, pageSize } from './search'

const whileRunning = (run: BulkRunView | undefined) => (run?.state === 'running' ? 1_500 : false)

export const bulkRunsQuery = (after: ReadonlyArray<string> | undefined) =>
  queryOptions({
    queryKey: ['bulk-runs', 'list', after ?? []],
    queryFn: async ({ signal }) => {
      const query = { limit: pageSize, cursor: after?.at(-1) }
      return (await listBulkRuns({ query, signal, throwOnError: true })).data
    },
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  })

export const bulkRunQuery = (id: string) =>
  queryOptions({
    queryKey: ['bulk-runs', 'one', id],
    queryFn: async ({ signal }) => (await getBulkRun({ path: { id }, signal, throwOnError: true })).data,
    refetchInterval: (query) => whileRunning(query.state.data),
  })

/** How many had their turn is in the key only while it runs: then the rows are asked again as it goes on. */
export const bulkRowsQuery = (run: BulkRunView, { outcome, after }: BulkRunSearch) =>
  queryOptions({
    queryKey: ['bulk-runs', 'rows', run.id, outcome, after ?? [], run.done],
    queryFn: async ({ signal }) => {
      const query = { outcome, limit: pageSize, cursor: after?.at(-1) }
      return (await listBulkRows({ path: { id: run.id }, query, signal, throwOnError: true })).data
    },
    placeholderData: keepPreviousData,
  })
