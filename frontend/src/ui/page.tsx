import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import styles from './page.module.css'

type Props = {
  /** Of the browser's tab. */
  title: string
  heading?: ReactNode
  subtitle?: ReactNode
  /** Stands above the heading: where the page belongs to. */
  back?: ReactNode
  /** Stands beside the heading. */
  aside?: ReactNode
  children: ReactNode
}

export function Page({ title, heading, subtitle, back, aside, children }: Props) {
  const { t } = useLingui()
  return (
    <div className={styles.page}>
      <title>{`${title} · ${t`Сверка`}`}</title>
      {heading !== undefined && (
        <div className={styles.head}>
          {back}
          <div className={styles.line}>
            <h1 className={styles.heading}>{heading}</h1>
            {aside !== undefined && <div className={styles.aside}>{aside}</div>}
          </div>
          {subtitle !== undefined && <p className="quiet">{subtitle}</p>}
        </div>
      )}
      {children}
    </div>
  )
}
