import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import { type AttemptView, getAttempt, listEvents, searchAttempts } from '#src/gen'
import { type PaymentsSearch, toQuery } from './search'

const keys = {
  lists: ['attempts'] as const,
  attempt: (id: string) => ['attempt', id] as const,
}

export const attemptsQuery = (search: PaymentsSearch) =>
  queryOptions({
    queryKey: [...keys.lists, search],
    queryFn: async ({ signal }) => (await searchAttempts({ query: toQuery(search), signal, throwOnError: true })).data,
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
    refetchOnWindowFocus: 'always',
    staleTime: 2_000,
  })

const waiting = {
  bank: new Set<AttemptView['bank_status']>(['created', 'pending', 'authorized']),
  crm: new Set<AttemptView['crm_status']>(['queued', 'retrying', 'in_doubt']),
}

/** While the bank or the accounting system still owes an answer, the page looks again by itself. */
export const isPending = (attempt: AttemptView) =>
  waiting.bank.has(attempt.bank_status) || waiting.crm.has(attempt.crm_status)

const pollEvery = (attempt: AttemptView | undefined) => (attempt !== undefined && isPending(attempt) ? 3_000 : 30_000)

export const attemptQuery = (id: string) =>
  queryOptions({
    queryKey: keys.attempt(id),
    queryFn: async ({ signal }) => (await getAttempt({ path: { id }, signal, throwOnError: true })).data,
    refetchInterval: (query) => pollEvery(query.state.data),
    refetchOnWindowFocus: 'always',
  })

/** The version is in the key: whatever changed the attempt also wrote a line of its timeline. */
export const eventsQuery = (attempt: AttemptView) =>
  queryOptions({
    queryKey: ['events', attempt.id, attempt.version],
    queryFn: async ({ signal }) =>
      (await listEvents({ path: { id: attempt.id }, query: { limit: 200 }, signal, throwOnError: true })).data,
    placeholderData: (previous) => previous,
    refetchInterval: pollEvery(attempt),
  })

/** The server's answer to a change is the truth at once; lists and timeline are asked again. */
export function adoptAttempt(client: QueryClient, attempt: AttemptView) {
  client.setQueryData(keys.attempt(attempt.id), attempt)
  void client.invalidateQueries({ queryKey: keys.lists })
  void client.invalidateQueries({ queryKey: ['events', attempt.id] })
}
