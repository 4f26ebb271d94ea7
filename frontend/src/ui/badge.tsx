import type { ReactNode } from 'react'
import styles from './badge.module.css'
import type { Tone } from './tone'

/** A status in one word. The dot's shape repeats what the colour says: filled, hollow, square for a failure. */
export function Badge({
  tone,
  shape = 'dot',
  children,
}: {
  tone: Tone
  shape?: 'dot' | 'ring' | 'square'
  children: ReactNode
}) {
  return (
    <span className={styles.badge} data-tone={tone}>
      <span className={styles.mark} data-shape={shape} aria-hidden="true" />
      <span className={styles.text}>{children}</span>
    </span>
  )
}
