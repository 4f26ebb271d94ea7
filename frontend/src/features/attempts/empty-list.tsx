import { useLingui } from '@lingui/react/macro'
import styles from './empty-list.module.css'
import { filtersOf, type PaymentsSearch } from './search'
import { useFilterLabels } from './use-filter-labels'

type Props = { search: PaymentsSearch; onChange: (part: Partial<PaymentsSearch>) => void; onReset: () => void }

/** Says which filter to loosen, and loosens it. */
export function EmptyList({ search, onChange, onReset }: Props) {
  const { t } = useLingui()
  const label = useFilterLabels()
  const active = filtersOf(search)
  if (active.length === 0) {
    return (
      <div className={styles.empty}>
        <p className={styles.title}>{t`Платежей пока нет`}</p>
        <p className="quiet">{t`Здесь появится каждая попытка оплаты, как только приложение её запишет.`}</p>
      </div>
    )
  }
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{t`Ничего не найдено`}</p>
      <p className="quiet">{t`Попробуйте убрать один из фильтров:`}</p>
      <ul className={styles.list}>
        {label.all(search).map((chip) => (
          <li key={chip.key}>
            <button type="button" className="link-button" onClick={() => onChange(chip.without)}>
              {chip.text}
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="link-button" onClick={onReset}>{t`Сбросить`}</button>
    </div>
  )
}
