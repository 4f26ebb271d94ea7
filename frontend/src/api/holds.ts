import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { queryOptions } from '@tanstack/react-query'
import { listHolds } from '#src/gen'
import type { HoldReason } from '#src/gen/types.gen'
import type { Tone } from '#src/ui/tone'

/** How many wait for a person; for the header. */
export const heldCountQuery = () =>
  queryOptions({
    queryKey: ['holds', 'count'],
    queryFn: async ({ signal }) => (await listHolds({ query: { limit: 1 }, signal, throwOnError: true })).data.total,
    refetchInterval: 15_000,
  })

/** Why a payment waits for a person, in a few words. */
export const holdReasonWords: Record<HoldReason, { label: MessageDescriptor; tone: Tone }> = {
  possible_duplicate: { label: msg`Похоже на дубль`, tone: 'warn' },
  unclear: { label: msg`Неясно, проведён ли`, tone: 'bad' },
  client_not_found: { label: msg`Клиент не найден`, tone: 'bad' },
  several_clients: { label: msg`Несколько клиентов`, tone: 'warn' },
  document_differs: { label: msg`Документ отличается`, tone: 'bad' },
  document_deleted: { label: msg`Документ помечен на удаление`, tone: 'bad' },
  refused_repeatedly: { label: msg`Отказ несколько раз`, tone: 'bad' },
}
