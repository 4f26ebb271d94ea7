import type { ReactNode } from 'react'
import styles from './figures.module.css'

/** Numbers in a row, each under its name. */
export function Figures({ children }: { children: ReactNode }) {
  return <dl className={styles.figures}>{children}</dl>
}

type Props = { name: string; value: ReactNode; bad?: boolean; children?: ReactNode }

export function Figure({ name, value, bad = false, children }: Props) {
  return (
    <div className={styles.figure}>
      <dt>{name}</dt>
      <dd className={styles.value} data-bad={bad}>
        {value}
      </dd>
      {children && <dd className={styles.more}>{children}</dd>}
    </div>
  )
}
