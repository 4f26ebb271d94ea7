import { useLingui } from '@lingui/react/macro'
import { CrossIcon } from '#src/ui/icons'
import styles from './filter-chips.module.css'
import type { PaymentsSearch } from './search'
import { useFilterLabels } from './use-filter-labels'

type Props = { search: PaymentsSearch; onChange: (part: Partial<PaymentsSearch>) => void; onReset: () => void }

export function FilterChips({ search, onChange, onReset }: Props) {
  const { t } = useLingui()
  const chips = useFilterLabels().all(search)
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
