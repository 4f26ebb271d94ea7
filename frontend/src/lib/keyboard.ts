import { useEffect } from 'react'

export type Shortcuts = Partial<Record<string, (event: KeyboardEvent) => void>>

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, [role="textbox"]') !== null)

/** The physical key, so that a shortcut works in the Russian layout, where `j` types «о». */
export function keyOf(event: KeyboardEvent): string {
  const shift = event.shiftKey ? 'Shift+' : ''
  return `${shift}${event.code}`
}

/**
 * Whether a dialog stood open when the key went down. A dialog may close on that very key before the page hears of it,
 * and then one Esc would both close the dialog and leave the page. Registered before any dialog can be.
 */
let overDialog = false
window.addEventListener(
  'keydown',
  () => {
    overDialog = document.querySelector('[role="dialog"]') !== null
  },
  { capture: true },
)

/** Shortcuts of one page. They never fire while somebody types, or while a dialog is open. */
export function useShortcuts(shortcuts: Shortcuts) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return
      if (overDialog) return
      const run = shortcuts[keyOf(event)]
      if (run === undefined) return
      event.preventDefault()
      run(event)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  })
}
