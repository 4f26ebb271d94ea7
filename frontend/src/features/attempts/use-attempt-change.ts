import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ApiError } from '#src/api/api-error'
import type { AttemptView } from '#src/gen/types.gen'
import { adoptAttempt } from './queries'

/**
 * A change made against the version on the screen. Nothing is drawn ahead of the server's answer: it is money.
 * A conflict brings the fresh attempt with it, so the next press is made against what is shown.
 */
export function useAttemptChange<Input>(
  attempt: AttemptView,
  send: (input: Input, expectedVersion: number) => Promise<AttemptView>,
  onDone: () => void,
) {
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: (input: Input) => send(input, attempt.version),
    onMutate: () => ({ before: attempt }),
    onSuccess: (fresh) => {
      adoptAttempt(client, fresh)
      onDone()
    },
    onError: (error) => {
      if (error instanceof ApiError && error.attempt) adoptAttempt(client, error.attempt)
      else void client.invalidateQueries({ queryKey: ['attempt', attempt.id] })
    },
  })
  const { error, context } = change
  const conflict =
    error instanceof ApiError && error.code === 'version_conflict' && error.attempt && context
      ? { before: context.before, after: error.attempt }
      : null
  return { run: change.mutate, isPending: change.isPending, error, conflict }
}
