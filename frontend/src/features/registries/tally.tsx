import { useLingui } from '@lingui/react/macro'
import type { RegistryView } from '#src/gen/types.gen'
import { useFormat } from '#src/lib/use-format'
import { lineResults } from './search'
import styles from './tally.module.css'
import { resultWords } from './words'

/** How many lines of each result, the worrying ones first; zeros take no room. */
export function Tally({ counts }: { counts: RegistryView['counts'] }) {
  const { t } = useLingui()
  const format = useFormat()
  const seen = lineResults.filter((result) => counts[result] > 0)
  return (
    <span className={styles.tally}>
      {seen.map((result) => (
        <span
          key={result}
          className={styles.one}
          data-tone={resultWords[result].tone}
          data-shape={resultWords[result].shape}
          title={t(resultWords[result].label)}
        >
          <span className="visually-hidden">{t(resultWords[result].label)}: </span>
          {format.number(counts[result])}
        </span>
      ))}
    </span>
  )
}
