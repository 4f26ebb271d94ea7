import { useLingui } from '@lingui/react/macro'
import styles from './empty-list.module.css'
import type { Chip } from './filter-chips'

type Props<Change> = {
  /** What it means that there is nothing and no filter hides it. */
  title: string
  text: string
  chips?: ReadonlyArray<Chip<Change>>
  onChange?: (part: Change) => void
  onReset?: () => void
}

/** Says which filter to loosen, and loosens it. */
export function EmptyList<Change>({ title, text, chips = [], onChange, onReset }: Props<Change>) {
  const { t } = useLingui()
  if (chips.length === 0) {
    return (
      <div className={styles.empty}>
        <p className={styles.title}>{title}</p>
        <p className="quiet">{text}</p>
      </div>
    )
  }
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{t`Ничего не найдено`}</p>
      <p className="quiet">{t`Попробуйте убрать один из фильтров:`}</p>
      <ul className={styles.list}>
        {chips.map((chip) => (
          <li key={chip.key}>
            <button type="button" className="link-button" onClick={() => onChange?.(chip.without)}>
              {chip.text}
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="link-button" onClick={onReset}>{t`Сбросить`}</button>
    </div>
  )
}
