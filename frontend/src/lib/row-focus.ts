const rows = () => [...document.querySelectorAll<HTMLElement>('[data-row-link]')]

/** Moves the focus itself, so Enter opens the row natively and a screen reader follows. */
export function focusRow(step: 1 | -1) {
  const all = rows()
  const at = all.indexOf(document.activeElement as HTMLElement)
  const next = at === -1 ? (step === 1 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)
  all[next]?.focus()
}
