import { useSyncExternalStore } from 'react'
import styles from './toast.module.css'

/** One quiet line at the bottom, announced to screen readers. A new one replaces the old. */
let current: string | null = null
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

function set(text: string | null) {
  current = text
  for (const listener of listeners) listener()
}

export function showToast(text: string) {
  clearTimeout(timer)
  set(text)
  timer = setTimeout(() => set(null), 5000)
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function Toasts() {
  const text = useSyncExternalStore(subscribe, () => current)
  return (
    <div className={styles.region} role="status" aria-live="polite">
      {text !== null && <p className={styles.toast}>{text}</p>}
    </div>
  )
}
