import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import { type ConnectionView, getConnection, listConnectionDeliveries } from '#src/gen'
import { pageSize, type WaitsFor } from './search'

const one = (name: string) => ['connections', 'one', name] as const

export const connectionQuery = (name: string) =>
  queryOptions({
    queryKey: one(name),
    queryFn: async ({ signal }) => (await getConnection({ path: { name }, signal, throwOnError: true })).data,
    refetchInterval: 5_000,
  })

export const deliveriesQuery = (name: string, state: WaitsFor, after: ReadonlyArray<string> | undefined) =>
  queryOptions({
    queryKey: ['connections', 'deliveries', name, state, after ?? []],
    queryFn: async ({ signal }) => {
      const query = { state, limit: pageSize, cursor: after?.at(-1) }
      return (await listConnectionDeliveries({ path: { name }, query, signal, throwOnError: true })).data
    },
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  })

/** What the server answered to a change is the truth at once; the rest is asked again. */
export function adoptConnection(client: QueryClient, connection: ConnectionView) {
  client.setQueryData(one(connection.name), connection)
  void client.invalidateQueries({ queryKey: ['connections', 'list'] })
  void client.invalidateQueries({ queryKey: ['connections', 'deliveries', connection.name] })
}
