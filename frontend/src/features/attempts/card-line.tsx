import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { Likeness } from './compare'
import styles from './hold-card.module.css'

type Props = { name: string; like?: Likeness; note?: string; children: ReactNode }

/** One line of a card. Colour never speaks alone: what differs also says so in a word. */
export function CardLine({ name, like, note, children }: Props) {
  const { t } = useLingui()
  const known = like === 'same' || like === 'differs'
  return (
    <div className={styles.line} data-like={like}>
      <dt>{name}</dt>
      <dd>
        {children === null || children === undefined || children === '' ? <span className="quiet">—</span> : children}
        {known && <span className={styles.like}>{note ?? (like === 'same' ? t`совпадает` : t`отличается`)}</span>}
      </dd>
    </div>
  )
}
