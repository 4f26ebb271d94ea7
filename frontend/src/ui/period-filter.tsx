import { useLingui } from '@lingui/react/macro'
import { type PeriodChoice, periods } from '#src/lib/period'
import { zoneLabel } from '#src/lib/time'
import groupStyles from './choice-group.module.css'
import { DateField } from './date-field'
import styles from './period-filter.module.css'
import { periodWords } from './period-words'

type Props = { search: PeriodChoice; onChange: (part: PeriodChoice) => void }

/** A preset or typed dates, never both. Whose midnight it is stands beside them. */
export function PeriodFilter({ search, onChange }: Props) {
  const { t } = useLingui()
  return (
    <fieldset className={groupStyles.group}>
      <legend className={groupStyles.legend}>
        {t`Период`} <span className={styles.zone}>{zoneLabel()}</span>
      </legend>
      <div className={styles.presets}>
        {periods.map((period) => (
          <button
            key={period}
            type="button"
            className={styles.preset}
            aria-pressed={search.period === period}
            onClick={() =>
              onChange({ period: search.period === period ? undefined : period, from: undefined, to: undefined })
            }
          >
            {t(periodWords[period])}
          </button>
        ))}
      </div>
      <div className={styles.dates}>
        <DateField label={t`С`} value={search.from} onChange={(from) => onChange({ from, period: undefined })} />
        <DateField label={t`По`} value={search.to} onChange={(to) => onChange({ to, period: undefined })} />
      </div>
    </fieldset>
  )
}
