import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ApiError } from '#src/api/api-error'
import type { AttemptView } from '#src/gen/types.gen'
import { adoptAttempt } from './queries'

type Send<Input> = (input: Input, expectedVersion: number) => Promise<AttemptView>

const patience = 3

/** What a person looks at when deciding. One more failed try moves the version, but none of this. */
const seenBy = (attempt: AttemptView) =>
  JSON.stringify([
    attempt.bank_status,
    attempt.crm_status,
    attempt.crm_document_ref,
    attempt.refunded,
    attempt.diagnosis.code,
    attempt.override_options,
    attempt.hold,
  ])

const freshFrom = (error: unknown) =>
  error instanceof ApiError && error.code === 'version_conflict' ? (error.attempt ?? null) : null

/**
 * Sends the decision against the version on the screen. When the accounting system is down, the version moves with
 * every try: asking the person again each time would never end, so a conflict that changed nothing they saw is
 * answered by sending the same decision against the fresh version.
 */
async function sendPatiently<Input>(send: Send<Input>, input: Input, shown: AttemptView): Promise<AttemptView> {
  let version = shown.version
  for (let left = patience; ; left -= 1) {
    try {
      return await send(input, version)
    } catch (error) {
      const fresh = freshFrom(error)
      if (fresh === null || left === 0 || seenBy(fresh) !== seenBy(shown)) throw error
      version = fresh.version
    }
  }
}

/**
 * A change made by a person. Nothing is drawn ahead of the server's answer: it is money. A conflict brings the fresh
 * attempt with it, so the next press is made against what is shown.
 */
export function useAttemptChange<Input>(attempt: AttemptView, send: Send<Input>, onDone: () => void) {
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: (input: Input) => sendPatiently(send, input, attempt),
    onMutate: () => ({ before: attempt }),
    onSuccess: (fresh) => {
      adoptAttempt(client, fresh)
      onDone()
    },
    onError: (error) => {
      const fresh = freshFrom(error)
      if (fresh !== null) adoptAttempt(client, fresh)
      else void client.invalidateQueries({ queryKey: ['attempt', attempt.id] })
    },
  })
  const { error, context } = change
  const after = freshFrom(error)
  const conflict = after !== null && context ? { before: context.before, after } : null
  return { run: change.mutate, isPending: change.isPending, error, conflict }
}
