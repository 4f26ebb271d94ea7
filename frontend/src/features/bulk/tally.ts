import type { BulkOutcome, BulkRunView } from '#src/gen/types.gen'
import { outcomeWords } from './words'

export type Count = { outcome: BulkOutcome; count: number }

/** What rows came to, in the order of importance; what no row came to is left out. */
export function tally(counts: BulkRunView['counts']): Count[] {
  return (Object.keys(outcomeWords) as BulkOutcome[])
    .map((outcome) => ({ outcome, count: counts[outcome] ?? 0 }))
    .filter(({ count }) => count > 0)
}

/** Whether running it for real would do anything at all. */
export const isWorthStarting = ({ action, rehearsal, state, counts }: BulkRunView) =>
  action === 'resync' &&
  rehearsal &&
  state !== 'running' &&
  (['would_send', 'there_already', 'possible_duplicate', 'would_be_refused', 'unclear'] as const).some(
    (outcome) => (counts[outcome] ?? 0) > 0,
  )
