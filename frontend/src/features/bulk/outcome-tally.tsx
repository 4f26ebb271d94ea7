import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { BulkOutcome, BulkRunView } from '#src/gen/types.gen'
import { useFormat } from '#src/lib/use-format'
import styles from './bulk-run-page.module.css'
import { tally } from './tally'
import { outcomeWords } from './words'

/** Each outcome with its number; pressed, it shows only its rows. The address keeps the choice. */
export function OutcomeTally({ run, chosen }: { run: BulkRunView; chosen: BulkOutcome | undefined }) {
  const { t } = useLingui()
  const format = useFormat()
  const counts = tally(run.counts)
  if (counts.length === 0) return null
  return (
    <nav aria-label={t`Что вышло`}>
      <ul className={styles.tally}>
        <li>
          <Link
            to="/bulk-runs/$id"
            params={{ id: run.id }}
            search={{}}
            resetScroll={false}
            className={styles.part}
            data-chosen={chosen === undefined}
            aria-current={chosen === undefined ? 'true' : undefined}
          >
            <b>{format.number(run.total)}</b> {t`все`}
          </Link>
        </li>
        {counts.map(({ outcome, count }) => (
          <li key={outcome}>
            <Link
              to="/bulk-runs/$id"
              params={{ id: run.id }}
              search={{ outcome }}
              resetScroll={false}
              className={styles.part}
              data-tone={outcomeWords[outcome].tone}
              data-chosen={chosen === outcome}
              aria-current={chosen === outcome ? 'true' : undefined}
            >
              <b>{format.number(count)}</b> {t(outcomeWords[outcome].label)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
