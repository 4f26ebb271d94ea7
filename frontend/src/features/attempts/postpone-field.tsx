import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { DateField } from '#src/ui/date-field'
import styles from './dialogs.module.css'
import { inHours, tomorrowMorning } from './postpone'

type Props = { value: string | undefined; error: ReactNode; onChange: (value: string | undefined) => void }

/** Until when: typed, or one of the usual. */
export function PostponeField({ value, error, onChange }: Props) {
  const { t } = useLingui()
  const usual: Array<[string, () => string]> = [
    [t`на час`, () => inHours(1)],
    [t`на 4 часа`, () => inHours(4)],
    [t`до завтра, 9:00`, () => tomorrowMorning()],
  ]
  return (
    <div className={styles.until}>
      <DateField label={t`До какого времени`} value={value} onChange={onChange} />
      <p className="row-gap">
        {usual.map(([label, make]) => (
          <button key={label} type="button" className="link-button" onClick={() => onChange(make())}>
            {label}
          </button>
        ))}
      </p>
      {error && (
        <p className={styles.fieldError} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
