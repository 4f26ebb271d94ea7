import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { CopyButton } from './copy-button'
import styles from './facts.module.css'

export function Facts({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section className={styles.facts} aria-label={label}>
      {children}
    </section>
  )
}

export function FactGroup({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <h2 className={styles.group}>{name}</h2>
      <dl>{children}</dl>
    </div>
  )
}

/** A fact nobody knows takes no line. */
export function Fact({ name, copy, children }: { name: string; copy?: string | null; children: ReactNode }) {
  const { t } = useLingui()
  if (children === null || children === undefined || children === '') return null
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>
        <span className={styles.value}>{children}</span>
        {copy && <CopyButton value={copy} label={t`Скопировать: ${name}`} />}
      </dd>
    </div>
  )
}

/** The id of what the page shows, for whoever will look into the database or the log. */
export function OwnId({ id, copyLabel }: { id: string; copyLabel: string }) {
  return (
    <p className={styles.id}>
      <code>{id}</code>
      <CopyButton value={id} label={copyLabel} />
    </p>
  )
}
