import { useLingui } from '@lingui/react/macro'
import type { BulkRunView } from '#src/gen/types.gen'
import { useFormat } from '#src/lib/use-format'
import { tally } from './tally'
import { actionWords, outcomeWords, rehearsalWord } from './words'

/** A run in words: what it is, and what came of it so far. */
export function useRunWords() {
  const { t } = useLingui()
  const format = useFormat()
  return {
    name: (run: BulkRunView) => t(run.rehearsal ? rehearsalWord : actionWords[run.action]),
    /** «будет передано 31, уже там 4, похоже на дубль 2» */
    result: (run: BulkRunView) =>
      tally(run.counts)
        .map(({ outcome, count }) => `${t(outcomeWords[outcome].label)} ${format.number(count)}`)
        .join(', '),
  }
}
