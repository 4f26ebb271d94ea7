import type { ReactNode } from 'react'
import styles from './notice.module.css'
import type { Tone } from './tone'

type Props = { tone: Tone; title: ReactNode; children?: ReactNode; role?: 'alert' | 'status' }

export function Notice({ tone, title, children, role }: Props) {
  return (
    <div className={styles.notice} data-tone={tone} role={role}>
      <p className={styles.title}>{title}</p>
      {children}
    </div>
  )
}
