import { useLingui } from '@lingui/react/macro'
import { CrossIcon } from '#src/ui/icons'
import styles from './filter-chips.module.css'

/** An active filter in words, with the change that takes it away. */
export type Chip<Change> = { key: string; text: string; without: Change }

type Props<Change> = { chips: ReadonlyArray<Chip<Change>>; onChange: (part: Change) => void; onReset: () => void }

export function FilterChips<Change>({ chips, onChange, onReset }: Props<Change>) {
  const { t } = useLingui()
  if (chips.length === 0) return null
  return (
    <div className={styles.line}>
      <ul className={styles.chips} aria-label={t`Активные фильтры`}>
        {chips.map((chip) => (
          <li key={chip.key}>
            <button
              type="button"
              className={styles.chip}
              aria-label={t`Убрать фильтр: ${chip.text}`}
              onClick={() => onChange(chip.without)}
            >
              {chip.text}
              <CrossIcon size={12} />
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="link-button" onClick={onReset}>{t`Сбросить`}</button>
    </div>
  )
}
