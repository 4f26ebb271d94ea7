import { useMutation, useQueryClient } from '@tanstack/react-query'
import { queryBank } from '#src/gen'
import { adoptAttempt } from './queries'

/** One question at a time, shared by the button and by the override dialog: both show the same answer. */
export function useBankQuery(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async () => (await queryBank({ path: { id }, throwOnError: true })).data,
    onSuccess: (result) => adoptAttempt(client, result.attempt),
    // A bank that did not answer has left its line in the timeline too.
    onError: () => void client.invalidateQueries({ queryKey: ['events', id] }),
  })
}

export type BankQuery = ReturnType<typeof useBankQuery>
